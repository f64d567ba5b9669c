"""Connections to the database that are kept from one terminal's request to the next.

Odoo's pool makes a connection forget everything when somebody takes it. What it forgets
are plans: those of our own statements, and those by which PostgreSQL checks the seven
references of a punch. Making them again costs more than storing a punch.
"""

import contextlib

from odoo import sql_db
from odoo.modules.registry import Registry

# In a process; a worker answers one request at a time.
KEPT = 2
# A plan that was made while a table was empty would read all of it for ever after; and
# where there is no other way, its price would have it compiled each time. A plan for
# any parameters is as good then, and PostgreSQL would rather plan for these ones.
BY_INDEX = (
    "SET enable_seqscan = off; SET jit = off; SET plan_cache_mode = force_generic_plan"
)
_pools = {}


class KeptPool:
    """Odoo's pool, of which a few connections are handed out again as they are.

    :param autocommit: each statement is to be a transaction of its own.
    """

    readonly = False

    def __init__(self, pool, *, autocommit=False):
        self._pool = pool
        self._autocommit = autocommit
        self._idle = []

    def borrow(self, connection_info):
        with contextlib.suppress(IndexError):
            while connection := self._idle.pop():
                if not connection.closed:
                    return connection
        connection = self._pool.borrow(connection_info)
        connection.attendance_plans = set()
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(BY_INDEX)
        connection.autocommit = self._autocommit
        return connection

    def give_back(self, connection, keep_in_pool=True):
        if keep_in_pool and not connection.closed and len(self._idle) < KEPT:
            self._idle.append(connection)
            return
        self._release(connection, keep_in_pool)

    def forget(self):
        """Give Odoo back what is kept: its pool takes the plans away."""
        with contextlib.suppress(IndexError):
            while connection := self._idle.pop():
                self._release(connection)

    def _release(self, connection, keep_in_pool=True):
        del connection.attendance_plans
        if not connection.closed:
            connection.autocommit = False
        self._pool.give_back(connection, keep_in_pool)


def forget_plans(registry):
    """Plans are from before a table was changed: the next requests make new ones."""
    for pool in _pools.get(registry.db_name, ())[:2]:
        pool.forget()


def cursor_of(registry):
    """A cursor as ``registry.cursor()`` gives it, on a connection that is kept."""
    if _is_test(registry):
        return registry.cursor()
    pool, _statements, info = _pools_of(registry.db_name)
    return sql_db.Cursor(pool, registry.db_name, info)


@contextlib.contextmanager
def statement_of(registry):
    """For one statement that reads: what a transaction needs beside it is spared."""
    if _is_test(registry):
        with registry.cursor() as cr:
            yield cr
        return
    _pool, statements, info = _pools_of(registry.db_name)
    connection = statements.borrow(info)
    try:
        yield _Statement(connection)
    finally:
        statements.give_back(connection)


class _Statement:
    """The little of a cursor that one statement needs."""

    def __init__(self, connection):
        self._cnx = connection
        self._cursor = connection.cursor()
        self.execute = self._cursor.execute
        self.fetchone = self._cursor.fetchone


def _is_test(registry):
    """In a test all share one transaction."""
    return getattr(registry.cursor, "__func__", None) is not Registry.cursor


def _pools_of(name):
    if name not in _pools:
        sql_db.db_connect(name)
        _name, info = sql_db.connection_info_for(name)
        pool = sql_db._Pool
        _pools[name] = KeptPool(pool), KeptPool(pool, autocommit=True), info
    return _pools[name]
