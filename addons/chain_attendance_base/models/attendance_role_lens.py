from types import FunctionType, MethodType

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval


class LoginWithRole:
    """A login as record rules would meet it, were one role its only right.

    It stands in for ``user`` in the texts of record rules. What they ask about
    scopes, the methods of ``res.users`` answer themselves, only that they find the
    grants of this role.
    """

    def __init__(self, lens, model):
        self._lens = lens
        self._model = model

    def __getattr__(self, name):
        method = getattr(type(self._lens.user), name, None)
        if name.startswith("_attendance_") and isinstance(method, FunctionType):
            return MethodType(method, self)
        return getattr(self._lens.user, name)

    def has_group(self, xml_id):
        return self._lens.has_group(xml_id)

    def _attendance_grants(self):
        return self._lens.grants

    def _is_hr_officer_without_roles(self):
        return False

    def _attendance_scope(self, area, operation):
        return self._lens.scope(self._model, area, operation)


class RoleLens:
    """What a login would see with one role and nothing else.

    :param role: a role; what every employee holds comes with it, as in Odoo.
    :param user: who is "own" in scopes over oneself, the own department or stores.
    """

    def __init__(self, role, user):
        # sudo: for the page of the administrator, who sees it all anyway; counted is
        # by the record rules, evaluated here for another login
        env = role.env(user=user.id, su=True)
        env = env(context=dict(env.context, allowed_company_ids=user.company_ids.ids))
        self.env = env
        self.user = env["res.users"].browse(user.id)
        self.roles = env["attendance.role"]
        group = self.roles.browse(role.id).group_id | env.ref("base.group_user")
        self.groups = group.all_implied_ids
        self.grants = self.roles._grants(tuple(sorted(self.groups.ids)))

    def has_group(self, xml_id):
        return self.env.ref(xml_id) in self.groups

    def is_manager(self):
        return self.has_group("chain_attendance_base.group_manager")

    def functions(self):
        """``{area: [operation, ...]}``."""
        found = {}
        for group in self.groups.filtered("attendance_area").sorted("id"):
            found.setdefault(group.attendance_area, []).append(
                group.attendance_operation
            )
        return found

    def scope(self, model, area, operation):
        """The rows of ``model`` over which the role has a function."""
        if self.is_manager():
            return Domain.TRUE
        stand_in = LoginWithRole(self, model)
        grants = stand_in._attendance_grants_of(area, operation)
        return self.roles._scope_domain(model, grants, self.user)

    def may_read(self, model_name):
        access = self.env["ir.model.access"]
        found = access.search(
            [
                ("model_id.model", "=", model_name),
                ("perm_read", "=", True),
                "|",
                ("group_id", "=", False),
                ("group_id", "in", self.groups.ids),
            ],
            limit=1,
        )
        return bool(found)

    def seen(self, model_name):
        """The model that is read in fact, and the domain of what is seen of it."""
        if model_name == "hr.employee" and not self.may_read(model_name):
            # As Odoo does: whoever may not read personnel records gets profiles.
            model_name = "hr.employee.public"
        model = self.env[model_name]
        if not self.may_read(model_name):
            return model, Domain.FALSE
        return model, self._rules(model)

    def _rules(self, model):
        """As ``ir.rule`` puts the record rules of a model together."""
        everywhere = [
            Domain(field, "any", self._rules(self.env[parent]))
            for parent, field in model._inherits.items()
            if model._fields[field].store
        ]
        rules = self.env["ir.rule"].search(
            [
                ("model_id.model", "=", model._name),
                ("perm_read", "=", True),
                "|",
                ("groups", "=", False),
                ("groups", "in", self.groups.ids),
            ],
            order="id",
        )
        context = self.env["ir.rule"]._eval_context()
        context["user"] = LoginWithRole(self, model)
        widening = []
        for rule in rules:
            text = rule.domain_force
            domain = Domain(safe_eval(text, context)) if text else Domain.TRUE
            (widening if rule.groups else everywhere).append(domain)
        if widening:
            everywhere.append(Domain.OR(widening))
        return Domain.AND(everywhere)

    def menus(self):
        """The application's menu items that are there, in their order."""
        root = self.env.ref("chain_attendance_base.attendance_menu_root")
        return self._menus_below(root)

    def _menus_below(self, menu):
        found = self.env["ir.ui.menu"]
        if menu.group_ids and not menu.group_ids & self.groups:
            return found
        below = found.union(*(self._menus_below(child) for child in menu.child_id))
        if below or (menu.action and self._opens(menu.action)):
            return menu | below
        return found

    def _opens(self, action):
        model_name = getattr(action, "res_model", None) or getattr(
            action, "model_name", None
        )
        return not model_name or self.may_read(model_name)


def check_administrator(env):
    """Refuse everybody but administrators the page "view as this role"."""
    if not env.user.has_group("chain_attendance_base.group_manager"):
        raise AccessError(env._("Only administrators look at what another role sees."))
