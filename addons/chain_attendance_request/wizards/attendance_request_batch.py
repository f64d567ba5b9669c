from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..models.attendance_request import KINDS, figure
from ..models.attendance_request_check import Refusals
from ..models.attendance_request_evidence import check_files

# What one form says, and each of the requests then.
SHARED = (
    "kind", "date_from", "date_to", "is_by_days", "direction", "typed_hours",
    "typed_days", "reason", "destination", "compensation",
)  # fmt: skip
# Start and end in hours, and whether by days, as the forms of each kind propose them.
PROPOSED = {
    "overtime": (18, 20, False),
    "outing": (10, 12, False),
    "trip": (8.5, 17.5, True),
    "correction": (8.5, 17.5, False),
}


class AttendanceRequestBatch(models.TransientModel):
    """File one form for many people: overtime of a team, a trip of several."""

    _name = "attendance.request.batch"
    _description = "File for Several People"
    _inherit = [
        "attendance.roster.people.mixin",
        "attendance.closed.form.mixin",
        "attendance.span.mixin",
    ]

    kind = fields.Selection(KINDS, required=True, default="overtime")
    employee_ids = fields.Many2many(
        "hr.employee",
        string="People",
        domain="[('attendance_scope', '=', 'requests.create')]",
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="To", default=fields.Date.context_today)
    is_by_days = fields.Boolean(
        string="Whole Days", help="Takes the whole shifts of its dates."
    )
    start_time = fields.Float(string="Starts", default=18)
    stop_time = fields.Float(string="Ends", default=20)
    direction = fields.Selection(
        [("in", "Clock-In"), ("out", "Clock-Out")], help="Empty: either."
    )
    typed_hours = fields.Float(
        string="Hours Claimed", help="Instead of the hours between the two times."
    )
    typed_days = fields.Float(
        string="Days Claimed", help="Instead of the days between the two dates."
    )
    compensation = fields.Selection(
        [("pay", "Pay"), ("time_off", "Time Off in Lieu")], default="pay"
    )
    reason = fields.Text()
    destination = fields.Char()
    evidence_ids = fields.Many2many(
        "ir.attachment",
        help="Uploaded once; each form gets a copy.",
    )
    is_together = fields.Boolean(
        string="Travel Together", help="Each form names the others as companions."
    )
    line_ids = fields.One2many(
        "attendance.request.batch.line", "batch_id", string="Refused", readonly=True
    )
    good_count = fields.Integer(readonly=True)

    def _title(self):
        return self.env._("File for Several People")

    def onchange(self, values, field_names, fields_spec):
        """Leave the columns of the people alone: nothing in the form changes them.

        Odoo would read them to find what has changed, and refuses that to logins
        without HR rights.
        """
        if field_names and "employee_ids" in fields_spec:
            fields_spec = {**fields_spec, "employee_ids": {"fields": {}}}
        return super().onchange(values, field_names, fields_spec)

    @api.onchange("kind")
    def _onchange_kind(self):
        self.start_time, self.stop_time, self.is_by_days = PROPOSED[self.kind]

    @api.model
    def _may_plan(self):
        if self.env.su:
            return Domain.TRUE
        return Domain("attendance_scope", "=", "requests.create")

    def _add_people(self, people):
        self.employee_ids |= people

    def _check_people(self, people):
        if not people:
            raise UserError(self.env._("Choose the people first."))
        held = self.env["hr.employee"].search_count(
            Domain("id", "in", people.ids) & self._may_plan()
        )
        if held < len(people):
            raise AccessError(
                self.env._("You may not file for some of these people. Remove them.")
            )

    def action_file(self):
        """File for everybody, or for nobody and say who is refused."""
        return self._file(self.employee_ids)

    def action_file_others(self):
        """File for those whom nothing speaks against."""
        return self._file(self.employee_ids - self.line_ids.employee_id)

    def action_back(self):
        """Look at the form again; who was refused is still there."""
        self.line_ids.unlink()
        return self._reopen()

    def _file(self, people):
        self.ensure_one()
        self._check_people(people)
        check_files(self.evidence_ids)
        self.evidence_ids.check_access("read")
        refusals = Refusals()
        with self.env.cr.savepoint() as savepoint:
            noting = self._as_confirmed().with_context(attendance_refusals=refusals)
            made = noting.env["attendance.request"].create(self._values(people))
            if refusals:
                savepoint.rollback()
            else:
                made._copy_evidence()
        if refusals:
            return self._show(people, refusals)
        return self._made_action(made)

    def _values(self, people):
        shared = {name: self[name] for name in SHARED}
        shared |= {
            "start_minutes": round(figure(self.start_time) * 60),
            "stop_minutes": round(figure(self.stop_time) * 60),
        }
        if self.kind in ("overtime", "correction"):
            # Worked out from the times.
            del shared["date_to"]
        shared["evidence_ids"] = [fields.Command.set(self.evidence_ids.ids)]
        together = people if self.is_together else people.browse()
        return [
            {
                **shared,
                "employee_id": person.id,
                "companion_ids": [fields.Command.set((together - person).ids)],
            }
            for person in people
        ]

    def _show(self, people, refusals):
        """The same dialog, with who cannot be filed for and why."""
        self.write(
            {
                "good_count": len(people) - len(refusals),
                "line_ids": [
                    fields.Command.clear(),
                    *(
                        fields.Command.create({"employee_id": person, "refusal": words})
                        for person, words in refusals.items()
                    ),
                ],
            }
        )
        return self._reopen()

    def _made_action(self, made):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"chain_attendance_request.attendance_request_action_{self.kind}"
        )
        return {
            **action,
            "domain": [("id", "in", made.ids)],
            "view_mode": "list,form",
            "target": "main",
        }
