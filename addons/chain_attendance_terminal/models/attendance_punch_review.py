from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..access import check_held
from ..const import TERMINAL_COLUMNS
from .attendance_punch import WirePunch


class AttendancePunchReview(models.Model):
    """What a person decided about a punch that was set aside.

    The raw punch stays as it came. One whose clock was wrong gets a second row,
    ``corrected_id``, with the time that it should have shown; only that one counts.
    One whose clock was right loses its mark. A decision that was taken back is
    archived: who did it and when is its last change.
    """

    _name = "attendance.punch.review"
    _description = "Decision on a Punch Set Aside"
    _inherit = ["attendance.scope.mixin"]
    _order = "id desc"
    _rec_name = "wall_time"

    # It is about the terminal's clock; whose punches these are is not told here.
    _attendance_area = "terminals"
    _attendance_scope_columns = TERMINAL_COLUMNS

    punch_id = fields.Many2one(
        "attendance.punch",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    decision = fields.Selection(
        [
            ("shifted", "Accepted, clock corrected"),
            ("kept", "Accepted as it is"),
            ("dismissed", "Dismissed"),
        ],
        required=True,
        readonly=True,
    )
    mark = fields.Char(
        readonly=True, export_string_translation=False, help="Why it was set aside."
    )
    offset_seconds = fields.Integer(
        string="Correction (s)",
        readonly=True,
        help="Seconds added to what the terminal's clock showed.",
    )
    reason = fields.Char(readonly=True)
    corrected_id = fields.Many2one(
        "attendance.punch",
        string="Corrected Punch",
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    is_new = fields.Boolean(
        readonly=True,
        help="The corrected punch was made for this decision; otherwise it was there.",
    )
    active = fields.Boolean(default=True, readonly=True)
    terminal_id = fields.Many2one(related="punch_id.terminal_id", store=True)
    company_id = fields.Many2one(
        related="punch_id.company_id", store=True, index=True, precompute=True
    )
    user_code = fields.Char(related="punch_id.user_code")
    wall_time = fields.Char(related="punch_id.wall_time")
    corrected_wall_time = fields.Char(
        related="corrected_id.wall_time", string="Corrected Time"
    )

    _punch_uniq = models.UniqueIndex(
        "(punch_id) WHERE active", "This punch has been decided about already."
    )

    @api.model
    @api.private
    def _decide(self, punches, decision, offset_seconds=0, reason=""):
        """Keep a decision about punches that wait; the rights are looked at.

        :param punches: as the acting login has them.
        :param offset_seconds: for ``shifted``; then all are of one terminal.
        :return: the decisions, as sudo.
        """
        punches._check_waiting()
        punches = punches.sudo()  # sudo: nobody writes decisions or punches by hand
        corrected = {}
        if decision == "shifted":
            corrected = self._shifted(punches, timedelta(seconds=offset_seconds))
        rows = [
            {
                "punch_id": punch.id,
                "decision": decision,
                "mark": punch.quarantine,
                "offset_seconds": offset_seconds,
                "reason": reason,
                "corrected_id": corrected.get(punch, (False, False))[0],
                "is_new": corrected.get(punch, (False, False))[1],
            }
            for punch in punches
        ]
        reviews = self.sudo().create(rows)  # sudo: as above
        if decision == "kept":
            punches._set_mark(dict.fromkeys(punches.ids))
        punches.invalidate_model(["review_state"])
        return reviews

    @api.model
    def _shifted(self, punches, offset):
        """Second rows of these punches with a corrected clock, counted once.

        :return: ``{punch: (corrected punch's id, whether it was made now)}``; without
            an id where the corrected punch lies in the archive.
        """
        terminal = punches.terminal_id
        wanted = {}
        for punch in punches:
            at = datetime.fromisoformat(punch.wall_time) + offset
            wanted[punch] = WirePunch(
                punch.user_code,
                at,
                punch.state_key,
                punch.verify_mode,
                punch.work_code,
                punch.raw_line,
            )
        before = self._rows_there(terminal, wanted.values())
        self.env["attendance.punch"]._store(terminal, list(wanted.values()), "clock")
        # Those that had been corrected like this before count again.
        again = {row: None for row, mark in before.values() if mark == "withdrawn"}
        punches._set_mark(again)
        found = self._rows_there(terminal, wanted.values())
        self._refuse_implausible(found)
        result = {}
        for punch, wire in wanted.items():
            key = (wire.user_code, wire.wall_time.isoformat(" "))
            row, _mark = found.get(key, (False, None))
            made_now = key not in before or row in again
            result[punch] = (row, bool(row) and made_now)
        return result

    @api.model
    def _rows_there(self, terminal, wires):
        """``{(code as sent, time text): (punch id, mark)}`` of those that exist."""
        punches = self.env["attendance.punch"]
        punches.flush_model()
        self.env.cr.execute(
            """
            SELECT p.user_code, p.wall_time, p.id, p.quarantine
            FROM unnest(%s::text[], %s::text[]) AS k(user_code, wall_time)
            JOIN attendance_punch p ON p.terminal_id = %s
                AND p.user_code = k.user_code AND p.wall_time = k.wall_time
            """,
            [
                [wire.user_code for wire in wires],
                [wire.wall_time.isoformat(" ") for wire in wires],
                terminal.id,
            ],
        )
        return {
            (code, at): (row, mark) for code, at, row, mark in self.env.cr.fetchall()
        }

    def _refuse_implausible(self, found):
        """A corrected time that would be set aside itself helps nobody."""
        wrong = sorted(at for (_code, at), (_row, mark) in found.items() if mark)
        if wrong:
            raise UserError(
                self.env._(
                    "With this difference the clock would still be wrong: %(count)s "
                    "punches would be at times like %(time)s, which is before the "
                    "terminal was commissioned or in the future.",
                    count=len(wrong),
                    time=wrong[0],
                )
            )

    def action_withdraw(self):
        """Take back these decisions; their punches wait again."""
        self.check_access("read")
        check_held(self, "edit")
        self.sudo()._withdraw()  # sudo: the right was looked at just now

    @api.private
    def _withdraw(self):
        """Take back decisions, as sudo; whoever calls has looked at the rights."""
        decided = self.filtered("active")
        marks = {r.punch_id.id: r.mark for r in decided if r.decision == "kept"}
        decided.write({"active": False})
        for review in decided.filtered("is_new"):
            other = self.search(
                [("corrected_id", "=", review.corrected_id.id)], limit=1
            )
            if other:
                other.is_new = True
            else:
                marks[review.corrected_id.id] = "withdrawn"
        decided.flush_model()
        self.env["attendance.punch"]._set_mark(marks)
        self.env["attendance.punch"].invalidate_model(["review_state"])
