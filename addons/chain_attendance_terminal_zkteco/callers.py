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

# The zone as ``attendance.terminal`` computes it.
CALLER = """
    SELECT t.id, t.company_id, t.store_id,
           COALESCE(NULLIF(s.tz, ''), NULLIF(p.tz, ''), 'UTC'), t.commissioned_on,
           c.attendance_archived_before, c.is_attendance_photo_on, t.last_punch_at,
           t.communication_key, t.is_bound_to_address, t.allowed_addresses,
           t.path_secret, t.key_proof,
           COALESCE(t.active, FALSE),
           COALESCE(t.last_address = %s::text AND t.last_seen_at
               > now() AT TIME ZONE 'UTC' - %s::int * interval '1 s', FALSE),
           t.punch_stamp, t.clock_checked_at, t.clock_offset_seconds
    FROM attendance_terminal t
    JOIN res_company c ON c.id = t.company_id
    JOIN res_partner p ON p.id = c.partner_id
    LEFT JOIN attendance_store s ON s.id = t.store_id
    WHERE t.serial_number = %s::text AND t.vendor = 'zkteco'
"""


def find_caller(cr, serial_number, address):
    """The registered terminal with this serial number, active or not, or ``None``."""
    execute_planned(cr, CALLER, [address, CONTACT_SECONDS, serial_number])
    row = cr.fetchone()
    if not row:
        return None
    split = len(Origin._fields)
    rest = split + len(Trust._fields)
    return Caller(Origin(*row[:split]), Trust(*row[split:rest]), *row[rest:])
