from odoo import api, models


class AttendanceShift(models.Model):
    # One concern a file.
    _inherit = "attendance.shift"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [
            ("attendance.rotation.slot", "shift_id"),
            ("attendance.roster.override", "shift_id"),
            ("hr.department", "default_shift_id"),
        ]

    @api.model
    def _use_queries(self):
        return [
            *super()._use_queries(),
            "SELECT slot.shift_id, r.employee_id, r.date_from"
            " FROM attendance_rotation_slot slot"
            " JOIN attendance_rotation t ON t.id = slot.rotation_id AND t.active"
            " JOIN attendance_roster r ON r.rotation_id = t.id"
            " WHERE slot.shift_id = ANY(%(shifts)s)",
            "SELECT shift_id, employee_id, date FROM attendance_roster_override"
            " WHERE active AND shift_id = ANY(%(shifts)s)",
        ]
