from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..access import check_held


# One concern a file: together they would be far too long.
class AttendancePunch(models.Model):  # pylint: disable=consider-merging-classes-inherited
    """Punches that wait for a person: found among millions that do not."""

    _inherit = "attendance.punch"

    quarantine = fields.Selection(selection_add=[("withdrawn", "Correction withdrawn")])
    review_state = fields.Selection(
        [
            ("waiting", "Waits for a decision"),
            ("shifted", "Accepted, clock corrected"),
            ("kept", "Accepted as it is"),
            ("dismissed", "Dismissed"),
        ],
        string="Decision",
        compute="_compute_review_state",
        search="_search_review_state",
    )

    # All that the inbox of unknown codes asks of a punch, so that it reads no table.
    _unknown_idx = models.Index(
        "(company_id, code_key, punched_at) INCLUDE"
        " (id, terminal_id, wall_time, quarantine) WHERE employee_id IS NULL"
    )
    _set_aside_idx = models.Index(
        "(company_id, punched_at) WHERE quarantine IS NOT NULL"
    )

    @api.depends("quarantine")
    def _compute_review_state(self):
        # sudo: who may read the punch may read what was decided about it
        reviews = self.env["attendance.punch.review"].sudo()
        found = reviews.search([("punch_id", "in", self.ids)])
        decided = {review.punch_id.id: review.decision for review in found}
        for punch in self:
            waits = punch.quarantine in ("past", "future")
            punch.review_state = decided.get(punch.id) or (waits and "waiting")

    @api.model
    def _search_review_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: as for reading it
        reviews = self.env["attendance.punch.review"].sudo()
        decided = reviews._search([("decision", "in", list(value))])
        found = Domain("id", "in", decided.subselect("punch_id"))
        if "waiting" in value:
            every = reviews._search([]).subselect("punch_id")
            waits = Domain("quarantine", "in", ("past", "future"))
            found |= waits & Domain("id", "not in", every)
        return found

    def action_review(self):
        """Open the wizard that decides about these punches."""
        self._check_waiting()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_terminal.attendance_punch_decide_action"
        )
        return {**action, "context": {"default_punch_ids": self.ids}}

    def action_withdraw_review(self):
        """Take back what was decided about these punches."""
        self._check_clock_keeper()
        # sudo: the right to the punches was looked at just now
        reviews = self.env["attendance.punch.review"].sudo()
        found = reviews.search([("punch_id", "in", self.ids)])
        if not found:
            raise UserError(self.env._("Nothing was decided about these punches."))
        found._withdraw()

    def _check_clock_keeper(self):
        """Only who sees the punches and may edit their terminals judges the clock."""
        self.check_access("read")
        check_held(self.terminal_id, "edit")

    def _check_waiting(self):
        """Refuse punches that were not set aside or have been decided about.

        Whoever asks must be one who may decide about all of them.
        """
        self._check_clock_keeper()
        rest = self.filtered(
            lambda punch: punch.review_state != "waiting" or not punch.terminal_id
        )
        if rest or not self:
            raise UserError(
                self.env._(
                    "Choose punches that were set aside and wait for a decision: "
                    "%(count)s of the %(total)s chosen ones do not.",
                    count=len(rest),
                    total=len(self),
                )
            )

    @api.model
    @api.private
    def _set_mark(self, rows):
        """Set or lift the mark that holds punches back, and tell their days.

        What the terminal sent is never changed; the mark is a judgement of ours.

        :param rows: ``{punch id: mark or None}``.
        """
        if not rows:
            return
        self.flush_model()
        self.env.cr.execute(
            """
            UPDATE attendance_punch p SET quarantine = v.mark
            FROM unnest(%s::int[], %s::text[]) AS v(id, mark) WHERE p.id = v.id
            RETURNING p.employee_id, p.wall_time
            """,
            [list(rows), list(rows.values())],
        )
        owned = [row for row in self.env.cr.fetchall() if row[0]]
        self.invalidate_model(["quarantine", "review_state"])
        self._after_move(owned)
