from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import (
    ASKER,
    DEPARTMENTS,
    JOBS,
    PEOPLE,
    STORES,
    ScopeCommon,
    people_in,
)

EXAMPLES = 30
HOME = sorted(name for name, row in PEOPLE.items() if row[0] == "A")


def of_company(table):
    return sorted(name for name, row in table.items() if row[0] == "A")


def some_of(names):
    return st.lists(st.sampled_from(sorted(names)), min_size=1, max_size=3, unique=True)


SCOPE = st.one_of(
    st.fixed_dictionaries({"scope": st.sampled_from(["all", "self", "own_stores"])}),
    st.fixed_dictionaries(
        {"scope": st.just("employees"), "employee_ids": some_of(PEOPLE)}
    ),
    st.fixed_dictionaries({"scope": st.just("jobs"), "job_ids": some_of(JOBS)}),
    st.fixed_dictionaries(
        {
            "scope": st.just("departments"),
            "department_ids": some_of(DEPARTMENTS),
            "includes_children": st.booleans(),
        }
    ),
    st.fixed_dictionaries(
        {"scope": st.just("own_department"), "includes_children": st.booleans()}
    ),
)
# A role: its scope, and the areas that it lets one view.
ROLES = st.lists(
    st.tuples(SCOPE, st.sets(st.sampled_from(["rosters", "reports"]))),
    max_size=3,
)
PLACE = st.tuples(
    st.sampled_from(of_company(DEPARTMENTS)),
    st.sampled_from(of_company(JOBS)),
    st.one_of(st.none(), st.sampled_from(of_company(STORES))),
)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestScopeProperties(ScopeCommon):
    """Any roles over any world: what is seen is what a few lines of Python say."""

    def setUp(self):
        super().setUp()
        self.roles = [self.new_role(name=f"Role {n}") for n in range(3)]
        self.tried = 0

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        roles=ROLES,
        moves=st.dictionaries(st.sampled_from(HOME), PLACE, max_size=3),
        keeps=st.sets(st.sampled_from(of_company(STORES))),
    )
    def check_world(self, roles, moves, keeps):
        self.tried += 1
        with suppress(_Next), self.env.cr.savepoint():
            world = self.arrange(roles, moves, keeps)
            for model, area, asked in (
                ("attendance.roster", "rosters", world),
                # A result stays where its day was, whoever moves.
                ("attendance.day", "reports", PEOPLE),
            ):
                expected = {ASKER}.union(
                    *(
                        people_in(values, world, keeps, asked)
                        for values, areas in roles
                        if area in areas
                    )
                )
                rows = self.as_asker(model)
                found = rows.search([]).sudo().employee_id.mapped("name")
                self.assertEqual(set(found), expected, model)
                self.assertEqual(rows.search_count([]), len(expected), model)
            raise _Next

    def test_any_roles(self):
        self.check_world()
        self.assertGreaterEqual(self.tried, EXAMPLES)

    def arrange(self, roles, moves, keeps):
        """Make the world so, and return who is where in it."""
        world = dict(PEOPLE)
        for name, (department, job, store) in moves.items():
            world[name] = ("A", department, job, store)
            self.people[name].write(
                {
                    "department_id": self.departments[department].id,
                    "job_id": self.jobs[job].id,
                    "store_id": store and self.stores[store].id,
                }
            )
        for name in of_company(STORES):
            keeper = self.people[ASKER] if name in keeps else self.people["amy"]
            self.stores[name].manager_id = keeper
        for role, (values, areas) in zip(self.roles, roles, strict=False):
            self.let(role, values, areas)
        self.env.flush_all()
        self.env.invalidate_all()
        return world

    def let(self, role, values, areas):
        places = {
            "employee_ids": self.people,
            "job_ids": self.jobs,
            "department_ids": self.departments,
        }
        role.write(
            {
                key: [Command.set([places[key][name].id for name in value])]
                if key in places
                else value
                for key, value in values.items()
            }
        )
        for line in role.function_ids:
            line.can_view = line.area in areas
        role.user_ids = self.user


class _Next(Exception):
    """Undo this world and go on with the next one."""
