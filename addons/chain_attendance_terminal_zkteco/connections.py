"""Connections to the database that are kept from one terminal's request to the next.

Odoo's pool makes a connection forget everything when somebody takes it. What it forgets
are plans: those of our own statements, and those by which PostgreSQL checks the seven
references of a punch. Making them again costs more than storing a punch.
"""

from odoo import sql_db
from odoo.modules.registry import Registry

# In a process; a worker answers one request at a time.
KEPT = 2
_pools = {}


class KeptPool:
    """Odoo's pool, of which a few connections are handed out again as they are."""

    readonly = False

    def __init__(self, pool):
        self._pool = pool
        self._idle = []

    def borrow(self, connection_info):
        while self._idle:
            # The last one: another thread may have taken it meanwhile.
            connection = self._idle.pop() if self._idle else None
            if connection and not connection.closed:
                return connection
        connection = self._pool.borrow(connection_info)
        connection.attendance_plans = set()
        return connection

    def give_back(self, connection, keep_in_pool=True):
        if keep_in_pool and not connection.closed and len(self._idle) < KEPT:
            self._idle.append(connection)
            return
        del connection.attendance_plans
        self._pool.give_back(connection, keep_in_pool)


def cursor_of(registry):
    """A cursor as ``registry.cursor()`` gives it, on a connection that is kept."""
    if getattr(registry.cursor, "__func__", None) is not Registry.cursor:
        # In a test all share one transaction.
        return registry.cursor()
    name = registry.db_name
    if name not in _pools:
        sql_db.db_connect(name)
        _name, info = sql_db.connection_info_for(name)
        _pools[name] = KeptPool(sql_db._Pool), info
    pool, info = _pools[name]
    return sql_db.Cursor(pool, name, info)
