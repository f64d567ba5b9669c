from odoo import api, fields, models


class AttendanceTerminalCommand(models.Model):
    """Commands that are steps of a deletion."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal.command"  # pylint: disable=consider-merging-classes-inherited

    clearing_id = fields.Many2one(
        "attendance.terminal.clearing",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )

    @api.model
    def _may_clear(self, row):
        # sudo: whoever answers for a terminal asks here too
        clearing = self.env["attendance.terminal.clearing"].sudo()
        clearing = clearing.browse(row.get("clearing_id")).exists()
        return (
            clearing.state == "ordered"
            and clearing.terminal_id.id == row["terminal_id"]
            and clearing.kind == row["kind"]
            and bool(clearing.confirmed_by_id)
            and clearing.confirmed_by_id != clearing.user_id
        )

    def _after_answer(self):
        result = super()._after_answer()
        self.clearing_id._proceed()
        return result
