"""Why a call or an order came to nothing, and what to do, in plain words."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

WORDS = {
    "library": _lt(
        "The Python package “pyzk” is missing on this server. Install it, then call "
        "again."
    ),
    "host": _lt(
        "“%(host)s” is no IP address. Enter one like 192.168.1.201, as the terminal's "
        "network menu shows it."
    ),
    "address": _lt(
        "%(address)s is in none of the networks that may be called. An administrator "
        "can add it in the settings, under Networks of Called Terminals."
    ),
    "refused": _lt(
        "Something is at this address and nothing listens on this port. Compare both "
        "with the terminal's network menu."
    ),
    "silent": _lt(
        "The terminal does not answer. Is it switched on, and can this server reach "
        "its network?"
    ),
    "unreachable": _lt("This server has no way to the terminal's network."),
    "late": _lt("The terminal answered so slowly that the call was ended."),
    "cut": _lt("The connection broke off. It is called again."),
    "garbage": _lt(
        "What answers at this address is no terminal of this kind, or the line spoils "
        "what it says."
    ),
    "short": _lt("Part of the list is missing. It is called again."),
    "layout": _lt(
        "The terminal tells of %(count)s records and sends %(total)s bytes, which fits "
        "no known layout. Nothing was stored of them."
    ),
    "key": _lt(
        "The terminal refuses the comm key. Enter the one of its communication menu."
    ),
    "serial": _lt(
        "At this address is the terminal with the serial number %(serial)s. Nothing "
        "was fetched. Correct the address or the serial number."
    ),
    "refusal": _lt("The terminal refused it."),
    "short_code": _lt("This model takes codes of 1 to 9 digits only, not “%(code)s”."),
    "card": _lt("“%(card)s” is no card number."),
    "nobody": _lt("Nobody with the code “%(code)s” is on the terminal."),
    "no_finger": _lt("No finger was laid on it three times in time."),
    "newer": _lt(
        "There are other punches on it than were fetched. Nothing was deleted."
    ),
    "server": _lt("What was fetched could not be stored. It is called again."),
}
