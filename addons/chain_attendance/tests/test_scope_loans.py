from datetime import date

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .attempts import Attempts
from .common import SCOPES, ScopeCommon, people_in
from .scope_rows import ROWS
from .test_scope_matrix import QUIET

LENT = "sam"  # of store s1 and the department above: in few of the scopes
BEFORE, DURING, AFTER = (f"2026-03-{day} 08:00:00" for day in (19, 20, 22))
# Whoever sees a person sees these of that person.
PERSONAL = (
    "hr.employee",
    "hr.employee.public",
    "hr.version",
    "attendance.terminal.code",
    "attendance.store.loan",
    "attendance.roster",
    "attendance.day.queue",
    "attendance.audit",
)


@tagged("post_install", "-at_install")
@freeze_time(DURING)
class TestScopeLoans(ScopeCommon):
    """Who is lent to a store that the asker keeps is in the scope of own stores.

    While the loan runs, and in no other scope; what was done there stays seen.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.loan = cls.env["attendance.store.loan"].create(
            {
                "employee_id": cls.people[LENT].id,
                "store_id": cls.stores["s2"].id,
                "date_from": "2026-03-20",
                "date_to": "2026-03-21",
            }
        )
        cls.send(cls.codes[LENT], "2026-03-20 08:30:00", terminal=cls.terminals["s2"])
        person = cls.people[LENT].id
        cls.env["attendance.day"]._recompute([(person, date(2026, 3, 20))])
        cls.env["attendance.day.queue"]._mark([(person, date(2026, 3, 20))])
        cls.env.flush_all()

    def owners(self, name):
        """The names of the people whose rows the asker finds."""
        self.env.invalidate_all()
        found = self.as_asker(name).search([]).sudo()
        if name == "hr.employee.public":
            found = self.env["hr.employee"].browse(found.ids)
        people = found if name == "hr.employee" else found.mapped("employee_id")
        return set(people.mapped("name"))

    def test_every_scope_on_every_day(self):
        for label, values in SCOPES.items():
            role = self.give_role(label)
            for now in (BEFORE, DURING, AFTER):
                runs = now == DURING and values["scope"] == "own_stores"
                for name in PERSONAL:
                    expected = ROWS[name].shows(values) | ({LENT} if runs else set())
                    if name == "attendance.store.loan" and label == "own_stores":
                        expected.add(LENT)  # a loan to the own store, on any day
                    with (
                        self.subTest(scope=label, now=now, model=name),
                        freeze_time(now),
                    ):
                        self.assertEqual(self.owners(name), expected)
            role.user_ids = False

    def test_punches_and_days_stay_where_they_were_made(self):
        for label, values in SCOPES.items():
            role = self.give_role(label)
            held = LENT in people_in(values)
            for now in (DURING, AFTER):
                for name, day in (
                    ("attendance.punch", "punched_at"),
                    ("attendance.day", "work_date"),
                    ("attendance.report.daily", "work_date"),
                ):
                    with (
                        self.subTest(scope=label, now=now, model=name),
                        freeze_time(now),
                    ):
                        self.env.invalidate_all()
                        found = self.as_asker(name).search(
                            [("employee_id", "=", self.people[LENT].id)]
                        )
                        days = {str(row[day])[:10] for row in found}
                        there = {"2026-03-20"} if label == "own_stores" else set()
                        expected = {"2026-03-06", "2026-03-20"} if held else there
                        self.assertEqual(days, expected)
            role.user_ids = False

    def test_nobody_borrows_people_for_himself(self):
        """A loan widens the borrower's scope: only who holds the person makes one."""
        self.give_role("own_stores")
        loans = self.as_asker("attendance.store.loan")
        days = {"date_from": "2026-04-01", "date_to": "2026-04-02"}
        s2, own = self.stores["s2"].id, loans.browse(self.loan.id)
        attempts = Attempts(self.env)
        with mute_logger(*QUIET):
            for name in ("amy", "tom", LENT):
                person = self.people[name].id
                attempts.refused(
                    f"borrow {name}",
                    lambda p=person: loans.create(
                        {"employee_id": p, "store_id": s2, **days}
                    ),
                )
            for vals in ({"date_to": "2026-12-31"}, {"note": "X"}):
                attempts.refused(f"change {vals}", lambda v=vals: own.write(v))
        attempts.conclude(self, "borrowing", 5)
        lent = loans.create(
            {
                "employee_id": self.people["leo"].id,
                "store_id": self.stores["s1"].id,
                **days,
            }
        )
        lent.date_to = "2026-04-03"
        own.unlink()
        self.assertNotIn(LENT, self.owners("hr.employee"))

    def test_a_loan_lends_work_and_not_the_history(self):
        """Rosters are made for who is lent; where one belongs stays as it is."""
        self.give_role("own_stores")
        person = self.as_asker("hr.employee").browse(self.people[LENT].id)
        version = person.sudo().current_version_id.with_env(person.env)
        roster = self.as_asker("attendance.roster").browse(self.rosters[LENT].id)
        roster.works_sunday = True
        person.english_name = "Sam"
        attempts = Attempts(self.env)
        s2, north = self.stores["s2"].id, self.departments["north"].id
        with mute_logger(*QUIET):
            for label, call in {
                "store": lambda: person.write({"store_id": s2}),
                "department": lambda: person.write({"department_id": north}),
                "record": lambda: version.write({"store_id": s2}),
                "title": lambda: version.write({"job_title": "X"}),
                "new record": lambda: version.create(
                    {
                        "employee_id": person.id,
                        "date_version": "2026-05-01",
                        "store_id": s2,
                    }
                ),
                "delete record": version.unlink,
                "delete": person.unlink,
            }.items():
                attempts.refused(label, call)
            with freeze_time(AFTER):
                attempts.refused(
                    "roster afterwards", lambda: roster.write({"works_sunday": False})
                )
                attempts.refused(
                    "person afterwards", lambda: person.write({"english_name": "X"})
                )
        attempts.conclude(self, "who is lent", 9)
