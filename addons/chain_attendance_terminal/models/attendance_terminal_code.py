from odoo import api, models


class AttendanceTerminalCode(models.Model):
    _inherit = "attendance.terminal.code"

    @api.model_create_multi
    def create(self, vals_list):
        codes = super().create(vals_list)
        codes._assign_punches(codes._keys())
        codes._mark_terminals(codes.employee_id)
        return codes

    def write(self, vals):
        before, employees = self._keys(), self.employee_id
        result = super().write(vals)
        self._assign_punches(before | self._keys())
        self._mark_terminals(employees | self.employee_id)
        return result

    def unlink(self):
        before = self._keys()
        self._mark_terminals(self.employee_id)
        result = super().unlink()
        self._assign_punches(before)
        return result

    @api.model
    def _mark_terminals(self, employees):
        """The terminals of these people look at them."""
        self.env["attendance.terminal.mark"]._mark(employees.ids)

    def _is_used(self):
        # sudo: whether there are punches, not which
        return super()._is_used() or bool(
            self.env["attendance.punch"]
            .sudo()
            .search_count(
                [
                    ("company_id", "in", self.company_id.ids),
                    ("code_key", "in", self.mapped("code_key")),
                    ("employee_id", "in", self.employee_id.ids),
                ],
                limit=1,
            )
        )

    def _keys(self):
        """``{(company id, normal form of the code)}`` of these records."""
        return {(record.company_id.id, record.code_key) for record in self}

    @api.model
    def _assign_punches(self, keys):
        """Punches of these codes go to who holds them now on their dates."""
        for company_id in {company for company, _key in keys}:
            mine = [key for company, key in keys if company == company_id]
            self.env["attendance.punch"]._assign_owners(company_id, mine)
