from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .exception_words import WORDS, in_words

SERIOUS, WARNING, INFO = "1", "2", "3"
# How much each cause worries, in the order in which they are offered.
SEVERITIES = {
    "missing_in": WARNING,
    "missing_out": WARNING,
    "present_on_leave": WARNING,
    "unapproved_work": WARNING,
    "unscheduled_work": WARNING,
    "shift_undecided": SERIOUS,
    "key_conflict": INFO,
    "core_time": INFO,
    "overtime_kind_differs": INFO,
    "leave_amount_differs": INFO,
    "short_rest": SERIOUS,
    "cross_store": INFO,
}
# What is done about a cause first.
ROSTER_CODES = ("unscheduled_work", "shift_undecided", "short_rest")
PUNCH_CODES = ("key_conflict", "present_on_leave", "core_time", "cross_store")
DECIDED = ("handled", "ignored")


class AttendanceException(models.Model):
    """Something about a person's day that somebody should look at.

    One row for a person, a date and a cause, written set-based with the day. It is
    withdrawn by itself when its cause goes, and open again when the cause comes back;
    one that was ignored or handled stays so while its figures are the same. People
    change nothing but its state, by the methods below.
    """

    _name = "attendance.exception"
    _description = "Attendance Exception"
    _inherit = ["attendance.day.row.mixin"]
    _order = "work_date desc, severity, employee_id, code"
    _log_access = False

    code = fields.Selection(
        [
            ("missing_in", "Clock-in missing"),
            ("missing_out", "Clock-out missing"),
            ("present_on_leave", "Present while on leave"),
            ("unapproved_work", "Unapproved work"),
            ("unscheduled_work", "Unscheduled work"),
            ("shift_undecided", "Shift undecided"),
            ("key_conflict", "State keys contradict"),
            ("core_time", "Core time missed"),
            ("overtime_kind_differs", "Overtime kind differs"),
            ("leave_amount_differs", "Leave amount differs"),
            ("short_rest", "Rest too short"),
            ("cross_store", "Punch at another store"),
        ],
        string="Exception",
        required=True,
        readonly=True,
    )
    severity = fields.Selection(
        [(SERIOUS, "Serious"), (WARNING, "Warning"), (INFO, "Notice")],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            ("open", "To Do"),
            ("handled", "Handled"),
            ("ignored", "Ignored"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        help="Withdrawn: the cause went by itself, by a correction or a late punch.",
    )
    figures = fields.Json(readonly=True)
    detail = fields.Char(string="Details", compute="_compute_detail")
    owner_id = fields.Many2one(
        "res.users",
        string="Responsible",
        readonly=True,
        ondelete="set null",
        help="The manager of the store where the person worked, else of the "
        "department, else whom the settings name.",
    )
    opened_at = fields.Datetime(string="Since", readonly=True)
    reason = fields.Char(readonly=True)
    decided_by_id = fields.Many2one(
        "res.users", string="Decided by", readonly=True, ondelete="set null"
    )
    decided_at = fields.Datetime(string="Decided on", readonly=True)
    employee_number = fields.Char(
        related="employee_id.employee_number", string="Number"
    )
    day_id = fields.Many2one("attendance.day", compute="_compute_day_id")
    is_deciding = fields.Boolean(
        compute="_compute_is_deciding", help="Whether the login may ignore this."
    )

    _cause_uniq = models.Constraint(
        "UNIQUE(employee_id, work_date, code)", "One row for each cause."
    )
    _by_date = models.Index("(company_id, work_date)")
    _by_store = models.Index("(store_id, work_date)")
    _by_home_store = models.Index("(home_store_id, work_date)")
    _by_department = models.Index("(department_id, work_date)")
    _open = models.Index("(owner_id, work_date) WHERE state = 'open'")

    @api.depends("code", "employee_id", "work_date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = dict(self._fields["code"]._description_selection(self.env))
        for row in self:
            row.display_name = (
                f"{row.employee_id.name} {row.work_date} {names.get(row.code, '')}"
            )

    @api.depends("code", "figures", "store_id", "home_store_id")
    @api.depends_context("lang")
    def _compute_detail(self):
        for row in self:
            row.detail = in_words(
                row.env, row._words().get(row.code), row.figures or [], row._zone()
            )

    @api.model
    @api.private
    def _words(self):
        """``{code: what says one cause's figures}``, see ``in_words``."""
        return WORDS

    @api.model
    @api.private
    def _severities(self):
        """``{code: severity}`` of every cause."""
        return SEVERITIES

    @api.depends("employee_id", "work_date")
    @api.depends_context("uid")
    def _compute_day_id(self):
        found = {}
        if self:
            days = self.env["attendance.day"].search(
                [
                    ("employee_id", "in", self.employee_id.ids),
                    ("work_date", "in", list(set(self.mapped("work_date")))),
                ]
            )
            found = {(day.employee_id, day.work_date): day for day in days}
        for row in self:
            row.day_id = found.get((row.employee_id, row.work_date))

    @api.depends_context("uid")
    def _compute_is_deciding(self):
        held = self._held_to_decide()
        for row in self:
            row.is_deciding = row in held

    def _zone(self):
        """The wall clock by which the day was judged."""
        # sudo: the clock of a place is no secret
        row = self.sudo()
        site = row.store_id or row.home_store_id or row.company_id.partner_id
        return ZoneInfo(site.tz or "UTC")

    def action_open_day(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.day_id.display_name,
            "res_model": "attendance.day",
            "res_id": self.day_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_open_punches(self):
        """The raw punches of the date and of the night after it."""
        self.ensure_one()
        start = datetime.combine(self.work_date, time(), self._zone())
        first, last = (
            at.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
            for at in (start, start + timedelta(days=1, hours=12))
        )
        action = self._action_of("chain_attendance_terminal.attendance_punch_action")
        return action | {
            "domain": [
                ("employee_id", "=", self.employee_id.id),
                ("punched_at", ">=", fields.Datetime.to_string(first)),
                ("punched_at", "<", fields.Datetime.to_string(last)),
            ],
            "context": {},
        }

    def action_open_roster(self):
        """The roster grid of the person, in the week of the date."""
        self.ensure_one()
        action = self._action_of("chain_attendance_shift.attendance_roster_grid_action")
        return action | {
            "domain": [("id", "=", self.employee_id.id)],
            "context": {
                "roster_grid_scale": "week",
                "roster_grid_date": fields.Date.to_string(self.work_date),
            },
        }

    def action_lend(self):
        """A loan to the store where the person punched, for the date."""
        self.ensure_one()
        stores = [store for figures in self.figures or [] for store in figures["stores"]]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Loan Between Stores"),
            "res_model": "attendance.store.loan",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "current",
            "context": {
                "default_employee_id": self.employee_id.id,
                "default_store_id": stores[0] if len(stores) == 1 else False,
                "default_date_from": fields.Date.to_string(self.work_date),
                "default_date_to": fields.Date.to_string(self.work_date),
            },
        }

    def action_ignore(self):
        """Ask why; one reason for all that are chosen."""
        self._check_may_decide()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ignore Exceptions"),
            "res_model": "attendance.exception.ignore",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_exception_ids": self.ids},
        }

    def action_handle(self):
        """Somebody saw to it outside of the system."""
        self._decide("handled")

    def action_reopen(self):
        self._decide("open")

    @api.private
    def _decide(self, state, reason=False):
        """Change the state by hand; one whose cause went stays withdrawn."""
        self._check_may_decide()
        # sudo: nobody writes an exception but by these steps
        rows = self.sudo().filtered(lambda row: row.state not in ("withdrawn", state))
        values = {"state": state, "reason": reason}
        if state in DECIDED:
            values |= {
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        rows.write(values)

    def _held_to_decide(self):
        if self.env.su:
            return self
        held = Domain("id", "in", self.ids) & self._attendance_held("edit")
        return self.browse(self.search(held)._ids)

    def _check_may_decide(self):
        """Refuse who may look but not decide.

        :raise AccessError: for the first row outside the scope of the function.
        """
        self.check_access("read")
        refused = self - self._held_to_decide()
        if refused:
            raise AccessError(
                self.env._(
                    "Your roles do not let you decide on “%(exception)s”. Ask an "
                    "administrator for the function “Edit” of the area “%(area)s”.",
                    exception=refused[0].display_name,
                    area=self._attendance_area_label(),
                )
            )

    def _action_of(self, xml_id):
        return self.env["ir.actions.act_window"]._for_xml_id(xml_id)
