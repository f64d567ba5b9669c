"""Commands of the server: reading an answer to getrequest, executing it.

Executing needs the terminal's log and quirks only; what has to be uploaded or
done afterwards is part of the outcome, and the state machine does it.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from . import tables
from .punch import parse_wall
from .quirks import Quirks
from .results import (
    ALREADY_ENROLLED,
    BAD_PARAMETER,
    DONE,
    INVALID_DATA,
    NO_SUCH_PIN,
    UNKNOWN_COMMAND,
    UNSUPPORTED_SYNTAX,
    UNSUPPORTED_TABLE,
    Effect,
    Outcome,
)

LOGGER = logging.getLogger("terminal_simulator")
COMMANDS_PER_ANSWER = 200
NEVER_SEND = ("SHELL", "PUTFILE", "GETFILE", "UPGRADE")
LOSES_THE_UNIT = (
    "webserverip",
    "webserverport",
    "ipaddress",
    "netmask",
    "gateipaddress",
)
OLD_SYNTAX = {
    "DATA USER": ("UPDATE", "USERINFO"),
    "DATA FP": ("UPDATE", "FINGERTMP"),
    "DATA DEL_USER": ("DELETE", "USERINFO"),
    "DATA DEL_FP": ("DELETE", "FINGERTMP"),
}


@dataclass(frozen=True)
class Command:
    """One line ``C:<id>:<text>`` of an answer, the id already cut to the unit's."""

    id: str
    text: str


def read_commands(text: str, quirks: Quirks) -> list[Command]:
    """Commands of an answer to getrequest, in order; other lines are passed over.

    At most 200 are taken, like the firmware does.
    """
    found = re.findall(r"^C:([^:\r\n]+):([^\r\n]*)", text, re.MULTILINE)
    commands = [Command(i[: quirks.command_id_bytes], body) for i, body in found]
    if len(commands) > COMMANDS_PER_ANSWER:
        LOGGER.warning("%d commands in one answer: the rest is dropped", len(commands))
    return commands[:COMMANDS_PER_ANSWER]


class Executor:
    """Executes commands against the memory of one terminal (``unit``).

    Commands that must never be sent, and punches lost before they were
    acknowledged, are noted in the unit's statistics and logged as critical.
    """

    def __init__(self, unit) -> None:
        self._unit = unit
        self._log, self._quirks = unit.log, unit.quirks

    def execute(self, text: str) -> Outcome:
        """Do what a command says; never raises for what is in it."""
        word = text.split(" ", 1)[0].split("\t", 1)[0]
        for beginning, code in self._quirks.forced_results:
            if text.startswith(beginning):
                return Outcome(code, word)
        if word.upper() in NEVER_SEND or "\tUrl=" in text:
            return self._refuse_dangerous(text, word)
        if word == "DATA":
            return self._data(text)
        for beginning, method in _COMMANDS.items():
            if text == beginning or text.startswith(
                (beginning + " ", beginning + "\t")
            ):
                return method(self, text[len(beginning) :].strip(" "), beginning)
        return Outcome(UNKNOWN_COMMAND, word)

    def _refuse_dangerous(self, text: str, word: str) -> Outcome:
        self._alarm(text)
        return Outcome(BAD_PARAMETER, word)

    def _alarm(self, text: str) -> None:
        serial = self._unit.serial
        self._unit.statistics.dangerous.append(text)
        LOGGER.critical("%s: dangerous command received: %s", serial, text[:200])

    # --- DATA ... -------------------------------------------------------------------

    def _data(self, text: str) -> Outcome:
        match = re.match(
            r"DATA (UPDATE|DELETE|QUERY) (\w+)[ \t]?(.*)$", text, re.DOTALL
        )
        if match:
            return self._data_action(match[1], match[2].upper(), match[3])
        match = re.match(r"(DATA \w+)[ \t](.*)$", text, re.DOTALL)
        if match and self._quirks.is_old and match[1] in OLD_SYNTAX:
            return self._data_action(*OLD_SYNTAX[match[1]], match[2])
        return Outcome(UNSUPPORTED_SYNTAX, "DATA")

    def _data_action(self, action: str, table: str, rest: str) -> Outcome:
        if not tables.exists(table, self._quirks):
            return Outcome(UNSUPPORTED_TABLE, "DATA")
        fields = tables.read_fields(rest)
        if action == "UPDATE":
            code = tables.update(self._log, self._quirks, table, fields)
            return Outcome(code, "DATA")
        if action == "DELETE":
            if table == "USERINFO" and not fields.get("PIN"):
                self._alarm(f"DATA DELETE {table} {rest}".strip())
            return Outcome(tables.delete(self._log, table, fields), "DATA")
        if table == "ATTLOG":
            return self._query_punches(fields)
        target, rows = tables.query(self._log, self._quirks, table, fields)
        if not rows:
            return Outcome(BAD_PARAMETER, "DATA")
        return Outcome(len(rows), "DATA", table=target, rows=tuple(rows))

    def _query_punches(self, fields: dict[str, str]) -> Outcome:
        numbers = self._numbers_between(fields)
        if numbers is None or not numbers:
            return Outcome(BAD_PARAMETER, "DATA")
        return Outcome(len(numbers), "DATA", punches=tuple(numbers))

    def _numbers_between(self, fields: dict[str, str]) -> list[int] | None:
        """Punches from StartTime to EndTime, both included; None if unreadable."""
        try:
            start = str(parse_wall(fields["STARTTIME"]))
            end = str(parse_wall(fields["ENDTIME"]))
        except (KeyError, ValueError):
            return None
        return [n for n, punch in self._log.numbered() if start <= punch.wall <= end]

    # --- the others -------------------------------------------------------------------

    def _verify_sum(self, rest: str, verb: str) -> Outcome:
        numbers = self._numbers_between(tables.read_fields(rest))
        if numbers is None:
            return Outcome(BAD_PARAMETER, verb.rsplit(" ", 1)[0])
        extra = (("AttlogCount", str(len(numbers))),)
        return Outcome(DONE, "VERIFY SUM", extra=extra)

    def _check(self, _rest: str, verb: str) -> Outcome:
        return Outcome(DONE, verb, effect=Effect.HANDSHAKE)

    def _upload(self, _rest: str, verb: str) -> Outcome:
        return Outcome(DONE, verb, effect=Effect.UPLOAD)

    def _reboot(self, _rest: str, verb: str) -> Outcome:
        return Outcome(DONE, verb, effect=Effect.REBOOT)

    def _info(self, _rest: str, verb: str) -> Outcome:
        return Outcome(DONE, verb, extra=tuple(self._unit.information().items()))

    def _set_option(self, rest: str, verb: str) -> Outcome:
        key, equals, value = rest.partition("=")
        if not equals or not key or key.startswith("~"):
            return Outcome(BAD_PARAMETER, verb)
        if key.lower() in LOSES_THE_UNIT:
            self._alarm(f"{verb} {rest}")
            return Outcome(BAD_PARAMETER, verb)
        self._log.set_value(key, value)
        return Outcome(DONE, verb)

    def _get_option(self, rest: str, verb: str) -> Outcome:
        key = rest.removeprefix("FROM").strip()
        value = {**self._unit.information(), **self._log.values}.get(key)
        if value is None:
            return Outcome(BAD_PARAMETER, verb)
        return Outcome(DONE, verb, extra=((key, value),))

    def _done(self, _rest: str, verb: str) -> Outcome:
        return Outcome(DONE, verb)

    def _clear(self, rest: str, verb: str) -> Outcome:
        echo = f"{verb}_{rest.replace(' ', '_')}"
        if rest in ("LOG", "DATA"):
            lost = self._log.clear_punches()
            self._unit.statistics.lost_unacknowledged += lost
            if lost:
                serial = self._unit.serial
                LOGGER.critical("%s: %s lost %d punches", serial, echo, lost)
        if rest == "DATA":
            for key in list(self._log.values):
                self._log.set_value(key, "")
        if rest in ("DATA", "ALL USERINFO"):
            tables.delete(self._log, "USERINFO", {})
        elif rest == "BIODATA":
            tables.delete(self._log, "BIODATA", {})
        elif rest not in ("LOG", "PHOTO"):
            return Outcome(BAD_PARAMETER, echo)
        return Outcome(DONE, echo)

    def _enrol_finger(self, rest: str, verb: str) -> Outcome:
        return self._enrol(rest, verb, "FINGERTMP")

    def _enrol_bio(self, rest: str, verb: str) -> Outcome:
        return self._enrol(rest, verb, "BIODATA")

    def _enrol(self, rest: str, verb: str, table: str) -> Outcome:
        """The person asked for comes at once; the template goes up by itself."""
        fields = tables.read_fields(rest)
        pin = fields.get("PIN", "")
        if not pin:
            return Outcome(INVALID_DATA, verb)
        if pin not in self._log.users:
            return Outcome(NO_SUCH_PIN, verb)
        key, template = tables.make_template(
            table, fields, self._quirks, self._unit.seed
        )
        if template is None:
            return Outcome(UNSUPPORTED_TABLE, verb)
        if key in self._log.templates and fields.get("OVERWRITE") != "1":
            return Outcome(ALREADY_ENROLLED, verb)
        self._log.put_template(key, template)
        target, line = tables.template_row(table, template)
        self._log.add_row(target, line.split(" ", 1)[0], line)
        return Outcome(DONE, verb)


_COMMANDS = {
    "VERIFY SUM ATTLOG": Executor._verify_sum,
    "CHECK": Executor._check,
    "LOG": Executor._upload,
    "INFO": Executor._info,
    "SET OPTION": Executor._set_option,
    "GET OPTION": Executor._get_option,
    "RELOAD OPTIONS": Executor._done,
    "CLEAR": Executor._clear,
    "ENROLL_FP": Executor._enrol_finger,
    "ENROLL_BIO": Executor._enrol_bio,
    "AC_UNLOCK": Executor._done,
    "AC_UNALARM": Executor._done,
    "REBOOT": Executor._reboot,
}
