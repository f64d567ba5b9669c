from odoo import fields, models
from odoo.tools import SQL


def _as_terminal(punches):
    """Without this addon they are still punches that came from a terminal."""
    if punches:
        punches.env.cr.execute(
            SQL(
                "UPDATE %s SET source = 'push' WHERE id = ANY(%s)",
                SQL.identifier(punches._table),
                punches.ids,
            )
        )


class AttendancePunch(models.Model):
    _inherit = "attendance.punch"

    source = fields.Selection(
        selection_add=[("pull", "Called by the Server")],
        ondelete={"pull": _as_terminal},
    )
