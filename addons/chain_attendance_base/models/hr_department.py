from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import DEPARTMENT_CODE_LENGTH, DEPARTMENT_NAME_LENGTH


class HrDepartment(models.Model):
    _name = "hr.department"
    _inherit = [
        "hr.department",
        "attendance.scope.mixin",
        "attendance.named.mixin",
        "attendance.guarded.mixin",
        "attendance.code.mixin",
        "attendance.import.mixin",
    ]
    _rec_names_search = ["complete_name", "name", "code"]

    _attendance_area = "organisation"
    _attendance_is_core = True
    _attendance_scope_columns = {"department": ("id",)}

    code = fields.Char(
        string="Department Code",
        copy=False,
        tracking=True,
        help="At most 6 characters; unique in the company. Where none is given, a free "
        "one is taken.",
    )
    note = fields.Text(string="Description")
    indented_name = fields.Char(
        string="Department",
        compute="_compute_indented_name",
        help="The name, moved to the right by the number of departments above.",
    )

    # A department without a company is shared; those have one set of codes together.
    _code_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), code)",
        "A department of this company has this department code already.",
    )

    @api.constrains("code")
    def _check_code(self):
        for department in self:
            code = (department.code or "").strip()
            if not 1 <= len(code) <= DEPARTMENT_CODE_LENGTH:
                raise ValidationError(
                    self.env._(
                        "The department code “%(code)s” has %(length)s characters; it "
                        "must have 1 to %(limit)s.",
                        code=code,
                        length=len(code),
                        limit=DEPARTMENT_CODE_LENGTH,
                    )
                )

    @api.constrains("name")
    def _check_name(self):
        for department in self:
            length = len(department.name.strip())
            if not length or len(department.name) > DEPARTMENT_NAME_LENGTH:
                raise ValidationError(
                    self.env._(
                        "The department name has %(length)s characters; it must have 1 "
                        "to %(limit)s.",
                        length=length,
                        limit=DEPARTMENT_NAME_LENGTH,
                    )
                )

    def _attendance_moves(self, vals):
        # A department goes with the one above it.
        return "parent_id" in vals or super()._attendance_moves(vals)

    def _compute_complete_name(self):
        result = super()._compute_complete_name()
        # A department that is just being entered is not called “Head Office / False”.
        self.filtered(lambda d: not d.name).complete_name = False
        return result

    @api.depends("name", "parent_path")
    def _compute_indented_name(self):
        for department in self:
            depth = max((department.parent_path or "").count("/") - 1, 0)
            # Blanks that a browser keeps, and a mark as in a tree.
            mark = "\u2003" * depth + ("└ " if depth else "")
            department.indented_name = f"{mark}{department.name or ''}"

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if (
            "parent_id" in fields
            and not values.get("parent_id")
            and self.env.context.get("attendance_default_root")
        ):
            values["parent_id"] = self.env.company.attendance_root_department_id.id
        return values

    @api.model
    def get_import_templates(self):
        label = self.env._("Import Template for Departments")
        return [self._import_template(label, "hr_department")]

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [
            ("hr.version", "department_id", "employee_id"),
            ("hr.department", "parent_id"),
            ("hr.job", "department_id"),
            ("attendance.store", "department_id"),
            ("attendance.role", "department_ids"),
            ("res.company", "attendance_root_department_id"),
        ]

    @api.model
    def _use_label(self, model):
        if model == self._name:
            return self.env._("Sub-Departments")
        return super()._use_label(model)
