from collections import defaultdict
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from .attendance_scope_mixin import PERSON_COLUMNS

EVER = (date.min, date.max)
DAY = timedelta(days=1)


def code_key(text):
    """The form in which terminal user codes are compared.

    Terminals and USB files pad codes with blanks and treat leading zeros in
    different ways, so ``" 0126"`` and ``"126"`` mean the same person. A code with
    a letter keeps its zeros: ``"A007"`` is not ``"A7"``.
    """
    text = (text or "").strip()
    if text.isascii() and text.isdigit():
        return text.lstrip("0") or "0"
    return text


def is_code(text, longest):
    """Whether ``text`` is digits, the first one not 0, and not too many."""
    return (
        text.isascii()
        and text.isdigit()
        and len(text) <= longest
        and not text.startswith("0")
    )


class AttendanceTerminalCode(models.Model):
    """Who holds a terminal user code, and from when to when.

    A code that went from one person to another never hands over old punches:
    a punch belongs to whoever held its code on the punch's date. A row stays with
    the company in which the code was held when its holder moves to another.
    """

    _name = "attendance.terminal.code"
    _description = "Terminal User Code"
    _inherit = ["attendance.scope.mixin", "attendance.audit.mixin"]
    _order = "employee_id, date_from desc nulls last, id desc"
    _rec_name = "code"

    _attendance_area = "employees"
    _attendance_is_core = True
    _attendance_scope_columns = PERSON_COLUMNS
    _attendance_audit_kinds = {"code": ("employee_id", "code", "date_from", "date_to")}

    employee_id = fields.Many2one(
        "hr.employee", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        index=True,
        precompute=True,
        help="The company in which the person held this code.",
    )
    code = fields.Char(
        string="Terminal User Code",
        required=True,
        help="1 to 8 digits, the first one not 0: the number keyed in at the terminal.",
    )
    code_key = fields.Char(compute="_compute_code_key", store=True, precompute=True)
    date_from = fields.Date(
        string="Valid from", help="First day of this code; empty: since ever."
    )
    date_to = fields.Date(
        string="Valid until", help="Last day of this code; empty: until further notice."
    )

    _lookup = models.Index("(company_id, code_key, date_from)")
    # What two transactions write at the same time neither of them can see. Ranges
    # of one value stand for "equal", which spares an extension; the check is put
    # off to the end of _check_validity, so that its own sentence comes first.
    _no_overlap = models.Constraint(
        """EXCLUDE USING gist (
            int4range(company_id, company_id, '[]') WITH &&,
            (CASE WHEN code_key ~ '^[0-9]{1,18}$'
                THEN int8range(code_key::bigint, code_key::bigint, '[]') END) WITH &&,
            (CASE WHEN date_to < date_from THEN NULL
                ELSE daterange(date_from, date_to, '[]') END) WITH &&
        ) DEFERRABLE INITIALLY DEFERRED""",
        "Somebody else was given this terminal user code for the same days just now.",
    )

    @api.depends("employee_id")
    def _compute_company_id(self):
        for record in self:
            record.company_id = record.employee_id.company_id

    @api.depends("code")
    def _compute_code_key(self):
        for record in self:
            record.code_key = code_key(record.code)

    @api.model
    def _longest_code(self, company):
        """How many digits a code of this company may have.

        Addons of terminal families narrow it to what their terminals take.
        """
        return company.sudo().attendance_code_digits  # sudo: a setting, no secret

    @api.model
    def _code_problem(self, code, company):
        """A sentence if ``code`` cannot be a code of this company, or ``None``."""
        longest = self._longest_code(company)
        if is_code(code, longest):
            return None
        return self.env._(
            "The terminal user code “%(code)s” must be 1 to %(longest)s digits and "
            "must not start with 0.",
            code=code,
            longest=longest,
        )

    @api.constrains("code")
    def _check_code(self):
        for record in self:
            problem = self._code_problem(record.code, record.company_id)
            if problem:
                raise ValidationError(problem)

    @api.constrains("code", "employee_id", "date_from", "date_to")
    def _check_validity(self):
        for record in self:
            start, end = record.date_from, record.date_to
            if start and end and end < start:
                raise ValidationError(
                    self.env._(
                        "Code %(code)s of %(name)s ends on %(end)s, before it starts "
                        "on %(start)s.",
                        code=record.code,
                        name=record.employee_id.name,
                        end=end,
                        start=start,
                    )
                )
        self._check_overlap()
        self.flush_model()
        for moment in ("IMMEDIATE", "DEFERRED"):
            self.env.cr.execute(
                SQL(
                    "SET CONSTRAINTS %s %s",
                    SQL.identifier("attendance_terminal_code_no_overlap"),
                    SQL(moment),
                )
            )

    def _attendance_audit_links(self):
        return {"employee_id": self.employee_id.id, "company_id": self.company_id.id}

    def _check_overlap(self):
        """Refuse days on which a code would have two holders, naming both."""
        # sudo: a holder outside the login's scope is a holder all the same
        rows = self.sudo().search(
            [
                ("company_id", "in", self.company_id.ids),
                ("code_key", "in", list(set(self.mapped("code_key")))),
            ]
        )
        held = defaultdict(list)
        for row in rows:
            held[row.company_id.id, row.code_key].append(row)
        for record in self:
            start, end = record._span()
            for other in held[record.company_id.id, record.code_key]:
                first, last = other._span()
                if other.id != record.id and first <= end and start <= last:
                    raise ValidationError(
                        self._overlap_sentence(
                            record.code,
                            other.employee_id.name,
                            record.sudo().employee_id.name,  # sudo: as above
                        )
                    )

    @api.model
    def _overlap_sentence(self, code, other, name):
        return self.env._(
            "Terminal user code %(code)s is held by %(other)s and cannot be given to "
            "%(name)s for the same days.",
            code=code,
            other=other,
            name=name,
        )

    def _span(self):
        return self.date_from or EVER[0], self.date_to or EVER[1]

    @api.model
    def _valid_on(self, day):
        """The rows that are valid on a day, as a domain."""
        return Domain.AND(
            [
                Domain("date_from", "=", False) | Domain("date_from", "<=", day),
                Domain("date_to", "=", False) | Domain("date_to", ">=", day),
            ]
        )

    @api.model
    def _current(self, employees, day):
        """``{employee id: code record}`` of those who hold a code on ``day``."""
        # sudo: people's codes are computed where their fields may be read
        found = self.sudo().search(
            Domain("employee_id", "in", employees.ids) & self._valid_on(day),
            order="date_from nulls first, id",
        )
        return {record.employee_id.id: record for record in found}

    def _is_used(self):
        """Whether a code left traces that must stay with its holder."""
        return False

    @api.model
    def _assign(self, wanted, day):
        """Give people codes from ``day`` on; an empty one takes the code away.

        A code that nobody of the company ever held is valid since ever, so that
        punches made before the person was entered here are theirs.

        :param wanted: ``{employee: code}``; any number of people, few queries. Who
            may write the employee may give the code: access is checked there.
        """
        self = self.sudo()  # sudo: the right to the employee was looked at, see above
        employees = self.env["hr.employee"].browse(e.id for e in wanted)
        wanted = {e: (code or "").strip() for e, code in wanted.items()}
        holders, before = self._past(employees, wanted)
        current = self._current(employees, day)
        new, over, changes = [], self.browse(), {}
        for employee, code in wanted.items():
            held = current.get(employee.id, self.browse())
            if (held.code or "") == code:
                continue
            others = holders[employee.company_id.id, code_key(code)]
            if held or employee.id in before:
                changes[employee.id] = (held.code, code)
            if held and code and not others - {employee.id} and not held._is_used():
                # A typing mistake that nobody ever punched with leaves no trace.
                held.code = code
                continue
            over |= held
            if code:
                since = day if others or employee.id in before else False
                new.append(
                    {"employee_id": employee.id, "code": code, "date_from": since}
                )
        over._end(day - DAY)
        self.create(new)
        self._log_changes(changes)

    @api.model
    def _log_changes(self, changes):
        """Tell in the chatter who changed the code of whom.

        :param changes: ``{employee id: (code before, code after)}``.
        """
        none = self.env._("none")
        # sudo: who may change the code of a person need not be one who may post there
        self.env["hr.employee"].sudo().browse(changes)._message_log_batch(
            {
                person: self.env._(
                    "The terminal user code was changed: %(before)s → %(after)s",
                    before=before or none,
                    after=after or none,
                )
                for person, (before, after) in changes.items()
            }
        )

    @api.model
    def _past(self, employees, wanted):
        """Who ever held the wanted codes, and who of these people ever had any.

        :return: ``{(company id, key): {employee ids}}`` and a set of employee ids.
        """
        keys = [code_key(code) for code in wanted.values() if code]
        rows = self.search(
            (Domain("company_id", "in", employees.company_id.ids)
             & Domain("code_key", "in", keys))
            | Domain("employee_id", "in", employees.ids)
        )  # fmt: skip
        holders, before = defaultdict(set), set()
        for row in rows:
            holders[row.company_id.id, row.code_key].add(row.employee_id.id)
            before.add(row.employee_id.id)
        return holders, before

    def _end(self, last):
        """These rows are valid until ``last`` at most; those that start later go."""
        later = self.filtered(lambda row: row._span()[0] > last)
        later.unlink()
        (self - later).filtered(lambda row: row._span()[1] > last).date_to = last

    @api.model
    def _taken(self, company, keys, day, besides=None):
        """``{key: row}`` of the codes that somebody holds on ``day`` or later."""
        # sudo: as in _check_overlap
        rows = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("code_key", "in", list(keys)),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ]
        )
        return {row.code_key: row for row in rows - (besides or self.browse())}

    @api.model
    def _proposals(self, company, numbers, day):
        """Codes for people of one company who have none yet.

        :param numbers: employee numbers, as many as people; a person's number is
            the code where it fits and is free, otherwise the lowest free one.
        :return: a list of codes in the order of ``numbers``; ``None`` where no code
            of the allowed length is left.
        """
        longest = self._longest_code(company)
        fitting = {number for number in numbers if is_code(number or "", longest)}
        taken = self._taken(company, fitting, day) if fitting else {}
        found, used = [], set()
        for number in numbers:
            fits = number in fitting and number not in taken and number not in used
            found.append(number if fits else None)
            used.add(found[-1])
        missing = found.count(None)
        free = iter(self._lowest_free(company, longest, used, missing))
        return [code or next(free, None) for code in found]

    @api.model
    def _lowest_free(self, company, longest, used, count):
        """Up to ``count`` codes that nobody ever held and that are nobody's number."""
        if not count:
            return []
        self.flush_model()
        self.env["hr.employee"].flush_model(["employee_number", "company_id"])
        gaps = self.env.execute_query(
            SQL(
                """
                WITH held AS (
                    SELECT 0 AS n
                    UNION SELECT code_key::bigint FROM attendance_terminal_code
                    WHERE company_id = %(company)s AND code_key ~ '^[0-9]{1,18}$'
                    UNION SELECT employee_number::bigint FROM hr_employee
                    WHERE company_id = %(company)s
                      AND employee_number ~ '^[0-9]{1,12}$'
                    UNION SELECT unnest(%(used)s::bigint[])
                )
                SELECT n + 1, next - 1
                FROM (SELECT n, lead(n) OVER (ORDER BY n) AS next FROM held) AS gap
                WHERE next IS NULL OR next > n + 1 ORDER BY n LIMIT %(count)s
                """,
                company=company.id,
                used=[int(code) for code in used if code],
                count=count,
            )
        )
        top, free = 10**longest - 1, []
        for first, last in gaps:
            last = min(top, last or top, first + count - len(free) - 1)
            free += [str(number) for number in range(first, last + 1)]
        return free
