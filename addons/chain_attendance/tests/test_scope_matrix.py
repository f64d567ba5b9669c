from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .attempts import Attempts, unblamed
from .common import SCOPES, ScopeCommon, departments_in
from .scope_rows import ROWS, WITHOUT_SCOPE

# Models with rows of nobody.
HELD_BY_NOBODY = (
    "hr.version", "attendance.audit", "attendance.punch", "attendance.report.punch",
)  # fmt: skip
QUIET = (
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
    "odoo.sql_db",
    "odoo.orm.models",
    "odoo.models",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestScopeCoverage(ScopeCommon):
    """No model with people's rows stays out of the matrix."""

    def test_every_scoped_model_has_a_builder(self):
        for name in scoped_models(self.env):
            self.assertIn(name, ROWS, f"scope_rows.ROWS: add a builder for {name}")
            rows = ROWS[name].rows(self)
            for owner, records in rows.items():
                self.assertTrue(records, f"the builder of {name} has no row of {owner}")

    def test_every_model_with_people_is_scoped(self):
        """A stored link to one employee makes rows somebody's."""
        scoped = scoped_models(self.env)
        for name, model in self.env.registry.items():
            if not name.startswith("attendance.") or model._abstract:
                continue
            if model._transient or name in WITHOUT_SCOPE:
                continue
            owned = [
                field.name
                for field in model._fields.values()
                if field.type == "many2one"
                and field.comodel_name in ("hr.employee", "hr.version")
            ]
            if owned:
                self.assertIn(name, scoped, f"{name} holds rows of people: {owned}")

    def test_every_operation_of_a_scoped_model_has_a_rule(self):
        """Who may do a thing at all may do it within the scope only."""
        for name in scoped_models(self.env):
            rules = self.env["ir.rule"].search(
                [("model_id.model", "=", name), ("groups", "=", False)]
            )
            scoped = rules.filtered(lambda r: "_attendance_" in (r.domain_force or ""))
            for mode in ("read", "write", "create", "unlink"):
                allowed = self.env["ir.model.access"].search_count(
                    [
                        ("model_id.model", "=", name),
                        (f"perm_{mode}", "=", True),
                        ("group_id", "!=", self.env.ref("base.group_system").id),
                    ]
                )
                if not allowed or (mode == "read" and not ROWS[name].reading):
                    continue
                self.assertTrue(
                    scoped.filtered(f"perm_{mode}"),
                    f"{name}: {mode} has access rights and no rule of the data scope",
                )


def scoped_models(env):
    """The names of all models that data scopes hold back."""
    return sorted(
        name
        for name, model in env.registry.items()
        if "attendance_scope" in model._fields and not model._abstract
    )


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestScopeMatrix(ScopeCommon):
    """Every scope, every model, every operation, as the login itself.

    The login's role has every function of every area, so nothing but the scope
    holds anything back.
    """

    def test_all(self):
        self.try_scope("all", 250)

    def test_employees(self):
        self.try_scope("employees", 600)

    def test_jobs(self):
        self.try_scope("jobs", 600)

    def test_departments(self):
        self.try_scope("departments", 600)

    def test_self(self):
        self.try_scope("self", 600)

    def test_own_department(self):
        self.try_scope("own_department", 600)

    def test_own_stores(self):
        self.try_scope("own_stores", 600)

    def try_scope(self, label, at_least):
        self.give_role(label)
        self.values = SCOPES[label]
        attempts = Attempts(self.env)
        with mute_logger(*QUIET), unblamed(self.env):
            for name in scoped_models(self.env):
                with self.subTest(model=name):
                    self.try_model(name, ROWS[name], attempts)
        attempts.conclude(self, f"scope {label}", at_least)

    def try_model(self, name, how, attempts):
        rows = how.rows(self)
        owners = {row.id: owner for owner, found in rows.items() for row in found}
        model = self.as_asker(name)
        if how.reading:
            mine, foreign = self.split(rows, how.shows(self.values))
            self.check_shown(model, mine, foreign)
            people = [
                owner
                for owner in set(self.people) & set(rows)
                if "employee_id" in model._fields and rows[owner] & foreign
            ]
            self.env.invalidate_all()
            for attempt, call in reading(model, foreign.ids, people):
                attempts.nothing(f"{name} {attempt}", call)
            for row_id in foreign.ids:
                for attempt, call in reading_one(model.browse(row_id)):
                    attempts.unread(f"{name} {attempt} {owners[row_id]}", call)
        held = how.holds(self.values)
        mine, foreign = self.split(rows, held)
        self.env.invalidate_all()
        self.try_writing(model, how, mine.ids, foreign.ids, owners, attempts)
        self.try_creating(model, how, rows, how.makes(self.values), attempts)

    def split(self, rows, held):
        """The records of these names, and all others."""
        some = next(iter(rows.values())).browse()
        mine = some.union(*(rows[owner] for owner in held))
        return mine, some.union(*rows.values()) - mine

    def check_shown(self, model, mine, foreign):
        """What the scope holds is there, whole, and nothing beside it."""
        found = model.with_context(active_test=False).search([])
        if model._name in HELD_BY_NOBODY:
            # Templates of contracts, changes of roles and unknown codes are nobody's.
            found = found.sudo().filtered("employee_id")
        self.assertEqual(set(found.ids), set(mine.ids), model._name)
        self.assertEqual(model.search_count([("id", "in", mine.ids)]), len(mine))
        self.assertEqual(
            len((mine | foreign).with_env(model.env)._filtered_access("read")),
            len(mine),
        )
        figures = [
            name
            for name, field in model._fields.items()
            if name.endswith("_minutes") and field.store
        ]
        for name in figures:
            ((shown,),) = model._read_group([], [], [f"{name}:sum"])
            self.assertEqual(
                shown or 0, sum(mine.mapped(name)), f"{model._name} {name}"
            )

    def try_writing(self, model, how, mine, foreign, owners, attempts):
        name = model._name
        change = how.change or {"display_name": "X"}
        by_hand = AccessError if how.change else (AccessError, UserError)
        deleted = AccessError if how.can_delete else (AccessError, UserError)
        for row_id in foreign:
            them = model.browse(row_id)
            label = f"{name} {owners[row_id]}"
            attempts.refused(
                f"write {label}", lambda t=them: t.write(dict(change)), by_hand
            )
            attempts.refused(f"unlink {label}", them.unlink, deleted)
            if owners[row_id] not in how.makes(self.values):
                attempts.refused(
                    f"copy {label}",
                    lambda t=them: t.copy(how.copy_with),
                    AccessError if how.new else (AccessError, UserError),
                )
            if how.change and mine:
                # Beside one that is allowed, the forbidden one must not slip in.
                both = model.browse((mine[0], row_id))
                attempts.refused(
                    f"write both {label}", lambda b=both: b.write(dict(change))
                )
        if how.change and mine:
            model.browse(mine).write(dict(change))
        if how.hand_over and mine:
            self.try_handing_over(model.browse(mine[0]), how, attempts)

    def try_handing_over(self, row, how, attempts):
        """Giving an own row to somebody out of scope."""
        held = how.holds(self.values)
        for owner, target in getattr(self, how.targets).items():
            beyond = self.is_beyond(how, owner, held)
            if beyond and target.company_id == self.company:
                attempts.refused(
                    f"{row._name} hand over to {owner}",
                    lambda t=target.id: row.write(
                        {how.hand_over: t, **(how.hand_over_with or {})}
                    ),
                )

    def is_beyond(self, how, owner, held):
        """Whether a row that is handed to ``owner`` leaves the scope."""
        if how.targets != "departments":
            return owner not in held
        by_department = self.values["scope"] in ("departments", "own_department")
        return by_department and owner not in departments_in(self.values)

    def try_creating(self, model, how, rows, held, attempts):
        if how.new is None:
            return
        for owner in set(rows) - held:
            values = how.new(self, owner)
            attempts.refused(
                f"create {model._name} for {owner}", lambda v=values: model.create(v)
            )


def reading(model, ids, people):
    """``(label, call)`` of every way to ask for many rows; each must find none.

    :param people: the names whose rows these are.
    """
    inside = [("id", "in", ids)]
    everything = model.with_context(active_test=False)
    shown = {"display_name": {}}
    column = first_groupable(model)

    def search(*domain, **how):
        return lambda: model.search([*domain, *inside], **how).ids

    def count(*domain):
        return lambda: model.search_count([*domain, *inside])

    yield "search", search()
    yield "search archived", lambda: everything.search(inside).ids
    yield (
        "search or",
        lambda: set(model.search(["|", (1, "=", 1), *inside]).ids) & {*ids},
    )
    yield "search not", lambda: model.search(["!", ("id", "not in", ids)]).ids
    yield "search ordered", search(order=f"{column}, id")
    yield "search scope", search(("attendance_scope", "=", "reports.view"))
    yield "count", count()
    yield "search read", lambda: model.search_read(inside, ["display_name"])
    yield "web search read", lambda: model.web_search_read(inside, shown)["length"]
    yield "sum", lambda: model._read_group(inside, [], ["__count"])[0][0]
    yield "formatted", lambda: model.formatted_read_group(inside, [column], ["__count"])
    yield "grouped", lambda: model.web_read_group(inside, [column])["length"]
    yield "name search", lambda: model.name_search("", inside)
    yield "web name search", lambda: model.web_name_search("", shown, inside)
    yield "filtered access", lambda: model.browse(ids)._filtered_access("read").ids
    for name in people:
        yield f"search person {name}", search(("employee_id.name", "=", name))
        yield f"count person {name}", count(("employee_id.name", "ilike", name))
        yield f"count code {name}", count(("employee_id.employee_number", "like", "N"))


def reading_one(row):
    """Every way to ask for a row whose number is known; each must be refused."""
    yield "read", lambda: row.read(["display_name"])
    yield "web read", lambda: row.web_read({"display_name": {}})
    yield "export", lambda: row.export_data([".id", "id"])
    yield "attribute", lambda: row.mapped(first_groupable(row))
    yield "check", lambda: row.check_access("read")


def first_groupable(model):
    """A stored field that any reader may read."""
    candidates = (
        "employee_id work_date terminal_id code name code_key store_id company_id"
    )
    for name in candidates.split():
        field = model._fields.get(name)
        if field and (field.store or field.inherited):
            return name
    raise AssertionError(f"{model._name}: no field to group by")
