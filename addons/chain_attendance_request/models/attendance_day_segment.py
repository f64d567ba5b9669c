from odoo import api, fields, models

from odoo.addons.chain_attendance_engine import RequestKind, RowKind

COLUMNS = {"request_id": "int", "leave_id": "int", "leave_type_id": "int"}


class AttendanceDaySegment(models.Model):
    _inherit = "attendance.day.segment"

    request_id = fields.Many2one(
        "attendance.request",
        readonly=True,
        index="btree_not_null",
        help="Of overtime by several forms, the first of them.",
    )
    leave_id = fields.Many2one("hr.leave", readonly=True, index="btree_not_null")
    leave_type_id = fields.Many2one(
        "hr.leave.type", readonly=True, index="btree_not_null"
    )

    @api.depends("leave_type_id")
    def _compute_label(self):
        result = super()._compute_label()
        for segment in self.filtered("leave_type_id"):
            # sudo: what an absence is called is told to who sees the absence
            segment.label = segment.leave_type_id.sudo().name
        return result

    @api.model
    def _columns(self):
        return super()._columns() | COLUMNS

    @api.model
    def _prepare_segment(self, row, kind):
        values = super()._prepare_segment(row, kind)
        if row.kind is RowKind.LEAVE:
            return (*values, *_sources(row.key, row.type_key))
        key = row.key if row.kind is RowKind.OVERTIME else None
        return (*values, *_sources(key, None))

    @api.model
    def _prepare_cover(self, charge):
        values = super()._prepare_cover(charge)
        is_leave = charge.kind is RequestKind.LEAVE
        return (*values, *_sources(charge.key, is_leave and charge.type_key or None))


def _sources(key, leave_type):
    """The values of ``COLUMNS`` of the engine's key of a request or leave."""
    model, number = key or (None, None)
    return (
        number if model == "request" else None,
        number if model == "leave" else None,
        leave_type,
    )
