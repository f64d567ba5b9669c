from odoo import api, fields, models
from odoo.fields import Command

from ..const import AREAS, OPERATIONS
from ..models.attendance_role_lens import RoleLens, check_administrator

SHOWN = 200


class AttendanceRolePreview(models.TransientModel):
    """What a login would see, were a role its only one; for administrators.

    Nothing is worked out twice: the numbers are those of the record rules.
    """

    _name = "attendance.role.preview"
    _description = "View as This Role"
    _rec_name = "role_id"

    role_id = fields.Many2one(
        "attendance.role", required=True, readonly=True, ondelete="cascade"
    )
    scope = fields.Selection(related="role_id.scope")
    user_id = fields.Many2one(
        "res.users",
        string="Login",
        required=True,
        ondelete="cascade",
        domain="[('share', '=', False)]",
        help="Who is “own” where the scope is over oneself, the own department or the "
        "own stores. It need not hold the role.",
    )
    is_held = fields.Boolean(compute="_compute_is_held")
    area_ids = fields.One2many(
        "attendance.role.preview.area",
        "preview_id",
        string="Functions",
        compute="_compute_lines",
        store=True,
    )
    model_ids = fields.One2many(
        "attendance.role.preview.model",
        "preview_id",
        string="Rows",
        compute="_compute_lines",
        store=True,
    )
    employee_count = fields.Integer(string="Number of People", compute="_compute_scope")
    department_count = fields.Integer(
        string="Number of Departments", compute="_compute_scope"
    )
    store_count = fields.Integer(string="Number of Stores", compute="_compute_scope")
    employee_ids = fields.Many2many(
        "hr.employee", string="People in the Scope", compute="_compute_scope"
    )
    department_ids = fields.Many2many(
        "hr.department", string="Departments in the Scope", compute="_compute_scope"
    )
    store_ids = fields.Many2many(
        "attendance.store", string="Stores in the Scope", compute="_compute_scope"
    )
    menu_text = fields.Text(string="Menus", compute="_compute_menu_text")

    def _lens(self):
        check_administrator(self.env)
        self.ensure_one()
        return RoleLens(self.role_id._origin or self.role_id, self.user_id)

    def _ready(self):
        return self.filtered(lambda page: page.role_id and page.user_id)

    @api.depends("role_id", "user_id")
    def _compute_is_held(self):
        for page in self:
            page.is_held = (
                page.role_id.is_for_all or page.user_id in page.role_id.user_ids
            )

    @api.depends("role_id", "user_id")
    def _compute_lines(self):
        (self - self._ready()).update({"area_ids": False, "model_ids": False})
        for page in self._ready():
            lens = page._lens()
            page.area_ids = [Command.clear(), *page._area_commands(lens)]
            page.model_ids = [Command.clear(), *page._model_commands(lens)]

    def _area_commands(self, lens):
        labels = self.env["res.groups"]._fields["attendance_operation"]
        labels = dict(labels._description_selection(self.env))
        held = lens.functions()
        people = lens.env["hr.employee"]
        return [
            Command.create(
                {
                    "area": area,
                    "functions": ", ".join(
                        labels[done] for done in OPERATIONS if done in held[area]
                    ),
                    "employee_count": people.search_count(
                        self._in_companies(lens) & lens.scope(people, area, "view")
                    ),
                }
            )
            for area, _label in AREAS
            if area in held
        ]

    def _model_commands(self, lens):
        commands = []
        for name in self._scoped_models():
            model, domain = lens.seen(name)
            commands.append(
                Command.create(
                    {
                        "model": name,
                        "name": self._model_label(name),
                        "area": self.env[name]._attendance_area,
                        "row_count": model.search_count(domain),
                    }
                )
            )
        return commands

    @api.model
    def _scoped_models(self):
        """The models that data scopes hold back, in the order of their areas."""
        order = [area for area, _label in AREAS]
        names = [
            name
            for name in self.env.registry
            if name != "attendance.scope.mixin"
            and not self.env[name]._abstract
            and "attendance_scope" in self.env[name]._fields
        ]
        return sorted(
            names, key=lambda name: (order.index(self.env[name]._attendance_area), name)
        )

    def _in_companies(self, lens):
        return fields.Domain("company_id", "in", [False, *lens.user.company_ids.ids])

    def _scope_of(self, lens, name):
        """The rows of people or places in the role's scope, whatever the area."""
        model = lens.env[name]
        scope = lens.scope(model, None, "view")
        # The role's own scope: what every employee holds besides is oneself only.
        return model, self._in_companies(lens) & scope

    @api.depends("role_id", "user_id")
    def _compute_scope(self):
        for kind, name in (
            ("employee", "hr.employee"),
            ("department", "hr.department"),
            ("store", "attendance.store"),
        ):
            for page in self - self._ready():
                page[f"{kind}_count"], page[f"{kind}_ids"] = 0, False
            for page in self._ready():
                model, domain = page._scope_of(page._lens(), name)
                page[f"{kind}_count"] = model.search_count(domain)
                page[f"{kind}_ids"] = model.search(domain, limit=SHOWN).ids

    @api.depends("role_id", "user_id")
    def _compute_menu_text(self):
        for page in self - self._ready():
            page.menu_text = False
        for page in self._ready():
            menus = page._lens().menus().with_context(lang=self.env.lang)
            page.menu_text = "\n".join(menus.mapped("complete_name"))

    def action_open_people(self):
        return self._open("hr.employee", *self._scope_of(self._lens(), "hr.employee"))

    @api.model
    def _model_label(self, name):
        # sudo: models are read by administrators of Odoo only; the label is no secret
        return self.env["ir.model"]._get(name).sudo().name

    def _open(self, name, model, domain):
        """The rows of ``domain`` in a list."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "%(rows)s, as “%(role)s” sees them",
                rows=self._model_label(name),
                role=self.role_id.name,
            ),
            "res_model": name,
            "view_mode": "list,form",
            "domain": [("id", "in", model.search(domain, limit=10_000).ids)],
            "context": {"create": False},
        }
