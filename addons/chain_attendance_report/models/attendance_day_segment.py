from odoo import api, fields, models

from odoo.addons.chain_attendance_day.models.unnested import MINUTE

from ..piece_ends import piece_ends

COLUMNS = {"in_at": MINUTE, "out_at": MINUTE}


class AttendanceDaySegment(models.Model):
    _inherit = "attendance.day.segment"

    in_at = fields.Datetime(
        string="Clock-In", readonly=True, help="Of a piece of the shift."
    )
    out_at = fields.Datetime(
        string="Clock-Out", readonly=True, help="Of a piece of the shift."
    )

    @api.model
    def _columns(self):
        return super()._columns() | COLUMNS

    @api.model
    def _prepare_segments(self, result):
        segments = super()._prepare_segments(result)
        ends = piece_ends(result)
        # What covers follows the engine's rows.
        ends += [(None, None)] * (len(segments) - len(ends))
        return [(*values, *found) for values, found in zip(segments, ends, strict=True)]
