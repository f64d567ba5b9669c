"""Who calls: what a request has to know of its terminal, in one statement."""

from collections import namedtuple

from odoo.addons.chain_attendance_base.sql import execute_planned
from odoo.addons.chain_attendance_terminal.const import CONTACT_SECONDS
from odoo.addons.chain_attendance_terminal.models.attendance_punch import Origin

from .guard import Trust

# ``is_noted``: this contact from this address was written down a moment ago.
Caller = namedtuple(
    "Caller",
    "origin trust is_active is_noted punch_stamp clock_checked_at clock_offset",
)

CALLER_COLUMNS = len(Origin._fields) + len(Trust._fields) + len(Caller._fields) - 2

# The zone as ``attendance.terminal`` computes it.
CALLER = """
    SELECT t.id, t.company_id, t.store_id,
           COALESCE(NULLIF(s.tz, ''), NULLIF(p.tz, ''), 'UTC') AS tz, t.commissioned_on,
           c.attendance_archived_before, c.is_attendance_photo_on, t.last_punch_at,
           t.communication_key, t.is_bound_to_address, t.allowed_addresses,
           t.path_secret, t.key_proof,
           COALESCE(t.active, FALSE) AS is_active,
           COALESCE(
               t.last_address = %s::text AND t.last_seen_at
                   > now() AT TIME ZONE 'UTC' - %s::int * interval '1 s',
               FALSE) AS is_noted,
           t.punch_stamp, t.clock_checked_at, t.clock_offset_seconds
    FROM attendance_terminal t
    JOIN res_company c ON c.id = t.company_id
    JOIN res_partner p ON p.id = c.partner_id
    LEFT JOIN attendance_store s ON s.id = t.store_id
    WHERE t.serial_number = %s::text AND t.vendor = 'zkteco'
"""


# What Odoo asks for, and beside it who calls.
SIGNALS = """
    SELECT signals.*, caller.* FROM ({signals}) signals LEFT JOIN ({caller}) caller
    ON TRUE
"""


def find_caller(cr, serial_number, address):
    """The registered terminal with this serial number, active or not, or ``None``."""
    execute_planned(cr, CALLER, _parameters(serial_number, address))
    return _caller_of(cr.fetchone())


def find_caller_of_fresh(registry, cr, serial_number, address):
    """Likewise, together with Odoo's look at what other processes changed.

    :return: the registry to go on with, and the caller.
    """
    signals = _Signals(cr, _parameters(serial_number, address))
    registry = registry.check_signaling(signals)
    if signals.caller is None:
        # Odoo has not looked.
        return registry, find_caller(cr, serial_number, address)
    return registry, _caller_of(signals.caller)


class _Signals:
    """A cursor for Odoo's look at its signals that asks who calls as well.

    A statement of its own costs more than half of what storing a punch does.
    """

    def __init__(self, cr, parameters):
        self._cr, self._parameters = cr, parameters
        self.caller = None

    def execute(self, query):
        # Odoo writes the names of its tables and nothing else.
        statement = SIGNALS.format(signals=query.code, caller=CALLER)
        execute_planned(self._cr, statement, self._parameters)

    def fetchone(self):
        row = self._cr.fetchone()
        self.caller = row[-CALLER_COLUMNS:]
        return row[:-CALLER_COLUMNS]


def _parameters(serial_number, address):
    return [address, CONTACT_SECONDS, serial_number]


def _caller_of(row):
    # Nobody beside the signals is a row of NULLs.
    if not row or row[0] is None:
        return None
    split = len(Origin._fields)
    rest = split + len(Trust._fields)
    return Caller(Origin(*row[:split]), Trust(*row[split:rest]), *row[rest:])
