"""What is wrong with a terminal, in words: the reason and the next step."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

WORDS = {
    "archived": (
        _lt("It is archived: whatever it sends is refused and stays on it."),
        _lt("Take it out of the archive if it hangs again."),
    ),
    "never": (
        _lt("It has never called."),
        _lt(
            "Check its power and network, the server address in its menu, and whether "
            "the serial number %(serial)s is the one on its back."
        ),
    ),
    "silent": (
        _lt("Silent since %(since)s."),
        _lt(
            "Check its power and network, then the IP address, the gateway and the "
            "server address in its menu. It keeps its punches and sends them later."
        ),
    ),
    "access_control": (
        _lt("It calls as an access-control device: its punches cannot be read here."),
        _lt(
            "Set the device type in its menu from “A&C PUSH” to “T&A PUSH”, then have "
            "its punches uploaded again."
        ),
    ),
    "refused_path": (
        _lt("A call from %(address)s was refused at %(at)s: wrong path secret."),
        _lt("Enter the path secret of the tab “Trust” at the terminal, or empty it."),
    ),
    "refused_key": (
        _lt("A call from %(address)s was refused at %(at)s: wrong communication key."),
        _lt(
            "Enter the communication key of the tab “Trust” at the terminal, or empty "
            "it if this model cannot send one."
        ),
    ),
    "refused_address": (
        _lt("A call from %(address)s was refused at %(at)s: address not allowed."),
        _lt(
            "If that is the store's line, add the address to the allowed ones in the "
            "tab “Trust”."
        ),
    ),
    "rival": (
        _lt(
            "Two addresses call with this serial number at the same time: %(one)s and "
            "%(other)s."
        ),
        _lt(
            "If the store has two lines, nothing is wrong. If not, another unit uses "
            "this serial number: find it, and bind the terminal to its address until "
            "then."
        ),
    ),
    "clock_lost_since": (
        _lt("Connected, but no punch since %(since)s: its clock says %(year)s."),
        _lt(
            "Set its clock, then look at the %(count)s punches that were set aside. If "
            "it happens after each loss of power, its battery is empty."
        ),
    ),
    "clock_lost": (
        _lt("Its clock says %(year)s: %(count)s punches were set aside."),
        _lt(
            "Set its clock, then look at the punches that were set aside. If it "
            "happens after each loss of power, its battery is empty."
        ),
    ),
    "clock_ahead": (
        _lt("Its clock is %(minutes)s minutes fast."),
        _lt("Set its clock."),
    ),
    "clock_behind": (
        _lt("Its clock is %(minutes)s minutes slow."),
        _lt("Set its clock."),
    ),
    "set_aside": (
        _lt("%(count)s punches were set aside: its clock cannot have been right."),
        _lt("Look at them and decide when they were."),
    ),
    "quiet": (
        _lt(
            "Connected, but no punch since %(since)s, though people should have worked "
            "on %(days)s days."
        ),
        _lt(
            "Ask at the store whether people punch, and where. Then have the punches "
            "of these days uploaded again."
        ),
    ),
    "no_punch_yet": (
        _lt(
            "Connected, but no punch came yet, though people should have worked on "
            "%(days)s days."
        ),
        _lt("Send the store's people to it, and have one of them try."),
    ),
    "gap": (
        _lt("It holds %(unit)s punches; at least %(gap)s of them are not here."),
        _lt("Have them uploaded again. What is here already is not doubled."),
    ),
    "punches_full": (
        _lt("Its memory is nearly full: %(used)s of %(room)s punches."),
        _lt(
            "When all of them are here, have them deleted on it; a full terminal stops "
            "or writes over the oldest."
        ),
    ),
    "users_full": (
        _lt("It is nearly full of people: %(used)s of %(room)s."),
        _lt("Take people off it who do not punch there."),
    ),
    "no_administrator": (
        _lt("Nobody on it is a terminal administrator: its menu is open to everybody."),
        _lt("Send it a person as terminal administrator."),
    ),
    "unknown_codes": (
        _lt("%(count)s codes punched on it that nobody holds."),
        _lt("Say whose they are: the punches then count for that person."),
    ),
    "events": (
        _lt("%(count)s events at its keys need a look."),
        _lt("Look at them and mark them as seen."),
    ),
    "commands": (
        _lt("%(count)s commands of this week were refused or not answered."),
        _lt("Look at them and ask for them again where it matters."),
    ),
    "no_store": (
        _lt("It belongs to no store: only who sees everything sees it."),
        _lt("Choose the store in which it hangs."),
    ),
    "archived_store": (
        _lt("Its store is archived."),
        _lt("Archive the terminal as well, or choose the store where it hangs now."),
    ),
}
