from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

ENGLISH_NAME_LENGTH = 64

# In the context while Odoo writes the first record of a person, twice each: nobody has
# punches or days yet. An object, so that no caller from outside can say it.
NEW_PERSON = object()


def is_new_person(env):
    """Whether the person whose record is written is only being made."""
    return env.context.get("attendance_new_person") is NEW_PERSON


class HrEmployee(models.Model):
    """The figures of a person; numbers and terminal user codes have their own files."""

    _name = "hr.employee"
    _inherit = ["hr.employee", "attendance.scope.mixin"]

    _attendance_area = "employees"
    _attendance_is_core = True
    _attendance_scope_columns = {
        "employee": ("id",),
        "department": ("current_version_id.department_id",),
        "job": ("current_version_id.job_id",),
        "store": ("current_version_id.store_id",),
        "lent": ("id",),
    }

    english_name = fields.Char(help="At most 64 characters.")
    hire_date = fields.Date(
        tracking=True,
        groups="hr.group_hr_user",
        help="First day of employment; empty: the start of the first contract.",
    )
    leave_date = fields.Date(
        tracking=True,
        groups="hr.group_hr_user",
        help="Last day of employment; the terminal user code ends with it. Registering "
        "a departure fills it.",
    )
    store_id = fields.Many2one(
        related="version_id.store_id", inherited=True, readonly=False
    )

    @api.constrains("english_name")
    def _check_english_name(self):
        for employee in self:
            name = employee.english_name or ""
            if len(name) > ENGLISH_NAME_LENGTH:
                raise ValidationError(self._english_name_sentence(employee.name, name))

    @api.model
    def _english_name_sentence(self, name, english_name):
        return self.env._(
            "The English name of %(name)s may have %(limit)s characters at most; it "
            "has %(length)s.",
            name=name,
            limit=ENGLISH_NAME_LENGTH,
            length=len(english_name),
        )

    @api.model_create_multi
    def create(self, vals_list):
        employees = super().create(vals_list)
        employees._check_attendance_own_place()
        return employees

    def _check_attendance_own_place(self):
        """Refuse to widen one's own scope by moving oneself.

        A scope over the own department, store or job is worked out from where the
        login's person is; who may edit people must not choose that.
        """
        user = self.env.user
        # sudo: whether it is oneself
        if self.env.su or user not in self.sudo().user_id:
            return
        if user._attendance_core_scope("employees", "edit").is_true():
            return
        raise AccessError(
            self.env._(
                "Your data scope depends on your own department, job position and "
                "store; ask an administrator to change them."
            )
        )

    def _attendance_lent_to(self, store_ids):
        # Who borrows a person lends nobody on and deletes nobody.
        if self.env.context.get("attendance_operation") in ("create", "delete"):
            return Domain.FALSE
        return super()._attendance_lent_to(store_ids)

    @api.constrains("hire_date", "leave_date")
    def _check_employment_dates(self):
        for employee in self:
            first, last = employee.hire_date, employee.leave_date
            if first and last and last < first:
                raise ValidationError(
                    self._employment_sentence(employee.name, first, last)
                )

    @api.model
    def _employment_sentence(self, name, first, last):
        return self.env._(
            "The leave date of %(name)s, %(leave)s, lies before the hire date, "
            "%(hire)s.",
            name=name,
            leave=last,
            hire=first,
        )

    @api.model
    def _create(self, data_list):
        """Odoo asks the record rules before the person has department, job and store.

        The record that carries them is linked to the person after that. The rules of
        the record itself were asked already; those of the person are asked here.
        """
        # sudo: the rules are asked below, the access right and fields in create()
        new = self.sudo().with_context(attendance_new_person=NEW_PERSON)
        employees = super(HrEmployee, new)._create(data_list).with_env(self.env)
        for data, employee in zip(data_list, employees, strict=True):
            data["record"] = employee
        employees.check_access("create")
        return employees

    def write(self, vals):
        """A departure gives a leave date, so does archiving; coming back clears it."""
        vals = dict(vals)
        if vals.get("departure_date"):
            vals.setdefault("leave_date", vals["departure_date"])
        if vals.get("active") and "leave_date" not in vals:
            back = self.filtered(lambda e: not e.active)
            if back:
                super(HrEmployee, self - back).write(vals)
                return super(HrEmployee, back).write({**vals, "leave_date": False})
        result = super().write(vals)
        if "active" in vals and not vals["active"]:
            self._fill_leave_date()
        return result

    def _fill_leave_date(self):
        """Who was archived without a leave date left today."""
        today = fields.Date.context_today(self)
        for employee in self.filtered(lambda e: not e.leave_date):
            first = employee.hire_date
            employee.leave_date = max(first, today) if first else today
