"""What a unit asks besides its options: the time, and a person it does not know."""

from datetime import timezone
from zoneinfo import ZoneInfo

from odoo import fields

from odoo.addons.chain_attendance_base.models.attendance_terminal_code import code_key
from odoo.addons.chain_attendance_terminal.command_values import is_code

from . import wire_commands
from .messages import OK, TerminalAnswer


class QueriesMixin:
    """A part of the handler's dialogue."""

    def _on_time(self):
        """The clock query of one dialect: the terminal's local time with its zone."""
        now = fields.Datetime.now().replace(tzinfo=timezone.utc)
        local = now.astimezone(ZoneInfo(self.terminal.tz)).isoformat()
        return TerminalAnswer(200, f"Time={local}\n")

    def _on_remote_person(self):
        """Somebody stands at a unit that does not know the code that was typed.

        Only who is to be on this terminal anyway is told: with somebody else's codes
        a caller could otherwise list the people of the company.
        """
        code = self.request.query.get("pin", "").strip()
        person = self._wanted_person(code_key(code)) if is_code(code) else None
        if not person:
            return OK
        values = {
            "code": person.code,
            "name": person.name,
            "privilege": person.privilege,
            "card": person.card,
        }
        try:
            text = wire_commands.user_row(values, self.terminal._dialect())
        except wire_commands.CommandUnfit:
            return OK
        return TerminalAnswer(200, text + b"\n")

    def _wanted_person(self, key):
        holder = self.terminal._holders({key})
        if not holder:
            return None
        today = fields.Datetime.context_timestamp(
            self.terminal.with_context(tz=self.terminal.tz), fields.Datetime.now()
        ).date()
        wanted = self.terminal._wanted_people(today, holder.ids)[self.terminal.id]
        return wanted.people.get(key)

    def _on_registry(self):
        """The access-control dialect: its punches cannot be read here.

        It is answered so that nothing hangs, and people are told to switch the
        terminal to attendance in its menu.
        """
        self.terminal._note_information({"speaks_access_control": True})
        return self._on_unknown()

    _on_push = _on_querydata = _on_rtdata = _on_registry

    def _upload_rtlog(self):
        return self._on_registry()

    _upload_rtstate = _upload_tabledata = _upload_rtlog
