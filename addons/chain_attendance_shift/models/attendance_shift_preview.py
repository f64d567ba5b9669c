from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.chain_attendance_engine import EngineError, format_minutes

from .attendance_shift import ROW_FIELDS
from .shift_definition import FIGURES, ROWS, engine_figures, engine_shift
from .shift_preview import drawing, read_times, try_day

VIEW = "chain_attendance_base.function_shifts_view"


class AttendanceShift(models.Model):
    # One concept, one file.
    _inherit = "attendance.shift"  # pylint: disable=consider-merging-classes-inherited

    preview = fields.Json(
        string="The Day",
        compute="_compute_preview",
        help="What the shift looks like as it is typed, before it is saved.",
    )

    wizard_step = fields.Selection(
        [
            ("1", "Name and Periods"),
            ("2", "Late, Early, Absence, Overtime"),
            ("3", "Windows and the Rest"),
        ],
        store=False,
        default="1",
    )

    @api.depends(
        "name",
        "company_id",
        *FIGURES,
        *(
            f"{field}.{name}"
            for rows, field in ROW_FIELDS.items()
            for name in ROWS[rows]
        ),
    )
    def _compute_preview(self):
        for shift in self:
            shift.preview = shift._preview()

    def _preview(self):
        """``{definition, company, error}`` and, if it makes sense, ``drawing``."""
        definition = self._definition()
        preview = {
            "definition": definition,
            "company": self.company_id.id or self.env.company.id,
        }
        try:
            self._check_definition()
            engine = engine_shift(self.id, definition)
            policy = self._preview_policy(preview["company"], definition)
        except ValidationError as error:
            return {**preview, "error": str(error)}
        except EngineError as error:
            # A row that is being typed.
            return {**preview, "error": self._sentence(error)}
        return {**preview, "error": False, "drawing": drawing(engine, policy)}

    @api.model
    def _preview_policy(self, company_id, definition):
        # sudo: how a company judges is no secret to who sees its shifts
        company = self.env["res.company"].sudo().browse(company_id)
        policy = company.attendance_policy_id._as_engine_policy()
        return replace(policy, **dict(engine_figures(definition)))

    @api.model
    def try_punches(self, definition, company_id, text):
        """What comes out of a day with these punches; nothing is stored.

        For logins that may see shifts, and companies they may see.

        :param definition: of a shift, saved or not, as ``preview`` gives it.
        :param text: times, such as ``08:36 17:40``.
        :return: ``{error}`` or ``{figures: [{name, label, text}], notes: [...]}``
        """
        if not self.env.user.has_group(VIEW):
            raise AccessError(self.env._("You may not see shifts."))
        if company_id not in self.env.user.company_ids.ids:
            raise AccessError(self.env._("You may not see shifts of this company."))
        try:
            engine = engine_shift(0, definition)
            policy = self._preview_policy(company_id, definition)
        except (EngineError, ValueError, KeyError, TypeError):
            return {"error": self.env._("The shift makes no sense yet.")}
        seconds = read_times(text, drawing(engine, policy)["window"][0])
        if seconds is None:
            return {
                "error": self.env._("Type times such as 08:36 17:40, at most twenty.")
            }
        return self._shown(try_day(engine, policy, seconds))

    @api.model
    def _shown(self, result):
        totals = result.totals
        figures = [
            {"name": name, "label": label, "text": format_minutes(minutes)}
            for name, label, minutes in (
                ("due", self.env._("Due"), totals.due_minutes),
                ("worked", self.env._("Worked"), totals.worked_minutes),
                ("late", self.env._("Late"), totals.late_minutes),
                ("early", self.env._("Early"), totals.early_minutes),
                ("absent", self.env._("Absent"), totals.absent_minutes),
                (
                    "punched_outing",
                    self.env._("Punched Outing"),
                    totals.punched_outing_minutes,
                ),
                ("overtime", self.env._("Overtime"), totals.overtime_workday_minutes),
            )
        ]
        sentences = {
            "missing_in": self.env._("The clock-in is missing."),
            "missing_out": self.env._("The clock-out is missing."),
            "key_conflict": self.env._("The keys pressed contradict each other."),
            "core_time": self.env._("Not there during core time."),
            "unapproved_work": self.env._("Work without an overtime form."),
        }
        codes = dict.fromkeys(found.kind.value for found in result.exceptions)
        return {
            "error": False,
            "figures": figures,
            "notes": [sentences[code] for code in codes if code in sentences],
        }
