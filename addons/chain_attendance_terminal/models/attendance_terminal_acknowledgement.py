from odoo import api, fields, models

from odoo.addons.chain_attendance_base.models.attendance_terminal_code import code_key

from ..provisioning import Order, Person, applied

PEOPLE_KINDS = ("user_put", "user_delete")


class AttendanceTerminalCommand(models.Model):
    """What the answers of terminals say about who is on them."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal.command"  # pylint: disable=consider-merging-classes-inherited

    # Whether a sending is over is asked at each answer.
    _open_run_idx = models.Index("(run_id) WHERE state IN ('waiting', 'sent')")

    def _after_answer(self):
        result = super()._after_answer()
        self._keep_acknowledged()
        self.run_id._settle()
        return result

    def _keep_acknowledged(self):
        """Whom these commands put on their terminals or took off; the last one counts.

        A command that was refused or never answered changed nothing.
        """
        users = self.env["attendance.terminal.user"]
        done = self.filtered(lambda command: command.state == "done").sorted("id")
        emptied = done.filtered(lambda command: command.kind == "clear_all")
        if emptied:
            # sudo: nobody writes by hand what terminals acknowledge
            users.sudo().search(
                [("terminal_id", "in", emptied.terminal_id.ids)]
            ).unlink()
        put, removed = {}, set()
        for command in done:
            if command.kind not in PEOPLE_KINDS:
                continue
            pair = command.terminal_id.id, code_key(command.values["code"])
            if command.kind == "user_put":
                put[pair] = command._acknowledged_values()
                removed.discard(pair)
            else:
                put.pop(pair, None)
                removed.add(pair)
        users._note_removed(removed)
        users._note_confirmed(list(put.values()))

    def _acknowledged_values(self):
        return {
            **self.values,
            "terminal_id": self.terminal_id.id,
            "company_id": self.terminal_id.company_id.id,
            "employee_id": self.employee_id.id,
            "is_kept": self.run_id.kind == "undo",
        }

    @api.model
    def _lay_over(self, found):
        """Add to what is on terminals what was sent to them and is being done.

        Their answers are still to come. Of what only waits, the people who are being
        put back count too: somebody decided that they stay.

        :param found: ``{terminal id: {normal form of the code: OnUnit}}``, changed.
        """
        self.flush_model()
        self.env.cr.execute(
            """
            SELECT c.terminal_id, c.kind, c.employee_id, c.values, r.kind
            FROM attendance_terminal_command c
            LEFT JOIN attendance_terminal_run r ON r.id = c.run_id
            WHERE c.terminal_id = ANY(%s) AND c.kind IN ('user_put', 'user_delete')
              AND (c.state = 'sent' OR (c.state = 'waiting' AND r.kind = 'undo'))
            ORDER BY c.id
            """,
            [list(found)],
        )
        for terminal, kind, employee, values, run_kind in self.env.cr.fetchall():
            key = code_key(values["code"])
            if kind == "user_delete":
                found[terminal].pop(key, None)
                continue
            person = Person(
                employee,
                values["code"],
                values["name"],
                values["privilege"],
                values["card"],
            )
            there = applied({}, [Order("put", key, person)])[key]
            found[terminal][key] = there._replace(is_kept=run_kind == "undo")

    @api.model
    def _waiting(self, terminals):
        """What waits to be sent: ``{terminal id: {key: [(id, kind, values)]}}``.

        Without the people who are being put back, see ``_lay_over``, and without the
        deletion of templates, which no sending takes back.
        """
        self.flush_model()
        self.env["attendance.biometric.deletion.line"].flush_model()
        self.env.cr.execute(
            """
            SELECT c.terminal_id, c.id, c.kind, c.values
            FROM attendance_terminal_command c
            LEFT JOIN attendance_terminal_run r ON r.id = c.run_id
            WHERE c.terminal_id = ANY(%s) AND c.state = 'waiting'
              AND c.kind IN ('user_put', 'user_delete')
              AND COALESCE(r.kind, '') <> 'undo'
              AND NOT EXISTS (
                  SELECT FROM attendance_biometric_deletion_line l
                  WHERE l.command_id = c.id)
            ORDER BY c.id
            """,
            [terminals.ids],
        )
        waiting = {terminal: {} for terminal in terminals.ids}
        for terminal, command, kind, values in self.env.cr.fetchall():
            of_key = waiting[terminal].setdefault(code_key(values["code"]), [])
            of_key.append((command, kind, values))
        return waiting

    @api.model
    def _refused_lately(self, terminals, since):
        """``{(terminal id, kind, key)}`` of what was refused after a moment."""
        self.env.cr.execute(
            """
            SELECT terminal_id, kind, values->>'code' FROM attendance_terminal_command
            WHERE terminal_id = ANY(%s) AND create_date >= %s
              AND state IN ('failed', 'expired')
              AND kind IN ('user_put', 'user_delete')
            """,
            [terminals.ids, since],
        )
        return {
            (terminal, kind, code_key(code))
            for terminal, kind, code in self.env.cr.fetchall()
        }

    def _cancel_waiting(self):
        """Cancel those of these commands that were not sent yet; all at once."""
        if not self:
            return
        self.flush_model()
        self.env.cr.execute(
            """
            UPDATE attendance_terminal_command
            SET state = 'cancelled', reason = 'overtaken', done_at = %s
            WHERE id = ANY(%s) AND state = 'waiting'
            """,
            [fields.Datetime.now(), self.ids],
        )
        self.invalidate_model(["state", "reason", "done_at"])
        self.run_id._settle()
