from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .attendance_scope_mixin import PERSON_COLUMNS

EVER = (date.min, date.max)


def code_key(text):
    """The form in which terminal user codes are compared.

    Terminals and USB files pad codes with blanks and treat leading zeros in
    different ways, so ``" 0126"`` and ``"126"`` mean the same person. A code with
    a letter keeps its zeros: ``"A007"`` is not ``"A7"``.
    """
    text = (text or "").strip()
    if text.isascii() and text.isdigit():
        return text.lstrip("0") or "0"
    return text


class AttendanceTerminalCode(models.Model):
    """Who holds a terminal user code, and from when to when.

    A code that went from one person to another never hands over old punches:
    a punch belongs to whoever held its code on the punch's date.
    """

    _name = "attendance.terminal.code"
    _description = "Terminal User Code"
    _inherit = ["attendance.scope.mixin", "attendance.audit.mixin"]
    _order = "employee_id, date_from desc nulls last, id desc"
    _rec_name = "code"

    _attendance_area = "employees"
    _attendance_is_core = True
    _attendance_scope_columns = PERSON_COLUMNS
    _attendance_audit_kinds = {"code": ("employee_id", "code", "date_from", "date_to")}

    employee_id = fields.Many2one(
        "hr.employee", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, precompute=True
    )
    code = fields.Char(
        string="Terminal User Code",
        required=True,
        help="1 to 8 digits, the first one not 0: the number keyed in at the terminal.",
    )
    code_key = fields.Char(compute="_compute_code_key", store=True, precompute=True)
    date_from = fields.Date(
        string="Valid from", help="First day of this code; empty: since ever."
    )
    date_to = fields.Date(
        string="Valid until", help="Last day of this code; empty: until further notice."
    )

    _lookup = models.Index("(company_id, code_key, date_from)")

    @api.depends("code")
    def _compute_code_key(self):
        for record in self:
            record.code_key = code_key(record.code)

    @api.constrains("code")
    def _check_code(self):
        for record in self:
            digits = record.code.isascii() and record.code.isdigit()
            if not digits or len(record.code) > 8 or record.code.startswith("0"):
                raise ValidationError(
                    self.env._(
                        "The terminal user code “%(code)s” must be 1 to 8 digits and "
                        "must not start with 0.",
                        code=record.code,
                    )
                )

    @api.constrains("code", "employee_id", "date_from", "date_to")
    def _check_validity(self):
        for record in self:
            if (
                record.date_from
                and record.date_to
                and record.date_to < record.date_from
            ):
                raise ValidationError(
                    self.env._(
                        "Code %(code)s of %(name)s ends on %(end)s, before it starts "
                        "on %(start)s.",
                        code=record.code,
                        name=record.employee_id.name,
                        end=record.date_to,
                        start=record.date_from,
                    )
                )
            other = record._overlapping()[:1]
            if other:
                raise ValidationError(
                    self.env._(
                        "Terminal user code %(code)s is held by %(other)s and cannot "
                        "be given to %(name)s for the same days.",
                        code=record.code,
                        other=other.employee_id.name,
                        name=record.employee_id.name,
                    )
                )

    def _attendance_audit_links(self):
        return {"employee_id": self.employee_id.id, "company_id": self.company_id.id}

    def _overlapping(self):
        """Other holders of this code on any of the same days, in this company."""
        self.ensure_one()
        start, end = self._span()
        same = self.sudo().search(
            [
                ("id", "!=", self.id),
                ("company_id", "=", self.company_id.id),
                ("code_key", "=", self.code_key),
            ]
        )
        return same.filtered(lambda o: o._span()[0] <= end and start <= o._span()[1])

    def _span(self):
        return self.date_from or EVER[0], self.date_to or EVER[1]

    @api.model
    def _current(self, employees, day):
        """``{employee id: code record}`` of those who hold a code on ``day``."""
        found = self.sudo().search(
            [
                ("employee_id", "in", employees.ids),
                "|",
                ("date_from", "=", False),
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ],
            order="date_from nulls first, id",
        )
        return {record.employee_id.id: record for record in found}

    def _is_used(self):
        """Whether a code left traces that must stay with its holder."""
        return False

    @api.model
    def _assign(self, employee, code, day):
        """Give ``employee`` the code from ``day`` on; an empty one takes it away.

        A code that nobody of the company ever held is valid since ever, so that
        punches made before the person was entered here are theirs.
        """
        code = (code or "").strip()
        current = self._current(employee, day).get(employee.id, self.browse())
        if current.code == code:
            return
        if current and code and not current._is_used():
            # A typing mistake that nobody ever punched with leaves no trace.
            current.code = code
            return
        if current:
            if current.date_from and current.date_from >= day:
                current.unlink()
            else:
                current.date_to = day - timedelta(days=1)
        if code:
            held = self.sudo().search_count(
                [
                    ("company_id", "=", employee.company_id.id),
                    ("code_key", "=", code_key(code)),
                ],
                limit=1,
            )
            earlier = held or self.sudo().search_count(
                [("employee_id", "=", employee.id)], limit=1
            )
            self.create(
                {
                    "employee_id": employee.id,
                    "code": code,
                    "date_from": day if earlier else False,
                }
            )
