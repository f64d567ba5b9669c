from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import REASON_LENGTH, REVIEW_LIMIT
from ..models.attendance_punch import wall_to_utc


class AttendancePunchDecide(models.TransientModel):
    """Decide about punches that were set aside, many at a time.

    The two times of the clock are shown and typed in the login's time zone; only
    what lies between them counts, so that zone does not matter.
    """

    _name = "attendance.punch.decide"
    _description = "Decide About Punches Set Aside"

    punch_ids = fields.Many2many(
        "attendance.punch", "attendance_punch_decide_rel", readonly=True
    )
    decision = fields.Selection(
        [
            ("shifted", "The clock was wrong: accept with the right time"),
            ("kept", "The clock was right: accept as they are"),
            ("dismissed", "These are no punches: dismiss"),
        ],
        required=True,
        default="shifted",
    )
    shown_at = fields.Datetime(
        string="The Terminal's Clock Said",
        help="Read off the terminal, or the time of one of the punches.",
    )
    right_at = fields.Datetime(
        string="When It Was",
        help="The right time at the same moment, where the terminal hangs. Proposed is "
        "when the punch that came soonest arrived.",
    )
    reason = fields.Char(size=REASON_LENGTH)
    summary = fields.Char(compute="_compute_summary")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        ids = self.env.context.get("default_punch_ids") or []
        punches = self.env["attendance.punch"].browse(ids).exists()
        self._check_number(punches)
        punches._check_waiting()
        soonest = min(
            punches.filtered("received_at"),
            key=lambda punch: abs(punch.received_at - punch.punched_at),
            default=None,
        )
        if soonest and len(punches.terminal_id) == 1:
            zone = soonest.terminal_id.tz
            shown = datetime.fromisoformat(soonest.wall_time)
            delay = soonest.received_at - wall_to_utc(shown, zone)
            values["shown_at"] = self._from_wall(shown)
            values["right_at"] = self._from_wall(shown + delay)
        return values

    @api.model
    def _check_number(self, punches):
        if len(punches) > REVIEW_LIMIT:
            raise UserError(
                self.env._(
                    "At most %(limit)s punches are decided about at a time; %(count)s "
                    "are chosen.",
                    limit=REVIEW_LIMIT,
                    count=len(punches),
                )
            )

    @api.model
    def _from_wall(self, wall):
        """What to store so that the login reads these digits."""
        return wall_to_utc(wall, str(self.env.tz))

    def _wall(self, instant):
        """The digits that the login read and typed."""
        return fields.Datetime.context_timestamp(self, instant).replace(tzinfo=None)

    def _offset(self):
        """Seconds by which the clock is put right; 0 without both times."""
        if not (self.shown_at and self.right_at):
            return 0
        between = self._wall(self.right_at) - self._wall(self.shown_at)
        return int(between.total_seconds())

    @api.depends("punch_ids", "decision", "shown_at", "right_at")
    def _compute_summary(self):
        for wizard in self:
            punches = wizard.punch_ids._origin
            wizard.summary = punches and (
                wizard._problem(punches) or wizard._outcome(punches)
            )

    def _problem(self, punches):
        """Why the choices cannot be carried out, as a sentence; or ``None``."""
        if self.decision != "shifted":
            return None
        if len(punches.terminal_id) != 1 or not all(p.terminal_id for p in punches):
            return self.env._(
                "Each terminal has a clock of its own: choose punches of one terminal."
            )
        offset = self._offset()
        if not offset:
            return self.env._(
                "Give what the terminal's clock said and when it was; the two differ."
            )
        times = [datetime.fromisoformat(punch.wall_time) for punch in punches]
        try:
            for at in (min(times), max(times)):
                at + timedelta(seconds=offset)
        except OverflowError:
            return self.env._("No calendar reaches that far.")
        return None

    def _outcome(self, punches):
        times = sorted(punches.mapped("wall_time"))
        words = {"count": len(times), "first": times[0], "last": times[-1]}
        if self.decision == "dismissed":
            return self.env._(
                "%(count)s punches from %(first)s to %(last)s will not count.", **words
            )
        if self.decision == "kept":
            return self.env._(
                "%(count)s punches from %(first)s to %(last)s will count at these "
                "times.",
                **words,
            )
        offset = timedelta(seconds=self._offset())
        if len(times) == 1:
            return self.env._(
                "The punch of %(first)s will count at %(first_right)s.",
                first=times[0],
                first_right=datetime.fromisoformat(times[0]) + offset,
            )
        return self.env._(
            "%(count)s punches: the first, %(first)s, will count at %(first_right)s; "
            "the last, %(last)s, at %(last_right)s.",
            **words,
            first_right=datetime.fromisoformat(times[0]) + offset,
            last_right=datetime.fromisoformat(times[-1]) + offset,
        )

    def action_apply(self):
        self.ensure_one()
        punches = self.punch_ids.exists()
        self._check_number(punches)
        punches._check_waiting()
        reason = " ".join((self.reason or "").split())[:REASON_LENGTH]
        problem = self._problem(punches)
        if self.decision == "dismissed" and not reason:
            problem = self.env._("Give a reason: why are these no punches?")
        if problem:
            raise UserError(problem)
        offset = self._offset() if self.decision == "shifted" else 0
        reviews = self.env["attendance.punch.review"]._decide(
            punches, self.decision, offset, reason
        )
        return self._notice(reviews)

    def _notice(self, reviews):
        """Close, and say if some of the corrected punches were there already."""
        close = {"type": "ir.actions.act_window_close"}
        known = reviews.filtered(lambda r: r.decision == "shifted" and not r.is_new)
        if not known:
            return close
        message = self.env._(
            "%(known)s of %(count)s punches were there at the corrected time already; "
            "they count once.",
            known=len(known),
            count=len(reviews),
        )
        params = {"type": "warning", "message": message, "next": close}
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": params,
        }
