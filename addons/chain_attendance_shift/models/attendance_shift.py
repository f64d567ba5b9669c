from datetime import time

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.chain_attendance_engine import (
    OverlapError,
    Shift,
    ShiftTooLongError,
    Timetable,
)


class AttendanceShift(models.Model):
    """What one working day looks like; the roster says who works it when."""

    _name = "attendance.shift"
    _description = "Shift"
    _inherit = ["mail.thread", "attendance.guarded.mixin"]
    _order = "code, name, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(
        string="Shift Name", required=True, translate=True, tracking=True
    )
    code = fields.Char(help="The short form shown in the roster.")
    color = fields.Integer()
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    timetable_ids = fields.One2many(
        "attendance.timetable", "shift_id", string="Timetables", copy=True
    )
    due_minutes = fields.Integer(
        string="Due Time", compute="_compute_due_minutes", store=True
    )
    time_summary = fields.Char(string="Hours", compute="_compute_time_summary")

    @api.depends("timetable_ids.start_minutes", "timetable_ids.end_minutes")
    def _compute_due_minutes(self):
        for shift in self:
            shift.due_minutes = sum(shift.timetable_ids.mapped("due_minutes"))

    @api.depends("timetable_ids.start_minutes", "timetable_ids.end_minutes")
    def _compute_time_summary(self):
        for shift in self:
            shift.time_summary = ", ".join(
                f"{_clock(t.start_minutes)} - {_clock(t.end_minutes)}"
                for t in shift.timetable_ids
            )

    @api.model_create_multi
    def create(self, vals_list):
        shifts = super().create(vals_list)
        # The constraint does not run for a shift that names no timetable at all.
        shifts._check_timetables()
        return shifts

    @api.constrains("timetable_ids")
    def _check_timetables(self):
        """Whatever the engine would refuse to compute is refused here."""
        for shift in self:
            if not shift.timetable_ids:
                raise ValidationError(
                    self.env._("Shift “%s” needs at least one timetable.", shift.name)
                )
            try:
                shift._as_engine_shift()
            except OverlapError as error:
                raise ValidationError(
                    self.env._("The timetables of shift “%s” overlap.", shift.name)
                ) from error
            except ShiftTooLongError as error:
                raise ValidationError(
                    self.env._("Shift “%s” is longer than 24 hours.", shift.name)
                ) from error

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [
            ("attendance.roster", "shift_id"),
            ("attendance.store", "default_shift_id"),
        ]

    def _as_engine_shift(self):
        """This shift as the engine's value."""
        self.ensure_one()
        return Shift(
            self.id,
            tuple(
                Timetable(_wall(t.start_minutes), _wall(t.end_minutes))
                for t in self.timetable_ids.sorted(lambda t: (t.sequence, t.id))
            ),
            name=self.name,
        )

    def _spans(self):
        """``(start, end)`` in minutes after midnight of the work date, in order."""
        self.ensure_one()
        return [(piece.start, piece.stop) for piece in self._as_engine_shift().plan]


def _wall(minutes):
    """Minutes after midnight as a wall-clock time; 24:00 is 0:00."""
    return time(minutes // 60 % 24, minutes % 60)


def _clock(minutes):
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
