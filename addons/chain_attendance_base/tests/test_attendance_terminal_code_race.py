import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestTerminalCodeRace(BaseCase):
    """Two transactions that cannot see each other; neither is committed."""

    def transaction(self):
        Registry(get_db_name())
        cursor = db_connect(get_db_name()).cursor()
        self.addCleanup(cursor.close)
        env = api.Environment(cursor, SUPERUSER_ID, {})
        person = env["hr.employee"].create({"name": "Racer", "is_punching": False})
        return env["attendance.terminal.code"], person

    def give(self, codes, person, code, **dates):
        row = {"employee_id": person.id, "code": code, **dates}
        return codes.create(row)

    @mute_logger("odoo.sql_db")
    def test_the_second_waits_for_the_first_and_is_refused(self):
        first, ann = self.transaction()
        second, bob = self.transaction()
        self.give(first, ann, "98765001", date_from="2026-03-01")
        second.env.cr.execute("SET LOCAL lock_timeout = '300ms'")
        # Other codes and other days hinder nobody.
        self.give(second, bob, "98765002")
        self.give(second, bob, "98765001", date_to="2026-02-28")
        with self.assertRaises(psycopg2.errors.LockNotAvailable):
            self.give(second, bob, "98765001", date_from="2026-03-31")
        second.env.cr.rollback()
        first.env.cr.rollback()

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_what_got_past_the_check(self):
        codes, ann = self.transaction()
        bob = ann.create({"name": "Racer", "is_punching": False})
        self.give(codes, ann, "98765001")
        self.patch(type(codes), "_check_overlap", lambda self: None)
        with self.assertRaises(psycopg2.errors.ExclusionViolation):
            self.give(codes, bob, "98765001")
        codes.env.cr.rollback()
