from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .attendance_terminal_code import DAY, EVER


class HrEmployee(models.Model):
    """The terminal user code of a person, from entry to departure."""

    # One concern a file: together they would be far too long.
    _inherit = "hr.employee"  # pylint: disable=consider-merging-classes-inherited

    is_punching = fields.Boolean(
        string="Punches at Terminals",
        default=True,
        tracking=True,
        groups="hr.group_hr_user",
        help="Whether this person needs a terminal user code. Without the tick the "
        "code ends today.",
    )
    terminal_code_ids = fields.One2many(
        "attendance.terminal.code",
        "employee_id",
        string="Terminal User Codes",
        groups="hr.group_hr_user",
    )
    terminal_user_code = fields.Char(
        copy=False,
        compute="_compute_terminal_user_code",
        inverse="_inverse_terminal_user_code",
        search="_search_terminal_user_code",
        groups="hr.group_hr_user",
        help="1-8 digits, the first not 0: the number this person keys in at the "
        "terminal. A company whose terminals take less says so in its settings.",
    )
    terminal_code_proposal = fields.Char(
        store=False,
        groups="hr.group_hr_user",
        export_string_translation=False,
        help="The code that the form proposed, as opposed to one that was typed.",
    )

    @api.depends(
        "terminal_code_ids.code",
        "terminal_code_ids.date_from",
        "terminal_code_ids.date_to",
    )
    def _compute_terminal_user_code(self):
        today = fields.Date.context_today(self)
        held = self.env["attendance.terminal.code"]._current(self, today)
        for employee in self:
            record = held.get(employee._origin.id)
            employee.terminal_user_code = record.code if record else False

    def _inverse_terminal_user_code(self):
        for employee in self:
            if employee.terminal_user_code and not employee.is_punching:
                raise ValidationError(
                    self.env._(
                        "%(name)s does not punch at terminals and cannot have the "
                        "terminal user code %(code)s. Tick “Punches at Terminals” "
                        "first.",
                        name=employee.name,
                        code=employee.terminal_user_code,
                    )
                )
        self.env["attendance.terminal.code"]._assign(
            {employee: employee.terminal_user_code for employee in self},
            fields.Date.context_today(self),
        )

    @api.model
    def _search_terminal_user_code(self, operator, value):
        if operator.startswith("not"):
            return NotImplemented
        today = fields.Date.context_today(self)
        valid = self.env["attendance.terminal.code"]._valid_on(today)
        if operator == "in" and False in value:
            some = [code for code in value if code]
            held = Domain(
                "terminal_code_ids", "any", valid & Domain("code", "in", some)
            )
            return ~Domain("terminal_code_ids", "any", valid) | held
        return Domain(
            "terminal_code_ids", "any", Domain("code", operator, value) & valid
        )

    @api.onchange("employee_number", "is_punching", "company_id")
    def _onchange_propose_terminal_code(self):
        code, proposal = self.terminal_user_code, self.terminal_code_proposal
        if not self.is_punching or (code and code != proposal):
            return
        [found] = self.env["attendance.terminal.code"]._proposals(
            self.company_id or self.env.company,
            [self.employee_number],
            fields.Date.context_today(self),
        )
        self.terminal_user_code = self.terminal_code_proposal = found

    @api.model_create_multi
    def create(self, vals_list):
        employees = super().create(vals_list)
        people = employees.sudo()  # sudo: who may create people may give them codes
        people._propose_terminal_codes()
        people.filtered("leave_date")._end_terminal_codes()
        return employees

    def write(self, vals):
        people = self.sudo()  # sudo: who may write people may change their codes
        left = {}
        if {"active", "leave_date", "departure_date"} & vals.keys():
            left = {employee: employee.leave_date for employee in people}
        moved = people.browse()
        if vals.get("company_id"):
            moved = people.filtered(lambda e: e.company_id.id != vals["company_id"])
        carried = moved._leave_company_codes()
        result = super().write(vals)
        if moved:
            moved._propose_terminal_codes(carried)
        if left:
            people._follow_leave_dates(left)
        if "is_punching" in vals and vals["is_punching"]:
            people._resume_terminal_codes()
        elif "is_punching" in vals:
            people._end_terminal_codes(fields.Date.context_today(self))
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_punched(self):
        """A later holder of the code must not get the punches of who was deleted."""
        for employee in self.sudo():  # sudo: codes outside the login's scope count too
            if any(code._is_used() for code in employee.terminal_code_ids):
                raise UserError(
                    self.env._(
                        "%(name)s has punched and cannot be deleted. Archive the "
                        "employee instead: the punches stay.",
                        name=employee.name,
                    )
                )

    def _filter_attended(self):
        """Those who punch and are employed today or will be."""
        today = fields.Date.context_today(self)
        return self.filtered(
            lambda e: (
                e.active
                and e.is_punching
                and (not e.leave_date or e.leave_date >= today)
            )
        )

    def _propose_terminal_codes(self, preferred=None):
        """Give a code to each of these people who needs one and has none.

        :param preferred: ``{employee: code}`` to try before the employee number.
        """
        preferred = preferred or {}
        today = fields.Date.context_today(self)
        codes = self.env["attendance.terminal.code"]
        current = codes._current(self, today)
        without = self._filter_attended().filtered(lambda e: e.id not in current)
        wanted = {}
        for company, people in without.grouped("company_id").items():
            numbers = [preferred.get(e) or e.employee_number for e in people]
            found = codes._proposals(company, numbers, today)
            wanted.update(zip(people, found, strict=True))
        codes._assign(wanted, today)

    def _end_terminal_codes(self, last=None):
        """Codes end on the leave date, or on ``last``."""
        ends = defaultdict(list)
        for employee in self:
            ends[last or employee.leave_date].append(employee.id)
        codes = self.env["attendance.terminal.code"]
        for day, ids in ends.items():
            later = Domain("date_to", "=", False) | Domain("date_to", ">", day)
            codes.search(Domain("employee_id", "in", ids) & later)._end(day)

    def _leave_company_codes(self):
        """Codes of the old company end yesterday.

        :return: ``{employee: code}`` that they had.
        """
        if not self:
            return {}
        today = fields.Date.context_today(self)
        current = self.env["attendance.terminal.code"]._current(self, today)
        # Read first: a code of today alone goes when it is ended.
        carried = {e: current[e.id].code for e in self if e.id in current}
        self._end_terminal_codes(today - DAY)
        return carried

    def _follow_leave_dates(self, left):
        """Codes end with the leave date, also when that is put off or taken back.

        :param left: ``{employee: leave date}`` before the change.
        """
        back = self.browse()
        for employee, before in left.items():
            after = employee.leave_date
            if before and after and after > before:
                last = employee._latest_codes().get(employee.id)
                if last and last.date_to == before:
                    last.date_to = after
            elif before and not after:
                back |= employee
        self.filtered(lambda e: e in left and e.leave_date)._end_terminal_codes()
        back._resume_terminal_codes()

    def _latest_codes(self):
        """``{employee id: last code row}`` in the present company."""
        rows = self.env["attendance.terminal.code"].search(
            [("employee_id", "in", self.ids)]
        )
        latest = {}
        for row in rows.sorted(lambda r: (r._span()[1], r._span()[0])):
            if row.company_id == row.employee_id.company_id:
                latest[row.employee_id.id] = row
        return latest

    def _resume_terminal_codes(self):
        """Give back the code to who returns, unless somebody has it since."""
        today = fields.Date.context_today(self)
        codes = self.env["attendance.terminal.code"]
        people = self._filter_attended()
        wanted, notes = {}, {}
        for employee_id, row in people._latest_codes().items():
            if row._span()[1] == EVER[1]:
                continue
            gap = row.date_to < today - DAY
            since = today if gap else row.date_to + DAY
            taken = codes._taken(row.company_id, [row.code_key], since, row)
            employee = self.browse(employee_id)
            if taken:
                notes[employee_id] = self.env._(
                    "Terminal user code %(code)s is held by %(other)s now and was not "
                    "given back.",
                    code=row.code,
                    other=taken[row.code_key].employee_id.name,
                )
            elif gap:
                wanted[employee] = row.code
            else:
                row.date_to = False
        codes._assign(wanted, today)
        people.browse(notes)._message_log_batch(notes)
        people._propose_terminal_codes()
        people.filtered("leave_date")._end_terminal_codes()
