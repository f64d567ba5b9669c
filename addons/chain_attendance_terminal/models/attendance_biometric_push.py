from collections import defaultdict

from odoo import api, fields, models

from odoo.addons.chain_attendance_base.models.attendance_terminal_code import code_key

from .. import biometrics


class AttendanceBiometric(models.Model):
    """The way of templates from here to the terminals of the same algorithm."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.biometric"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.private
    def _collect(self, terminal, templates):
        found = super()._collect(terminal, templates)
        if found:
            found._spread()
        return found

    def _spread(self):
        """Send these to the terminals on which their people are."""
        people = self.employee_id
        by_terminals = defaultdict(people.browse)
        for person, terminals in self._terminals_of(people).items():
            by_terminals[terminals] |= person
        for terminals, mine in by_terminals.items():
            self._push(terminals, mine)

    @api.model
    def _terminals_of(self, employees):
        """Hook: ``{person: terminals}`` where these people are known to be."""
        today = fields.Date.context_today(self)
        codes = self.env["attendance.terminal.code"]._current(employees, today)
        holders = {
            (record.company_id.id, record.code_key): record.employee_id
            for record in codes.values()
        }
        # sudo: terminals outside the login's scope have people all the same
        users = self.env["attendance.terminal.user"].sudo().search(
            [("code_key", "in", [key for _company, key in holders])]
        )  # fmt: skip
        found = defaultdict(self.env["attendance.terminal"].sudo().browse)
        for user in users:
            if person := holders.get((user.company_id.id, user.code_key)):
                found[person] |= user.terminal_id
        return found

    @api.model
    @api.private
    def _push(self, terminals, employees):
        """Queue what these terminals may have of these people's templates.

        Only of who agreed, only to terminals of the same company that take the kind
        and the algorithm, and nothing twice. The content is put in when a command is
        handed out.

        :return: the new commands.
        """
        # sudo: who may send people to terminals sends their templates, unseen
        employees, terminals = employees.sudo(), terminals.sudo()
        today = fields.Date.context_today(self)
        codes = self.env["attendance.terminal.code"]._current(employees, today)
        rows = self.sudo().search([("employee_id", "in", employees.ids)])
        there = self._sent_templates(terminals, employees)
        commands = []
        for terminal in terminals.filtered("active"):
            versions = terminal._template_versions()
            for row in rows:
                code = codes.get(row.employee_id.id)
                if code and row._is_for(terminal, versions, code, today, there):
                    commands.append(row._prepare_put(terminal, code.code))
        return self.env["attendance.terminal.command"]._queue(commands)

    def _is_for(self, terminal, versions, code, today, there):
        """Whether a terminal is to get this template now."""
        if self.kind == "photo" and self.number != biometrics.COMPARISON:
            return False
        if not biometrics.is_for(self.kind, self.version, versions):
            return False
        if self.company_id != terminal.company_id:
            return False
        if not self.employee_id._may_keep_biometrics(terminal.company_id, today):
            return False
        if self.terminal_id == terminal and code_key(self.user_code) == code.code_key:
            return False
        sent_at = there.get((terminal.id, code.code, self.kind, self._slot()))
        return not sent_at or sent_at < self.collected_at

    def _slot(self):
        return biometrics.slot(self.kind, self.number, self.part)

    def _prepare_put(self, terminal, code):
        is_photo = self.kind == "photo"
        values = {"code": code}
        if not is_photo:
            values.update(kind=self.kind, number=self._slot())
        return {
            "terminal_id": terminal.id,
            "kind": "photo_put" if is_photo else "template_put",
            "values": values,
            "employee_id": self.employee_id.id,
            "user_code": code,
        }

    @api.model
    def _sent_templates(self, terminals, employees):
        """When each template was sent: ``{(terminal id, code, kind, slot): instant}``.

        One that waits counts as sent now; what was deleted later does not count.
        """
        self.env["attendance.terminal.command"].flush_model()
        self.env.cr.execute(
            """
            SELECT c.terminal_id, c.user_code,
                   COALESCE(c.values ->> 'kind', 'photo'),
                   COALESCE((c.values ->> 'number')::int, 0),
                   max(CASE WHEN c.state = 'waiting' THEN %(now)s ELSE c.sent_at END)
            FROM attendance_terminal_command c
            WHERE c.terminal_id = ANY(%(terminals)s)
              AND c.employee_id = ANY(%(people)s)
              AND c.kind IN ('template_put', 'photo_put')
              AND c.state IN ('waiting', 'sent', 'done')
              AND NOT EXISTS (
                SELECT FROM attendance_terminal_command d
                WHERE d.terminal_id = c.terminal_id AND d.id > c.id
                  AND d.state IN ('waiting', 'sent', 'done')
                  AND (d.kind = 'clear_all' OR d.user_code = c.user_code AND (
                    d.kind = 'user_delete' OR d.kind = 'template_delete'
                    AND d.values ->> 'kind' = COALESCE(c.values ->> 'kind', 'photo'))))
            GROUP BY 1, 2, 3, 4
            """,
            {
                "now": fields.Datetime.now(),
                "terminals": terminals.ids,
                "people": employees.ids,
            },
        )
        return {row[:4]: row[4] for row in self.env.cr.fetchall()}
