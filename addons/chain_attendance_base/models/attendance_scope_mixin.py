from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

# The columns by which a row belongs to people and places.
ROW_COLUMNS = {
    "employee": ("employee_id",),
    "department": ("department_id",),
    "job": ("job_id",),
    "store": ("store_id",),
}

# The same for what belongs to a person as a whole, wherever that person is now.
PERSON_COLUMNS = {
    "employee": ("employee_id",),
    "department": ("employee_id.current_version_id.department_id",),
    "job": ("employee_id.current_version_id.job_id",),
    "store": ("employee_id.current_version_id.store_id",),
    # The person, who is in the scope of a store as well while lent to it.
    "lent": ("employee_id",),
}


class AttendanceScopeMixin(models.AbstractModel):
    """A model whose rows the data scopes of access roles hold back.

    A model says in which menu area it lies and by which stored columns its rows
    belong to people and places; its record rules call ``user._attendance_scope``.
    Columns may be paths. A kind of scope whose column a model has not got gives
    nothing of that model.
    """

    _name = "attendance.scope.mixin"
    _description = "Rows Held Back by Data Scopes"

    _attendance_area = None
    _attendance_scope_columns = ROW_COLUMNS
    # Odoo's own HR officers keep what they may do with Odoo's own models.
    _attendance_is_core = False

    attendance_scope = fields.Char(
        store=False,
        search="_search_attendance_scope",
        export_string_translation=False,
        help="For domains of pickers: ('attendance_scope', '=', 'rosters.edit') are "
        "the rows over which the login has that function.",
    )

    @api.model
    def _search_attendance_scope(self, operator, value):
        if operator != "in":
            return NotImplemented
        user = self.env.user
        held = (
            user._attendance_core_scope
            if self._attendance_is_core
            else user._attendance_scope
        )
        asked = [str(text).split(".") for text in value]
        return Domain.OR(held(*words) for words in asked if len(words) == 2)

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su and self._attendance_moves(vals):
            # Odoo looks at the record before it is written only; handing it over
            # must stay within the writer's scope too.
            self.check_access("write")
        return result

    def onchange(self, values, field_names, fields_spec):
        """Refuse to fill in a form from a person whom the login does not see.

        What Odoo computes of a form that is not saved is computed as sudo.
        """
        people = self.env["hr.employee.public"]
        for path in self._attendance_scope_columns.get("employee", ()):
            field = self._fields[path.partition(".")[0]]
            if field.comodel_name == "hr.employee" and values.get(field.name):
                record = self.new({field.name: values[field.name]})
                people |= people.browse(record[field.name]._origin.ids)
        if people and not self.env.su:
            people.exists().check_access("read")
        return super().onchange(values, field_names, fields_spec)

    def _validate_fields(self, field_names, excluded_names=()):
        """Look at the scope first.

        Odoo runs constraints as sudo, and before it looks at whose row was made; what
        they say names people.
        """
        field_names = set(field_names)
        if not self.env.su and self._attendance_moves(dict.fromkeys(field_names)):
            if not (self.has_access("create") or self.has_access("write")):
                self.check_access("create")
        return super()._validate_fields(field_names, excluded_names)

    def _attendance_moves(self, vals):
        """Whether writing ``vals`` can take rows out of a scope.

        Of a path the last word counts too: a person's department is written on the
        employee and on the version, both of which reach it by a path.
        """
        columns = {
            name
            for paths in self._attendance_scope_columns.values()
            for path in paths
            for name in (path.partition(".")[0], path.rpartition(".")[2])
        }
        return bool(columns & vals.keys())

    def export_data(self, fields_to_export):
        self._check_attendance_export()
        # Odoo writes out numbers and external ids of rows without looking.
        self.check_access("read")
        rows = self
        if not self.env.su:
            # Seeing more, by another role, is not taking more away.
            held = self._attendance_held("export")
            rows = self.sudo().filtered_domain(held).sudo(False)
        return super(AttendanceScopeMixin, rows).export_data(fields_to_export)

    @api.model
    def _attendance_held(self, operation):
        """The rows of this model over which the login has a function of its area."""
        user = self.env.user
        if self._attendance_is_core:
            return user._attendance_core_scope(self._attendance_area, operation)
        return user._attendance_scope(self._attendance_area, operation)

    def _check_attendance_export(self):
        """Refuse who may look but not take away.

        :raise AccessError: naming the area whose export function is missing.
        """
        user = self.env.user
        if self.env.su or user._attendance_may(self._attendance_area, "export"):
            return
        if self._attendance_is_core and user._is_hr_officer_without_roles():
            return
        raise AccessError(
            self.env._(
                "Your roles do not let you export from “%(area)s”. Ask an "
                "administrator for the function “Export” of that area.",
                area=self._attendance_area_label(),
            )
        )

    def _attendance_area_label(self):
        field = self.env["res.groups"]._fields["attendance_area"]
        labels = dict(field._description_selection(self.env))
        return labels[self._attendance_area]

    def _attendance_scope_domain(self, role_grant, own):
        """The rows of this model that one granted scope holds.

        :param role_grant: a :class:`~.attendance_role.Grant`.
        :param own: the :class:`~.attendance_role.Own` of who is asking.
        """
        held = getattr(self, f"_attendance_scope_{role_grant.scope}")
        return held(role_grant, own)

    def _attendance_in(self, kind, ids):
        """Rows that belong to one of these people or places."""
        ids = list(ids)
        paths = self._attendance_scope_columns.get(kind, ()) if ids else ()
        return Domain.OR(Domain(path, "in", ids) for path in paths)

    def _attendance_scope_all(self, grant, own):
        return Domain.TRUE

    def _attendance_scope_employees(self, grant, own):
        return self._attendance_in("employee", grant.employee_ids)

    def _attendance_scope_jobs(self, grant, own):
        return self._attendance_in("job", grant.job_ids)

    def _attendance_scope_departments(self, grant, own):
        return self._attendance_in_departments(grant.department_ids, grant, own)

    def _attendance_scope_self(self, grant, own):
        return self._attendance_in("employee", own.employee_ids)

    def _attendance_scope_own_department(self, grant, own):
        return self._attendance_in_departments(own.department_ids, grant, own)

    def _attendance_scope_own_stores(self, grant, own):
        return self._attendance_in("store", own.store_ids) | self._attendance_lent_to(
            own.store_ids
        )

    def _attendance_lent_to(self, store_ids):
        """Rows of people who are lent to one of these stores today."""
        paths = self._attendance_scope_columns.get("lent", ()) if store_ids else ()
        if not paths:
            return Domain.FALSE
        loans = self.env["attendance.store.loan"]._running(store_ids)
        lent = loans.subselect("employee_id")
        return Domain.OR(Domain(path, "in", lent) for path in paths)

    def _attendance_in_departments(self, department_ids, grant, own):
        if grant.includes_children:
            department_ids = {
                below for root in department_ids for below in own.below[root]
            }
        return self._attendance_in("department", department_ids)
