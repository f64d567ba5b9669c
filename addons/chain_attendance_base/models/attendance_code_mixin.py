from collections import Counter

from odoo import api, models


class AttendanceCodeMixin(models.AbstractModel):
    """Records with a code of their own in a company; a free one is proposed.

    The form asks for the code and shows a free one. Programs and imports that give
    none get one. The model declares ``code``, its limits and its uniqueness.
    """

    _name = "attendance.code.mixin"
    _description = "Code Proposed When None Is Given"

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "code" in fields and not values.get("code"):
            company = values.get("company_id") or self._code_company({})
            values["code"] = self._free_codes({company: 1})[company][0]
        return values

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._strip_code(vals) for vals in vals_list]
        lacking = [vals for vals in vals_list if vals.get("code") in (None, False)]
        if lacking:
            wanted = Counter(self._code_company(vals) for vals in lacking)
            given = {vals["code"] for vals in vals_list if vals.get("code")}
            free = self._free_codes(wanted, given)
            for vals in lacking:
                vals["code"] = free[self._code_company(vals)].pop(0)
        return super().create(vals_list)

    def write(self, vals):
        return super().write(self._strip_code(vals))

    @api.model
    def _strip_code(self, vals):
        """The values with the blanks around the code taken off."""
        code = vals.get("code")
        return (
            {**vals, "code": code.strip(" ")} if isinstance(code, str) else dict(vals)
        )

    @api.model
    def _code_company(self, vals):
        """The id of the company in which the code of ``vals`` is unique."""
        if "company_id" in vals:
            return vals["company_id"] or False
        default = self.env.context.get("default_company_id", self.env.company.id)
        return default or False

    @api.model
    def _free_codes(self, wanted, given=()):
        """Codes nobody has, in one query.

        :param wanted: ``{company id or False: how many}``.
        :param given: codes that are about to be used.
        :return: ``{company id or False: [code, ...]}``.
        """
        # sudo: a code is taken, too, by a record the login does not see
        rows = (
            self.sudo()
            .with_context(active_test=False)
            ._read_group(
                [("company_id", "in", list(wanted)), ("code", "!=", False)],
                ["company_id"],
                ["code:array_agg"],
            )
        )
        taken = {company.id: set(codes) for company, codes in rows}
        free = {}
        for company, count in wanted.items():
            used = taken.get(company, set()) | set(given)
            number = 0
            free[company] = []
            while len(free[company]) < count:
                number += 1
                code = f"{number:03}"
                if code not in used:
                    free[company].append(code)
        return free

    def _fill_codes(self):
        """Give those of these records that have no code a free one."""
        bare = self.filtered(lambda record: not record.code).sorted("id")
        free = self._free_codes(Counter(record.company_id.id for record in bare))
        for record in bare.with_context(tracking_disable=True):
            record.code = free[record.company_id.id].pop(0)
