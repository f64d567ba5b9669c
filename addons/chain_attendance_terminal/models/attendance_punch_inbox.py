from odoo import models


# One concern a file: together they would be far too long.
class AttendancePunch(models.Model):  # pylint: disable=consider-merging-classes-inherited
    """Punches that wait for a person: found among millions that do not."""

    _inherit = "attendance.punch"

    # All that the inbox of unknown codes asks of a punch, so that it reads no table.
    _unknown_idx = models.Index(
        "(company_id, code_key, punched_at) INCLUDE"
        " (id, terminal_id, wall_time, quarantine) WHERE employee_id IS NULL"
    )
