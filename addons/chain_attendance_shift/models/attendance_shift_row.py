from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .shift_definition import MINUTES_PER_DAY, ROWS, clock


class AttendanceShiftRow(models.AbstractModel):
    """A span of a shift on the store's wall clock: timetable, break or core time.

    An end at or before the start lies on the next day; 24:00 is written 0:00.
    """

    _name = "attendance.shift.row"
    _inherit = ["attendance.time.span.mixin"]
    _description = "Span of a Shift"
    _order = "shift_id, sequence, id"

    # Which rows of a definition these are.
    _definition_name = None

    shift_id = fields.Many2one(
        "attendance.shift", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    end_time = fields.Float(help="At or before the start it lies on the next day.")

    @api.constrains("start_minutes", "end_minutes")
    def _check_minutes(self):
        for row in self:
            for name, highest in (
                ("start_minutes", MINUTES_PER_DAY - 1),
                ("end_minutes", MINUTES_PER_DAY),
            ):
                if not 0 <= row[name] <= highest:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” of “%(what)s” must lie between 00:00 and "
                            "%(highest)s.",
                            field=row._label(name.replace("_minutes", "_time")),
                            what=row._what(),
                            highest=clock(highest),
                        )
                    )
            if row.start_minutes == row.end_minutes % MINUTES_PER_DAY:
                raise ValidationError(
                    self.env._(
                        "“%(what)s” cannot start and end at the same time, %(time)s.",
                        what=row._what(),
                        time=clock(row.start_minutes),
                    )
                )

    def _label(self, name):
        return self._fields[name].get_description(self.env)["string"]

    def _what(self):
        return self.env["ir.model"]._get(self._name).name

    def _definition(self):
        """This row as part of its shift's definition."""
        self.ensure_one()
        return {name: self[name] for name in ROWS[self._definition_name]}

    @api.model_create_multi
    def create(self, vals_list):
        ids = {vals["shift_id"] for vals in vals_list if vals.get("shift_id")}
        with self.env["attendance.shift"].browse(ids)._changing():
            return super().create(vals_list)

    def write(self, vals):
        shifts = self.shift_id | self.shift_id.browse(vals.get("shift_id") or ())
        with shifts._changing():
            return super().write(vals)

    def unlink(self):
        with self.shift_id._changing():
            return super().unlink()
