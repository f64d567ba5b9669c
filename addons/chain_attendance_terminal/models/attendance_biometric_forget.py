from collections import Counter, defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.chain_attendance_base.models.attendance_terminal_code import code_key

from .. import biometrics
from ..const import FORGET_BATCH

# In the context while rows go whose proof is written. An object, so that no caller
# from outside can say it.
FORGOTTEN = object()


class AttendanceBiometric(models.Model):
    """The deletion of templates: here at once, and on the terminals with proof."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.biometric"  # pylint: disable=consider-merging-classes-inherited

    @api.ondelete(at_uninstall=False)
    def _delete_on_terminals(self):
        """Whoever deletes templates here has them deleted on the terminals too."""
        if self.env.context.get("attendance_forgotten") is not FORGOTTEN:
            self._prove("hand")

    @api.model
    @api.private
    def _forget(self, employees, reason):
        """Delete all templates of these people, here and on terminals.

        :param reason: a value of ``attendance.biometric.deletion``.
        """
        # sudo: who may end a person's time here, or note a withdrawal, does this
        rows = self.sudo().search([("employee_id", "in", employees.ids)])
        rows._prove(reason, employees)
        rows.with_context(attendance_forgotten=FORGOTTEN).unlink()

    @api.model
    @api.private
    def _forget_gone(self, employees):
        """Delete the templates of those of these people that may not be kept."""
        people = self._people_with_templates(employees)
        if not people:
            return
        today = fields.Date.context_today(self)
        codes = self.env["attendance.terminal.code"]._current(people, today)
        by_reason = defaultdict(people.browse)
        for person in people:
            reason = person._biometric_end(today)
            if not reason and person.id not in codes:
                reason = "code"
            if reason:
                by_reason[reason] |= person
        for reason, gone in by_reason.items():
            self._forget(gone, reason)

    @api.model
    def _people_with_templates(self, employees=None):
        """Those whose templates are here, or were sent and not deleted since."""
        self.env["attendance.terminal.command"].flush_model()
        self.env["attendance.biometric.deletion.line"].flush_model()
        self.env.cr.execute(
            """
            SELECT employee_id FROM attendance_biometric
            WHERE %(all)s OR employee_id = ANY(%(ids)s)
            UNION
            SELECT c.employee_id FROM attendance_terminal_command c
            WHERE c.kind IN ('template_put', 'photo_put')
              AND c.state IN ('sent', 'done', 'expired')
              AND c.employee_id IS NOT NULL
              AND (%(all)s OR c.employee_id = ANY(%(ids)s))
              AND c.id > COALESCE((
                SELECT max(l.command_id) FROM attendance_biometric_deletion_line l
                JOIN attendance_biometric_deletion d ON d.id = l.deletion_id
                WHERE d.employee_id = c.employee_id
                  AND l.terminal_id = c.terminal_id), 0)
            """,
            {"all": employees is None, "ids": employees.ids if employees else []},
        )
        found = [employee for (employee,) in self.env.cr.fetchall()]
        return self.env["hr.employee"].sudo().browse(found)  # sudo: as in _forget

    def _prove(self, reason, employees=None):
        """Write a proof for each person, and have the terminals delete the same."""
        rows = self.sudo()  # sudo: as in _forget
        people = rows.employee_id | (
            employees.sudo() if employees else rows.employee_id
        )
        by_person = defaultdict(rows.browse)
        for row in rows:
            by_person[row.employee_id] |= row
        for person in people:
            mine = by_person[person]
            places = mine._places(person, whole=reason != "hand")
            if not mine and not places:
                continue
            deletion = mine._note_deletion(person, reason)
            self.env["attendance.biometric.deletion.line"].sudo().create(
                mine._prepare_lines(deletion, places)
            )._ask()

    def _note_deletion(self, person, reason):
        # sudo: nobody writes proofs by hand
        return (
            self.env["attendance.biometric.deletion"]
            .sudo()
            .create(
                {
                    "company_id": (self.company_id[:1] or person.company_id).id,
                    "employee_id": person.id,
                    "employee_name": person.name,
                    "employee_number": person.employee_number,
                    "reason": reason,
                    "template_count": len(self),
                    "kind_counts": Counter(self.mapped("kind")),
                    "deleted_at": fields.Datetime.now(),
                    "user_id": self.env.uid,
                }
            )
        )

    def _places(self, person, whole):
        """``{(terminal, code as there): {(kind, slot)}}`` of where these templates are.

        Where they were enrolled, where they were sent, and where the person is known
        to be. What only waits to be sent is taken back.

        :param whole: everything of the person goes, not just these rows.
        """
        commands = self.env["attendance.terminal.command"].sudo()  # sudo: as in _forget
        sent = commands.search(
            [
                ("employee_id", "=", person.id),
                ("kind", "in", ("template_put", "photo_put")),
                ("state", "in", ("waiting", "sent", "done", "expired")),
            ],
            order="id",
        )
        mine = {(row.kind, biometrics.slot(row.kind, row.number, row.part))
                for row in self}  # fmt: skip
        places = defaultdict(set)
        for command in sent:
            what = command._biometric_slot()
            if not whole and what not in mine:
                continue
            if command.state == "waiting":
                command.write({"state": "cancelled", "done_at": fields.Datetime.now()})
            else:
                places[command.terminal_id, command.user_code].add(what)
        everywhere = {
            (row.terminal_id, row.user_code) for row in self if row.terminal_id
        }
        everywhere |= self._known_places(person) if self else set()
        for place in everywhere:
            places[place] |= mine
        return places

    def _known_places(self, person):
        """The terminals that told that a code of these templates is on them."""
        keys = {code_key(row.user_code) for row in self if row.user_code}
        today = fields.Date.context_today(self)
        held = self.env["attendance.terminal.code"]._current(person, today)
        keys |= {record.code_key for record in held.values()}
        # sudo: as in _forget
        users = self.env["attendance.terminal.user"].sudo().search(
            [("company_id", "in", self.company_id.ids), ("code_key", "in", list(keys))]
        )  # fmt: skip
        return {(user.terminal_id, user.user_code) for user in users}

    def _prepare_lines(self, deletion, places):
        """The lines of a proof: the whole person where that person left."""
        taken = self._codes_of_others(deletion, places)
        lines = []
        for (terminal, code), slots in places.items():
            place = {
                "deletion_id": deletion.id,
                "terminal_id": terminal.id,
                "user_code": code,
            }
            if deletion.reason in ("left", "code") and code_key(code) not in taken:
                lines.append(place)
                continue
            # One deletion takes all parts of a palm or a face.
            whole = {
                (kind, biometrics.slot(kind, biometrics.number_of(kind, slot), 0))
                for kind, slot in slots
            }
            lines += [
                {**place, "kind": kind, "slot": slot} for kind, slot in sorted(whole)
            ]
        return lines

    @api.model
    def _codes_of_others(self, deletion, places):
        """Those of the codes that somebody else holds today: that person stays."""
        codes = self.env["attendance.terminal.code"]
        # sudo: a holder outside the login's scope is a holder all the same
        held = codes.sudo().search(
            codes._valid_on(fields.Date.context_today(self))
            & Domain("company_id", "=", deletion.company_id.id)
            & Domain("code_key", "in", [code_key(code) for _terminal, code in places])
            & Domain("employee_id", "!=", deletion.employee_id.id)
        )
        return set(held.mapped("code_key"))

    @api.model
    def _cron_forget(self):
        """Delete the templates of who left, gave back the code or does not punch."""
        cron, people = self.env["ir.cron"], self._people_with_templates()
        for start in range(0, len(people), FORGET_BATCH):
            batch = people[start : start + FORGET_BATCH]
            self._forget_gone(batch)
            left = max(0, len(people) - start - FORGET_BATCH)
            if not cron._commit_progress(len(batch), remaining=left):
                return
        # sudo: the clean-up of every company
        companies = self.env["res.company"].sudo()
        for company in companies.search([("attendance_template_months", ">", 0)]):
            self._forget_unused(company)

    @api.model
    @api.private
    def _forget_unused(self, company):
        """Delete the templates of people who have not punched for the chosen months.

        :return: how many templates went.
        """
        started = fields.Datetime.now()
        before = fields.Date.today() - relativedelta(
            months=company.attendance_template_months
        )
        self.env.cr.execute(
            """
            SELECT b.employee_id FROM attendance_biometric b
            WHERE b.company_id = %(company)s
              AND NOT EXISTS (
                SELECT FROM attendance_punch p
                WHERE p.employee_id = b.employee_id AND p.punched_at >= %(before)s)
            GROUP BY b.employee_id HAVING max(b.collected_at) < %(before)s
            """,
            {"company": company.id, "before": before},
        )
        ids = [employee for (employee,) in self.env.cr.fetchall()]
        people = self.env["hr.employee"].sudo().browse(ids)  # sudo: as in _forget
        count = self.sudo().search_count([("employee_id", "in", ids)])
        if count:
            self._forget(people, "age")
            self.env["attendance.retention.run"]._note(
                company, "templates", before, count, started
            )
        return count
