"""What scripts try with a form, and what two people do at the same moment."""

from datetime import timedelta
from functools import partial

import psycopg2.errors

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, freeze_time, get_db_name, tagged
from odoo.tools import mute_logger

from .common import LeaveCommon

MONDAY = "2026-07-06"
SPEC = {
    "employee_id": {},
    "warning": {},
    "quota_text": {},
    "lieu_balance": {},
    "overtime_kind": {},
}


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestPrying(LeaveCommon):
    """A form that is not saved tells nothing of somebody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.new_user("ann", employee=cls.person)
        cls.bob = cls.new_employee("Bob", "1002")
        cls.boss = cls.new_user("boss", employee=cls.new_employee("Boss"))
        cls.store.manager_id = cls.boss.employee_id
        cls.new_role({"requests": "view create"}, scope="own_stores", user_ids=cls.boss)

    def asked(self, user, values, context, spec=None):
        forms = self.env["attendance.request" if spec is None else "hr.leave"]
        forms = forms.with_user(user).with_context(**context)
        names = [] if context else ["employee_id"]
        # Odoo adds the defaults to what it is given.
        return forms.onchange(dict(values), names, spec or SPEC)

    def test_of_a_request(self):
        self.take(self.by_day, MONDAY, employee_id=self.bob.id)
        values = {"kind": "outing", "date_from": MONDAY}
        for user, person, may in (
            (self.ann, self.person, True),
            (self.ann, self.bob, False),
            (self.boss, self.bob, True),
        ):
            for said, context in (
                ({**values, "employee_id": person.id}, {}),
                (values, {"default_employee_id": person.id}),
            ):
                ask = partial(self.asked, user, said, context)
                with self.subTest(user.login, person=person.name, context=context):
                    if not may:
                        with self.assertRaises(AccessError):
                            ask()
                    elif person == self.bob:
                        self.assertIn("Bob is on leave", ask()["value"]["warning"])
                    else:
                        ask()

    def test_of_a_leave(self):
        spec = {"employee_id": {}, "number_of_hours": {}, "balance": {}}
        values = {
            "holiday_status_id": self.by_day.id,
            "request_date_from": MONDAY,
            "request_date_to": MONDAY,
        }
        context = {"default_employee_id": self.bob.id}
        self.asked(self.boss, values, context, spec)
        with self.assertRaises(AccessError):
            self.asked(self.ann, values, context, spec)

    def test_the_own_form_needs_no_name(self):
        found = self.asked(self.ann, {"kind": "outing"}, {"default_kind": "outing"})
        self.assertEqual(found["value"]["employee_id"], self.person.id)

    def test_figures_that_are_none(self):
        """Each is answered by a sentence, whichever way it comes."""
        nan, far = float("nan"), 1e300
        for field in ("start_time", "stop_time", "typed_hours", "typed_days"):
            for value in (nan, float("inf"), far, -1):
                values = {"kind": "outing", "employee_id": self.person.id}
                values |= {"date_from": MONDAY, "stop_minutes": 660, field: value}
                with (
                    self.subTest(field, value=value),
                    self.assertRaises(UserError),
                    self.env.cr.savepoint(),
                ):
                    self.requests.with_user(self.ann).create(values)
        for field in ("start_minutes", "stop_minutes"):
            for value in (10**12, -(10**12), -1, 1441):
                with (
                    self.subTest(field, value=value),
                    self.assertRaises(UserError),
                    self.env.cr.savepoint(),
                ):
                    self.file("outing", MONDAY, **{field: value})

    def test_so_in_a_form_for_many(self):
        for field in ("start_time", "stop_time", "typed_hours", "typed_days"):
            for value in (float("nan"), 1e300, -1):
                batch = self.env["attendance.request.batch"].create(
                    {
                        "kind": "outing",
                        "date_from": MONDAY,
                        "date_to": MONDAY,
                        "employee_ids": [Command.set(self.person.ids)],
                        field: value,
                    }
                )
                with (
                    self.subTest(field, value=value),
                    self.assertRaises(UserError),
                    self.env.cr.savepoint(),
                ):
                    batch.action_file()

    def test_so_in_the_form_of_a_leave(self):
        for field in ("typed_days", "typed_hours", "start_time", "stop_time"):
            for value in (float("nan"), 1e300, -1):
                by_hours = field != "typed_days"
                form = self.env["attendance.leave.filing"].create(
                    {
                        "employee_ids": [Command.set(self.person.ids)],
                        "leave_type_id": self.by_hour.id,
                        "measure": "hours" if by_hours else "days",
                        "date_from": MONDAY,
                        field: value,
                    }
                )
                with (
                    self.subTest(field, value=value),
                    self.assertRaises(ValidationError),
                    self.env.cr.savepoint(),
                ):
                    form.action_file()


@tagged("post_install", "-at_install")
class TestTwoAtOnce(BaseCase):
    """Two connections file for one person; what they file is not committed."""

    def transaction(self):
        Registry(get_db_name())
        cursor = db_connect(get_db_name()).cursor()
        self.addCleanup(cursor.close)
        self.addCleanup(cursor.rollback)
        return api.Environment(cursor, SUPERUSER_ID, {})

    def file(self, env, person, kind="outing"):
        # Ahead, where no day is marked.
        day = fields.Date.today() + timedelta(days=200)
        values = {"kind": kind, "employee_id": person, "date_from": day}
        times = {"start_minutes": 600, "stop_minutes": 720}
        return env["attendance.request"].create(values | times)

    def submit(self, env, person):
        day = fields.Date.today() + timedelta(days=200)
        env["attendance.request"].create(
            {"kind": "trip", "employee_id": person, "is_by_days": True}
            | {"date_from": day, "state": "draft"}
        ).action_submit()

    def take_leave(self, env, person):
        day = fields.Date.today() + timedelta(days=200)
        kind = env["hr.leave.type"].create(
            {"name": "Race", "request_unit": "day", "requires_allocation": False}
        )
        env["hr.leave"].create(
            {
                "employee_id": person,
                "holiday_status_id": kind.id,
                "request_date_from": day,
                "request_date_to": day,
            }
        )

    @mute_logger("odoo.sql_db")
    def test_the_second_waits_for_the_first(self):
        first, second = self.transaction(), self.transaction()
        ann, bob = first["hr.employee"].search([], limit=2).ids
        for act in (self.file, self.submit, self.take_leave):
            with self.subTest(act.__name__):
                act(first, ann)
                second.cr.execute("SET LOCAL lock_timeout = '300ms'")
                act(second, bob)
                with self.assertRaises(psycopg2.errors.LockNotAvailable):
                    act(second, ann)
                first.cr.rollback()
                second.cr.rollback()

    @mute_logger("odoo.sql_db")
    def test_and_is_called_once_more(self):
        """Odoo does so after this error; only the turn itself is committed here."""
        first, second = self.transaction(), self.transaction()
        ann = first["hr.employee"].search([], limit=1).id
        # Both have their picture of the database now.
        second["attendance.request"].search([], limit=1)
        first["attendance.request.turn"]._take([ann])
        first.cr.commit()
        self.addCleanup(self._forget, ann)
        with self.assertRaises(psycopg2.errors.SerializationFailure):
            self.file(second, ann)

    def _forget(self, person):
        env = self.transaction()
        turns = env["attendance.request.turn"]
        turns.search([("employee_id", "=", person)]).unlink()
        env.cr.commit()
