"""Commands handed out to a unit, and what it answers about them."""

from odoo.addons.chain_attendance_terminal.models.attendance_terminal_command import (
    CommandResult,
)

from . import wire_commands, wire_rows
from .const import ANSWER_LIMIT, COMMANDS_PER_ANSWER
from .messages import OK, TerminalAnswer


class CommandsMixin:
    """Polls and results; a part of the handler's dialogue."""

    def _on_getrequest(self):
        self._note_info()
        lines = self._command_lines()
        return TerminalAnswer(200, b"".join(lines)) if lines else OK

    def _command_lines(self):
        """The lines of this answer; what did not fit is offered at the next poll.

        One that is larger than an answer goes alone.
        """
        commands = self.env["attendance.terminal.command"]
        unit = self.terminal._dialect()
        lines, sent, size = [], commands, 0
        for command in commands._due(self.terminal, COMMANDS_PER_ANSWER):
            line = self._command_line(command, unit)
            if line is None:
                continue
            if lines and size + len(line) > ANSWER_LIMIT:
                break
            lines.append(line)
            sent |= command
            size += len(line)
        sent._mark_sent()
        return lines

    def _command_line(self, command, unit):
        payload = command._payload()
        if payload is None:
            command._mark_unsent("gone")
            return None
        try:
            return wire_commands.line(command.id, command.kind, payload, unit)
        except wire_commands.CommandUnfit:
            command._mark_unsent("unfit")
            return None

    def _on_devicecmd(self):
        """Always OK: a unit would repeat for ever what it is not believed."""
        found = wire_commands.read_results(self.request.body, self.terminal.code_page)
        commands = self.env["attendance.terminal.command"]
        kinds = commands._kinds_of(self.terminal, [r.command_id for r in found])
        mine = [result for result in found if result.command_id in kinds]
        answered = commands._note_results(
            self.terminal,
            [self._command_result(kinds[r.command_id], r) for r in mine],
        )
        told = set(answered.filtered(lambda c: c.kind == "info").ids)
        for result in mine:
            if result.command_id in told and result.return_code >= 0:
                told.remove(result.command_id)
                self._note_info_block(result.block)
        return OK

    @staticmethod
    def _command_result(kind, result):
        count = wire_commands.count_of(kind, result)
        return CommandResult(
            result.command_id,
            wire_commands.is_done(kind, result.return_code),
            result.return_code,
            result.verb,
            count,
        )

    def _note_info_block(self, block):
        options = wire_rows.read_options("\n".join(block).encode())
        status = wire_rows.options_as_status(options)
        if self.terminal.unit_options:
            # The options that a unit uploads itself are more than these.
            status.pop("unit_options", None)
        self.terminal._note_information(status)
