from collections import defaultdict, namedtuple

from odoo import api, fields, models

from odoo.addons.chain_attendance_base.sql import EMPLOYMENT, place_on

from ..provisioning import ADMINISTRATOR, ORDINARY, OnUnit, Person, clean_text

# ``people``: {normal form of the code: Person}; ``without_code``: employee ids.
Wanted = namedtuple("Wanted", "people without_code")

PEOPLE = f"""
    SELECT e.id, e.company_id, e.name, e.barcode, own.id, s.id, k.code, k.code_key
    FROM hr_employee e
    JOIN LATERAL {EMPLOYMENT} span ON TRUE
    {place_on("%(day)s::date")}
    LEFT JOIN LATERAL (
        SELECT held.code, held.code_key FROM attendance_terminal_code held
        WHERE held.employee_id = e.id AND held.company_id = e.company_id
          AND COALESCE(held.date_from, %(day)s::date) <= %(day)s::date
          AND COALESCE(held.date_to, %(day)s::date) >= %(day)s::date
        ORDER BY held.date_from DESC NULLS LAST, held.id DESC LIMIT 1
    ) k ON TRUE
    WHERE e.active AND e.is_punching
      AND COALESCE(span.first_day, %(day)s::date) <= %(day)s::date
      AND COALESCE(span.last_day, %(day)s::date) >= %(day)s::date
      AND (%(some)s::int[] IS NULL OR e.id = ANY(%(some)s::int[]))
      AND (e.company_id = ANY(%(companies)s) OR e.id IN (
          SELECT v.employee_id FROM hr_version v
          WHERE v.store_id = ANY(%(stores)s) AND v.active
          UNION ALL
          SELECT l.employee_id FROM attendance_store_loan l
          WHERE l.store_id = ANY(%(stores)s)
            AND %(day)s::date BETWEEN l.date_from AND l.date_to
          UNION ALL
          SELECT a.employee_id FROM attendance_terminal_assignment a
          WHERE a.terminal_id = ANY(%(terminals)s)))
    ORDER BY e.id
"""


class AttendanceTerminal(models.Model):
    """Who is to be on a terminal, and who is."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal"  # pylint: disable=consider-merging-classes-inherited

    assignment_ids = fields.One2many("attendance.terminal.assignment", "terminal_id")
    assignment_count = fields.Integer(
        compute="_compute_assignment_count", string="Assigned"
    )
    people_count = fields.Integer(
        compute="_compute_people_count",
        string="People Sent",
        help="Who was sent to the terminal and acknowledged by it.",
    )

    def _compute_assignment_count(self):
        counts = dict(
            self.env["attendance.terminal.assignment"]._read_group(
                [("terminal_id", "in", self.ids)], ["terminal_id"], ["__count"]
            )
        )
        for terminal in self:
            terminal.assignment_count = counts.get(terminal, 0)

    def _compute_people_count(self):
        counts = dict(
            self.env["attendance.terminal.user"]._read_group(
                [("terminal_id", "in", self.ids), ("confirmed_at", "!=", False)],
                ["terminal_id"],
                ["__count"],
            )
        )
        for terminal in self:
            terminal.people_count = counts.get(terminal, 0)

    @api.private
    def _wanted_people(self, day, employee_ids=None):
        """Who is to be on each of these terminals on a day.

        Three queries, however many terminals and people. It does not ask who may see
        them.

        :param day: on the terminals' own calendar.
        :param employee_ids: only these people; none: everybody.
        :return: ``{terminal id: Wanted}``.
        """
        assigned = self._assigned_people()
        found = defaultdict(list)
        for person, company, own_store, store in self._people_on(day, employee_ids):
            found["company", company].append(person)
            found["person", person.employee_id, company].append(person)
            for place in {own_store, store} - {None}:
                found["store", place].append(person)
        return {
            terminal.id: terminal._wanted_of(found, assigned[terminal.id])
            for terminal in self
        }

    def _wanted_of(self, found, assigned):
        """The :class:`Wanted` of one terminal.

        :param found: people by where they are.
        :param assigned: ``{employee id: whether administrator}``.
        """
        company = self.company_id.id
        served = []
        if self.serve_all_employees:
            served = found["company", company]
        else:
            if self.serve_store_employees and self.store_id:
                served = found["store", self.store_id.id]
            served = served + [
                person
                for employee in assigned
                for person in found["person", employee, company]
            ]
        people, without_code = {}, set()
        for person in served:
            if not person.code:
                without_code.add(person.employee_id)
                continue
            key, code = person.code
            right = ADMINISTRATOR if assigned.get(person.employee_id) else ORDINARY
            people[key] = person._replace(code=code, privilege=right)
        return Wanted(people, sorted(without_code))

    def _assigned_people(self):
        """``{terminal id: {employee id: whether administrator}}``."""
        self.env["attendance.terminal.assignment"].flush_model()
        self.env.cr.execute(
            "SELECT terminal_id, employee_id, is_administrator"
            " FROM attendance_terminal_assignment WHERE terminal_id = ANY(%s)",
            [self.ids],
        )
        assigned = defaultdict(dict)
        for terminal, employee, is_administrator in self.env.cr.fetchall():
            assigned[terminal][employee] = is_administrator
        return assigned

    def _people_on(self, day, employee_ids):
        """``(Person, company id, own store id, store id of the day)`` of a day.

        Of everybody whom one of these terminals may serve; the ``code`` is the pair
        of normal form and code, or None.
        """
        for model in (
            "hr.employee",
            "hr.version",
            "attendance.store.loan",
            "attendance.terminal.code",
        ):
            self.env[model].flush_model()
        whole = self.filtered("serve_all_employees")
        by_store = (self - whole).filtered("serve_store_employees")
        self.env.cr.execute(
            PEOPLE,
            {
                "day": day,
                "some": None if employee_ids is None else list(employee_ids),
                "companies": whole.company_id.ids,
                "stores": by_store.store_id.ids,
                "terminals": self.ids,
            },
        )
        for (
            employee,
            company,
            name,
            card,
            own,
            store,
            code,
            key,
        ) in self.env.cr.fetchall():
            person = Person(
                employee,
                (key, code) if code else None,
                clean_text(name),
                ORDINARY,
                clean_text(card),
            )
            yield person, company, own, store

    @api.private
    def _people_on_units(self, employee_ids=None, keys=()):
        """What is on each of these terminals, as far as is known: two queries.

        What was told by the terminal itself and what it acknowledged, and on top of
        that what was sent to it just now and is being done.

        :param employee_ids: only these people, those with one of ``keys`` and all
            administrators; none: everybody.
        :return: ``{terminal id: {normal form of the code: OnUnit}}``.
        """
        users = self.env["attendance.terminal.user"]
        users.flush_model()
        condition, values = "", [self.ids]
        if employee_ids is not None:
            condition = """AND (sent_employee_id = ANY(%s) OR code_key = ANY(%s)
                OR privilege = 14 OR sent_privilege = 14)"""
            values += [list(employee_ids), list(keys)]
        self.env.cr.execute(
            f"""
            SELECT terminal_id, code_key, sent_employee_id, user_code,
                   COALESCE(CASE WHEN confirmed_at IS NULL THEN name_on_unit
                                 ELSE sent_name END, ''),
                   GREATEST(privilege, sent_privilege, 0),
                   COALESCE(sent_card, ''), confirmed_at IS NOT NULL,
                   COALESCE(is_kept, FALSE)
            FROM attendance_terminal_user WHERE terminal_id = ANY(%s) {condition}
            """,  # pylint: disable=sql-injection
            values,
        )
        found = {terminal: {} for terminal in self.ids}
        for terminal, key, *row in self.env.cr.fetchall():
            found[terminal][key] = OnUnit(*row)
        self.env["attendance.terminal.command"]._lay_over(found)
        return found

    def action_view_assignments(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_terminal.attendance_terminal_assignment_action"
        )
        return {
            **action,
            "domain": [("terminal_id", "=", self.id)],
            "context": {"default_terminal_id": self.id},
        }

    def action_view_unit_people(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_terminal.attendance_terminal_person_action"
        )
        return {**action, "domain": [("terminal_id", "=", self.id)], "context": {}}
