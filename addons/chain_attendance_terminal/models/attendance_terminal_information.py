from odoo import api, fields, models
from odoo.tools import SQL

from ..wall_clock import REPEAT, clock_offset, is_news

COUNTS = {"unit_users", "unit_fingerprints", "unit_faces", "unit_punches"}


class AttendanceTerminal(models.Model):
    """What a terminal's own log and its reports about itself add to it."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal"  # pylint: disable=consider-merging-classes-inherited

    worrying_count = fields.Integer(
        compute="_compute_worrying_count", string="Events to Look At"
    )

    def _compute_worrying_count(self):
        domain = [
            ("terminal_id", "in", self.ids),
            ("is_worrying", "=", True),
            ("seen_at", "=", False),
        ]
        counts = dict(
            self.env["attendance.terminal.event"]._read_group(
                domain, ["terminal_id"], ["__count"]
            )
        )
        for terminal in self:
            terminal.worrying_count = counts.get(terminal, 0)

    def action_view_events(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_terminal.attendance_terminal_event_action"
        )
        context = {"search_default_worrying": 1 if self.worrying_count else 0}
        return {
            **action,
            "domain": [("terminal_id", "=", self.id)],
            "context": context,
        }

    @api.private
    def _note_information(self, values):
        """Keep what the terminal says of itself: one statement, if there is news.

        :param values: status fields; text must be fit for the database already.
        """
        self.ensure_one()
        changed = {name: v for name, v in values.items() if self[name] != v}
        now = fields.Datetime.now()
        if COUNTS & values.keys() and (
            changed or not self.unit_info_at or self.unit_info_at <= now - REPEAT
        ):
            changed["unit_info_at"] = now
        if not changed:
            return
        columns = SQL(", ").join(
            SQL(
                "%s = %s",
                SQL.identifier(name),
                self._fields[name].convert_to_column_insert(value, self),
            )
            for name, value in changed.items()
        )
        self.env.cr.execute(
            SQL("UPDATE attendance_terminal SET %s WHERE id = %s", columns, self.id)
        )
        self.invalidate_recordset(list(changed), flush=False)

    @api.private
    def _note_clock(self, wall_times):
        """Compare the terminal's clock with the server's by the punches of one post.

        :param wall_times: naive times of the terminal's own clock.
        """
        self.ensure_one()
        now = fields.Datetime.now()
        seconds = clock_offset(wall_times, self.tz, now)
        known, checked_at = self.clock_offset_seconds, self.clock_checked_at
        if seconds is not None and is_news(seconds, known, checked_at, now):
            self._note_information(
                {"clock_offset_seconds": seconds, "clock_checked_at": now}
            )
