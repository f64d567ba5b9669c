import re
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

NUMBER_PATTERN = re.compile(r"[A-Za-z0-9]{1,12}")
SEQUENCE = "chain_attendance.employee_number"


class HrEmployee(models.Model):
    """The employee number: typed, or the next free one of a sequence."""

    _inherit = "hr.employee"

    employee_number = fields.Char(
        copy=False,
        tracking=True,
        help="Letters and digits, at most 12; unique in the company.",
    )

    _employee_number_uniq = models.Constraint(
        "UNIQUE(company_id, employee_number)",
        "Another employee of this company has this employee number already.",
    )

    @api.constrains("employee_number")
    def _check_employee_number(self):
        for employee in self:
            problem = self._employee_number_problem(employee.employee_number)
            if problem:
                raise ValidationError(problem)

    @api.model
    def _employee_number_problem(self, number):
        """A sentence if ``number`` cannot be an employee number, or ``None``."""
        if not number or NUMBER_PATTERN.fullmatch(number):
            return None
        return self.env._(
            "The employee number “%(number)s” may hold letters and digits only, 1 to "
            "12 of them.",
            number=number,
        )

    @api.model
    def default_get(self, fields):
        """Offer the next free number on a new form; saving it is what takes it."""
        values = super().default_get(fields)
        if "employee_number" in fields and not values.get("employee_number"):
            company = values.get("company_id") or self.env.company.id
            values["employee_number"] = self._coming_employee_number(company)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        own = self.default_get(["company_id"]).get("company_id") or self.env.company.id
        typed, missing = [], defaultdict(list)
        for vals in vals_list:
            company = vals.get("company_id") or own
            number = (vals.get("employee_number") or "").strip()
            if number:
                vals["employee_number"] = number
                typed.append((company, number, vals.get("name") or ""))
            else:
                missing[company].append(vals)
        self._check_numbers_free(typed)
        for company in {company for company, _number, _name in typed}:
            self._pass_typed_numbers(company, {n for c, n, _ in typed if c == company})
        for company, rows in missing.items():
            used = {number for other, number, _name in typed if other == company}
            numbers = self._next_employee_numbers(company, len(rows), used)
            for vals, number in zip(rows, numbers, strict=True):
                vals["employee_number"] = number
        return super().create(vals_list)

    def write(self, vals):
        if {"employee_number", "company_id"} & vals.keys() and not (
            self.env.context.get("attendance_numbers_are_free")
        ):
            if isinstance(vals.get("employee_number"), str):
                vals = {**vals, "employee_number": vals["employee_number"].strip()}
            self._check_numbers_free(
                [
                    (
                        vals.get("company_id") or employee.company_id.id,
                        vals.get("employee_number", employee.employee_number),
                        employee.name,
                    )
                    for employee in self
                ]
            )
        return super().write(vals)

    def _check_numbers_free(self, wanted):
        """Refuse numbers that other people than these have, naming both.

        :param wanted: ``[(company id, number, name of the person), ...]``.
        """
        wanted = [row for row in wanted if row[1]]
        others = self._holders_of_numbers({(c, number) for c, number, _ in wanted})
        seen = {key: e.name for key, e in others.items() if e not in self}
        for company, number, name in wanted:
            other = seen.get((company, number))
            if other is not None:
                raise ValidationError(self._number_taken_sentence(number, other, name))
            seen[company, number] = name

    @api.model
    def _number_taken_sentence(self, number, other, name):
        return self.env._(
            "Employee number %(number)s belongs to %(other)s already and cannot be "
            "given to %(name)s: it is unique in the company.",
            number=number,
            other=other,
            name=name,
        )

    @api.model
    def _holders_of_numbers(self, keys):
        """``{(company id, number): employee}``, archived people and others' too."""
        if not keys:
            return {}
        # sudo: a number is taken even if its holder is outside the login's scope
        found = (
            self.sudo()
            .with_context(active_test=False)
            .search_fetch(
                [
                    ("company_id", "in", list({company for company, _ in keys})),
                    ("employee_number", "in", list({number for _, number in keys})),
                ],
                ["company_id", "employee_number", "name"],
            )
        )
        return {(e.company_id.id, e.employee_number): e for e in found}

    @api.model
    def _employee_number_sequence(self, company_id):
        # sudo: sequences are read by administrators of Odoo only
        return (
            self.env["ir.sequence"]
            .sudo()
            .search(
                [("code", "=", SEQUENCE), ("company_id", "in", (company_id, False))],
                order="company_id",
                limit=1,
            )
        )

    @api.model
    def _next_employee_numbers(self, company_id, count, used=()):
        """Take ``count`` numbers that nobody of the company has."""
        sequence, found = self._employee_number_sequence(company_id), []
        size = count
        while len(found) < count:
            drawn = self._draw(sequence, size)
            taken = self._holders_of_numbers({(company_id, n) for n in drawn})
            found += [
                n for n in drawn if n not in used and (company_id, n) not in taken
            ]
            # Where the next numbers are taken, many are: they were imported.
            size = min(2 * size, 1000)
        return found[:count]

    @api.model
    def _draw(self, sequence, count):
        """The next ``count`` numbers of a sequence, in one query where that works."""
        if sequence.implementation != "standard" or sequence.use_date_range:
            return [sequence.next_by_id() for _ in range(count)]
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{sequence.id:03d}",
                count,
            )
        )
        return [sequence.get_next_char(number) for [number] in rows]

    @api.model
    def _coming_employee_number(self, company_id):
        """The number that would be proposed next; it is not taken by looking."""
        sequence = self._employee_number_sequence(company_id)
        if sequence.implementation != "standard" or sequence.use_date_range:
            return self._next_employee_numbers(company_id, 1)[0]
        start, size = sequence.number_next_actual, 1
        while True:
            step = sequence.number_increment
            coming = [sequence.get_next_char(start + step * n) for n in range(size)]
            taken = self._holders_of_numbers({(company_id, n) for n in coming})
            for number in coming:
                if (company_id, number) not in taken:
                    return number
            start, size = start + step * size, min(2 * size, 1000)

    @api.model
    def _pass_typed_numbers(self, company_id, typed):
        """The sequence steps over a number that a form proposed and that was saved."""
        sequence = self._employee_number_sequence(company_id)
        if sequence.implementation == "standard" and not sequence.use_date_range:
            if sequence.get_next_char(sequence.number_next_actual) in typed:
                self._draw(sequence, 1)
                sequence.invalidate_recordset(["number_next_actual"])

    def _fill_employee_numbers(self):
        """Propose the next free number to each of these people."""
        people = self.with_context(attendance_numbers_are_free=True)
        for company, employees in people.grouped("company_id").items():
            numbers = self._next_employee_numbers(company.id, len(employees))
            for employee, number in zip(employees, numbers, strict=True):
                employee.employee_number = number
