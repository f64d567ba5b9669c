from unittest.mock import patch

import psycopg2.errors
from psycopg2.extensions import TRANSACTION_STATUS_IDLE

from odoo import sql_db
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.chain_attendance_base import sql

from ..callers import _caller_of, _parameters, _Signals, find_caller
from ..connections import (
    KEPT,
    KeptPool,
    _pools_of,
    cursor_of,
    statement_of,
)

SUM = "SELECT %s::int + %s::int"


@tagged("post_install", "-at_install")
class TestConnections(TransactionCase):
    """Cursors of their own, beside that of the test: nothing is written."""

    def setUp(self):
        super().setUp()
        sql_db.db_connect(self.env.cr.dbname)
        _name, self.info = sql_db.connection_info_for(self.env.cr.dbname)
        self.pool = KeptPool(sql_db._Pool)
        self.addCleanup(self.give_back_all)

    def give_back_all(self):
        while self.pool._idle:
            sql_db._Pool.give_back(self.pool._idle.pop(), keep_in_pool=False)

    def cursor(self):
        return sql_db.Cursor(self.pool, self.env.cr.dbname, self.info)

    def sum(self, cr, *numbers):
        sql.execute_planned(cr, SUM, list(numbers))
        return cr.fetchone()[0]

    def test_a_connection_keeps_what_it_has_planned(self):
        with self.cursor() as cr:
            self.assertEqual((self.sum(cr, 1, 2), self.sum(cr, 3, 4)), (3, 7))
            first, plans = cr._cnx, set(cr._cnx.attendance_plans)
            self.assertEqual(len(plans), 1)
        with self.cursor() as cr:
            self.assertIs(cr._cnx, first)
            cr.execute("SELECT count(*) FROM pg_prepared_statements")
            self.assertEqual(cr.fetchone()[0], 1)
            self.assertEqual(self.sum(cr, 5, 6), 11)
            self.assertEqual(cr._cnx.attendance_plans, plans)

    def test_plans_of_an_empty_table_are_no_worse_later(self):
        for _again in range(2):
            with self.cursor() as cr:
                cr.execute("SHOW enable_seqscan")
                self.assertEqual(cr.fetchone()[0], "off")
                cr.execute("SHOW transaction_isolation")
                self.assertEqual(cr.fetchone()[0], "repeatable read")
                cr.rollback()
        with sql_db.db_connect(self.env.cr.dbname).cursor() as cr:
            cr.execute("SHOW enable_seqscan")
            self.assertEqual(cr.fetchone()[0], "on")

    def test_few_are_kept_and_no_broken_one(self):
        cursors = [self.cursor() for _number in range(KEPT + 1)]
        for cr in cursors:
            cr.close()
        self.assertEqual(len(self.pool._idle), KEPT)
        for connection in self.pool._idle:
            connection.close()
        with self.cursor() as cr:
            self.assertEqual(self.sum(cr, 1, 2), 3)

    def test_nothing_is_planned_on_a_connection_that_forgets(self):
        with sql_db.db_connect(self.env.cr.dbname).cursor() as cr:
            self.assertEqual(self.sum(cr, 1, 2), 3)
            cr.execute("SELECT count(*) FROM pg_prepared_statements")
            self.assertEqual(cr.fetchone()[0], 0)

    def test_a_statement_is_a_transaction_of_its_own(self):
        for _again in range(2):
            with statement_of(self.env.registry) as cr:
                sql.execute_planned(cr, SUM, [1, 2])
                self.assertEqual(cr.fetchone()[0], 3)
                status = cr._cnx.get_transaction_status()
                self.assertEqual(status, TRANSACTION_STATUS_IDLE)
        _pool, statements, info = _pools_of(self.env.cr.dbname)
        connections = [statements.borrow(info) for _number in range(KEPT + 1)]
        for connection in connections:
            statements.give_back(connection)
        self.assertFalse(connections[-1].autocommit, "it is Odoo's again")
        for connection in connections[:KEPT]:
            connection.close()

    @mute_logger("odoo.sql_db")
    def test_behind_a_pooler_plans_are_given_up(self):
        with patch.object(sql.Planned, "is_possible", True):
            with self.cursor() as cr:
                self.sum(cr, 1, 2)
                cr.execute("DEALLOCATE ALL")
                with self.assertRaises(psycopg2.errors.InvalidSqlStatementName):
                    self.sum(cr, 1, 2)
            self.assertFalse(sql.Planned.is_possible)
            with self.cursor() as cr:
                self.assertEqual(self.sum(cr, 1, 2), 3)

    @mute_logger("odoo.sql_db")
    def test_plans_from_before_a_column_changed_are_forgotten(self):
        statement = "SELECT a FROM changing WHERE a IS DISTINCT FROM %s::text"
        with self.cursor() as cr:
            first = cr._cnx
            cr.execute("CREATE TEMP TABLE changing (a varchar(5))")
            sql.execute_planned(cr, statement, ["x"])
            cr.execute("ALTER TABLE changing ALTER COLUMN a TYPE varchar(9)")
            with self.assertRaises(psycopg2.errors.FeatureNotSupported):
                sql.execute_planned(cr, statement, ["x"])
        self.assertIn(first, self.pool._idle)
        self.pool.forget()
        self.assertFalse(self.pool._idle)
        with self.cursor() as cr:
            self.assertFalse(cr._cnx.attendance_plans)
            self.assertEqual(self.sum(cr, 1, 2), 3)

    def test_the_look_at_other_processes_tells_who_calls(self):
        with self.cursor() as cr:
            cr.execute("SELECT min(serial_number) FROM attendance_terminal")
            (known,) = cr.fetchone()
            for serial_number in (known or "NONE", "NONE", known or "NONE"):
                signals = _Signals(cr, _parameters(serial_number, "192.0.2.1"))
                found = self.registry.get_sequences(signals)
                self.assertEqual(found, self.registry.get_sequences(cr))
                caller = find_caller(cr, serial_number, "192.0.2.1")
                self.assertEqual(_caller_of(signals.caller), caller)
            self.assertEqual(len(cr._cnx.attendance_plans), 2)

    def test_a_test_s_cursor_is_left_alone(self):
        self.registry_enter_test_mode()
        with cursor_of(self.env.registry) as cr:
            self.assertFalse(isinstance(cr, sql_db.Cursor))
            self.assertEqual(self.sum(cr, 1, 2), 3)
