from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..const import AREAS, OPERATIONS

COLUMNS = {
    "can_view": "view",
    "can_create": "create",
    "can_edit": "edit",
    "can_delete": "delete",
    "can_export": "export",
    "can_reopen": "reopen",
}


class AttendanceRoleFunction(models.Model):
    """One line of a role's function matrix: what it may do in one menu area.

    The truth is the groups that the role's own group implies; a tick here is one of
    them.
    """

    _name = "attendance.role.function"
    _description = "Functions of a Role in an Area"
    _order = "role_id, sequence, id"
    _rec_name = "area"

    role_id = fields.Many2one(
        "attendance.role", required=True, ondelete="cascade", index=True
    )
    area = fields.Selection(AREAS, required=True, readonly=True)
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    can_view = fields.Boolean(
        "View", compute="_compute_functions", inverse="_inverse_functions"
    )
    can_create = fields.Boolean(
        "Create", compute="_compute_functions", inverse="_inverse_functions"
    )
    can_edit = fields.Boolean(
        "Edit", compute="_compute_functions", inverse="_inverse_functions"
    )
    can_delete = fields.Boolean(
        "Delete", compute="_compute_functions", inverse="_inverse_functions"
    )
    can_export = fields.Boolean(
        "Export", compute="_compute_functions", inverse="_inverse_functions"
    )
    can_reopen = fields.Boolean(
        "Reopen", compute="_compute_functions", inverse="_inverse_functions"
    )
    is_view_only = fields.Boolean(
        compute="_compute_is_view_only",
        help="In this area nothing is created or deleted by hand.",
    )
    is_editable = fields.Boolean(
        compute="_compute_is_view_only", help="In this area something is edited."
    )

    is_reopened = fields.Boolean(
        compute="_compute_is_reopened", help="In this area something is closed."
    )

    _area_uniq = models.Constraint(
        "UNIQUE(role_id, area)", "A role has one line for each area."
    )

    @api.depends("area")
    def _compute_sequence(self):
        order = {area: number for number, (area, _label) in enumerate(AREAS)}
        for line in self:
            line.sequence = order.get(line.area, len(order))

    @api.depends("area")
    def _compute_is_view_only(self):
        known = self.env["res.groups"]._attendance_functions()
        for line in self:
            line.is_view_only = (line.area, "create") not in known
            line.is_editable = (line.area, "edit") in known

    @api.depends("area")
    def _compute_is_reopened(self):
        known = self.env["res.groups"]._attendance_functions()
        for line in self:
            line.is_reopened = (line.area, "reopen") in known

    @api.depends("role_id.group_id.implied_ids", "area")
    def _compute_functions(self):
        known = self.env["res.groups"]._attendance_functions()
        for line in self:
            held = line.role_id._function_groups()
            for column, operation in COLUMNS.items():
                group = known.get((line.area, operation))
                line[column] = bool(group and group in held)

    def _inverse_functions(self):
        known = self.env["res.groups"]._attendance_functions()
        ticked = {
            line: {operation for column, operation in COLUMNS.items() if line[column]}
            for line in self
        }
        for line, operations in ticked.items():
            line._store(known, operations | ({"view"} if operations else set()))

    def _store(self, known, operations):
        """Have the role imply exactly these functions of the area."""
        self.ensure_one()
        self.role_id._check_changeable()
        missing = [o for o in operations if (self.area, o) not in known]
        if missing:
            raise UserError(
                self.env._(
                    "In “%(area)s” nothing is created or deleted by hand.",
                    area=dict(self._fields["area"]._description_selection(self.env))[
                        self.area
                    ],
                )
            )
        commands = [
            Command.link(group.id)
            if operation in operations
            else Command.unlink(group.id)
            for operation in OPERATIONS
            if (group := known.get((self.area, operation)))
        ]
        # sudo: who may write a role may say what it does; its groups belong to it
        self.role_id.sudo().group_id.write({"implied_ids": commands})
        self.invalidate_recordset(list(COLUMNS))

    @api.onchange("can_view")
    def _onchange_can_view(self):
        if not self.can_view:
            self.update(dict.fromkeys(set(COLUMNS) - {"can_view"}, False))

    @api.onchange(*(name for name in COLUMNS if name != "can_view"))
    def _onchange_operations(self):
        if any(self[name] for name in COLUMNS if name != "can_view"):
            self.can_view = True
