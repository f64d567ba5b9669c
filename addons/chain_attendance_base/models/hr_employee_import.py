from odoo import api, fields, models

from .attendance_terminal_code import code_key
from .hr_employee import ENGLISH_NAME_LENGTH

CHECK_ONLY = "attendance_import_check_only"


class HrEmployee(models.Model):
    """Import of people from files: what is wrong is told with its row and column."""

    # One concern a file: together they would be far too long.
    _inherit = "hr.employee"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def get_import_templates(self):
        label = self.env._("Employees with Numbers and Terminal User Codes")
        ours = self.env["attendance.import.mixin"]
        return [
            ours._import_template(label, "hr_employee_import"),
            *super().get_import_templates(),
        ]

    @api.model
    def load(self, fields, data):
        """As Odoo's; but a file with a bad number or code is checked, not written.

        Odoo would try the whole file, and after the first bad row each row by itself,
        and would tell no column. All rows are looked at in a few queries instead; the
        other columns are converted by Odoo, so that its own findings come too.
        """
        problems = self._import_problems(fields, data)
        if not problems:
            return super().load(fields, data)
        checked = self.with_context(**{CHECK_ONLY: True})
        result = super(HrEmployee, checked).load(fields, data)
        messages = problems + result["messages"]
        messages.sort(key=lambda m: m.get("rows", {}).get("from", 0))
        return {**result, "ids": False, "messages": messages, "nextrow": 0}

    @api.model
    def _load_records(self, data_list, update=False):
        if self.env.context.get(CHECK_ONLY):
            return self.browse()
        return super()._load_records(data_list, update)

    @api.model
    def _import_problems(self, fields, data):
        """Messages as those of ``load``, one for each bad cell of our columns."""
        columns = {name: n for n, name in enumerate(fields)}
        updates = bool({"id", ".id"} & columns.keys())
        rows = [
            {name: str(row[n] or "").strip() for name, n in columns.items()}
            for row in data
        ]
        found = []
        for name, check in (
            ("employee_number", self._import_number_problems),
            ("terminal_user_code", self._import_code_problems),
            ("english_name", self._import_english_name_problems),
            ("leave_date", self._import_date_problems),
        ):
            if name in columns:
                found += [(n, name, text) for n, text in check(rows, updates)]
        return [
            {
                "type": "error",
                "message": text,
                "record": n,
                "rows": {"from": n, "to": n},
                "field": name,
                "field_name": self._fields[name]._description_string(self.env),
            }
            for n, name, text in found
        ]

    @api.model
    def _import_number_problems(self, rows, updates):
        company = self.env.company.id
        numbers = {row["employee_number"] for row in rows} - {""}
        seen = {}
        if not updates:
            holders = self._holders_of_numbers({(company, n) for n in numbers})
            seen = {number: e.name for (_c, number), e in holders.items()}
        for n, row in enumerate(rows):
            number, name = row["employee_number"], row.get("name", "")
            problem = self._employee_number_problem(number)
            if problem:
                yield n, problem
            elif number in seen:
                yield n, self._number_taken_sentence(number, seen[number], name)
            elif number:
                seen[number] = name

    @api.model
    def _import_code_problems(self, rows, updates):
        company, codes = self.env.company, self.env["attendance.terminal.code"]
        keys = {code_key(row["terminal_user_code"]) for row in rows} - {""}
        seen = {}
        if not updates:
            today = fields.Date.context_today(self)
            taken = codes._taken(company, keys, today)
            seen = {key: row.employee_id.name for key, row in taken.items()}
        for n, row in enumerate(rows):
            code, name = row["terminal_user_code"], row.get("name", "")
            problem = code and codes._code_problem(code, company)
            if problem:
                yield n, problem
            elif code_key(code) in seen:
                yield n, codes._overlap_sentence(code, seen[code_key(code)], name)
            elif code:
                seen[code_key(code)] = name

    @api.model
    def _import_english_name_problems(self, rows, updates):
        for n, row in enumerate(rows):
            if len(row["english_name"]) > ENGLISH_NAME_LENGTH:
                yield (
                    n,
                    self._english_name_sentence(row.get("name"), row["english_name"]),
                )

    @api.model
    def _import_date_problems(self, rows, updates):
        for n, row in enumerate(rows):
            first, last = row.get("hire_date"), row["leave_date"]
            # Odoo's import has written both as ISO dates by now.
            if first and last and last < first:
                yield n, self._employment_sentence(row.get("name"), first, last)
