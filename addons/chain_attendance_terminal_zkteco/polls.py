"""The answer to an idle poll, which is nearly all that a chain of terminals asks."""

from odoo.addons.chain_attendance_base.sql import execute_planned
from odoo.addons.chain_attendance_terminal.const import CONTACT_SECONDS

from .guard import Trust, refusal
from .messages import OK

# NULL in is_idle (no such contact yet) counts as not idle.
POLL = """
    SELECT t.communication_key, t.is_bound_to_address, t.allowed_addresses,
           t.path_secret, t.key_proof,
           t.active AND t.last_address = %s::text
           AND t.last_seen_at > now() AT TIME ZONE 'UTC' - %s::int * interval '1 s'
           AND NOT EXISTS (
                SELECT FROM attendance_terminal_command c
                WHERE c.terminal_id = t.id AND c.state IN ('waiting', 'sent')
                  AND (c.state = 'waiting'
                       OR c.retry_at <= now() AT TIME ZONE 'UTC'))
           AS is_idle
    FROM attendance_terminal t
    WHERE t.serial_number = %s::text AND t.vendor = 'zkteco'
"""


def is_poll(request):
    """Whether this may be an idle poll: it tells nothing of the unit."""
    return (
        request.method == "GET"
        and request.verb == "getrequest"
        and "info" not in request.query
    )


def idle_answer(cr, serial_number, request):
    """``OK`` if nothing has to be done for this poll, else ``None``; one statement.

    Whoever gets ``None`` goes through the whole dialogue, which refuses as well.
    """
    execute_planned(cr, POLL, [request.address, CONTACT_SECONDS, serial_number])
    row = cr.fetchone()
    if not row or not row[-1] or refusal(Trust(*row[:-1]), request):
        return None
    return OK
