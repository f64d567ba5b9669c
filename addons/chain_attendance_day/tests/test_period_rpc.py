"""Periods, words on them, adjustments and exceptions over the wire, login by login."""

from datetime import date, timedelta
from functools import partial

from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, freeze_time, tagged
from odoo.tools import mute_logger

from .period_common import PeriodCommon

PASSWORD = "a long password"
DAY = "2026-03-03"
ACCESS = "odoo.exceptions.AccessError"
FUNCTIONS = {
    # Somebody who does the periods of the own store, and one who only reopens them.
    "keeper": {"periods": "view create edit delete", "reports": "view edit"},
    "opener": {"periods": "view reopen"},
}
ROLES = {
    "administrator": "administrator",
    "management": "management",
    "department": "department_manager",
    "manager": "store_manager",
    "timekeeper": "timekeeper",
    "employee": "employee",
    "stranger": "administrator",
}
PERIOD_ACTIONS = {
    "s": "see",
    "n": "create",
    "w": "write",
    "d": "delete",
    "a": "ask",
    "v": "review",
    "o": "open",
    "c": "close",
    "r": "reopen",
}
OF_PERIODS = ("company", "own store", "other store", "other company")
# Which periods there are is no secret within a company.
PERIODS = {
    "administrator": ("snwdavocr", "snwdavocr", "snwdavocr", ""),
    "management":    ("s",         "s",         "s",         ""),
    "department":    ("s",         "s",         "s",         ""),
    "manager":       ("s",         "s",         "s",         ""),
    "timekeeper":    ("s",         "s",         "s",         ""),
    "employee":      ("s",         "s",         "s",         ""),
    "keeper":        ("s",         "snwdavoc",  "s",         ""),
    "opener":        ("s",         "sr",        "s",         ""),
    "stranger":      ("",          "",          "",          "snwdavocr"),
}  # fmt: skip
WHOSE = ("self", "own store", "other store", "other company")
# s: see, c: confirm, o: object, r: remind.
WORDS = {
    "administrator": ("scor", "scor", "scor", ""),
    "management":    ("sco",  "s",    "s",    ""),
    "department":    ("sco",  "s",    "",     ""),
    "manager":       ("sco",  "s",    "",     ""),
    "timekeeper":    ("sco",  "s",    "",     ""),
    "employee":      ("sco",  "",     "",     ""),
    "keeper":        ("scor", "scor", "",     ""),
    "opener":        ("sco",  "s",    "",     ""),
    "stranger":      ("scor", "",     "",     "scor"),
}  # fmt: skip
ADJUSTMENTS = {
    name: tuple("s" if "s" in cell else "" for cell in cells)
    for name, cells in WORDS.items()
}
# s: see, h: handle, i: ignore, o: open again.
EXCEPTIONS = {
    "administrator": ("shio", "shio", "shio", ""),
    "management":    ("s",    "s",    "s",    ""),
    "department":    ("shio", "shio", "",     ""),
    "manager":       ("shio", "shio", "",     ""),
    "timekeeper":    ("shio", "shio", "",     ""),
    "employee":      ("s",    "",     "",     ""),
    "keeper":        ("shio", "shio", "",     ""),
    "opener":        ("s",    "",     "",     ""),
    "stranger":      ("shio", "",     "",     "shio"),
}  # fmt: skip
STATES = {"o": "reviewed", "c": "reviewed", "r": "closed"}


@tagged("post_install", "-at_install")
@freeze_time("2026-04-10 08:00:00")
class TestPeriodRpc(PeriodCommon, HttpCase):
    """What a script with a password can do, is what the tables say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.abroad = cls.env["res.company"].create({"name": "Another Chain"})
        cls.env.user.company_ids |= cls.abroad
        there = cls.new_store("T9", company_id=cls.abroad.id)
        other = cls.new_store("T2")
        cls.places = {
            "company": (cls.company, cls.env["attendance.store"]),
            "own store": (cls.company, cls.store),
            "other store": (cls.company, other),
            "other company": (cls.abroad, there),
        }
        cls.make_logins(there)
        cls.targets = {
            "own store": cls.person,
            "other store": cls.new_employee("Leo", store_id=other.id),
            "other company": cls.new_employee(
                "Bea", company_id=cls.abroad.id, store_id=there.id
            ),
        }
        cls.make_rows()

    @classmethod
    def make_logins(cls, there):
        north = cls.env["hr.department"].create(
            {"name": "North", "company_id": cls.company.id}
        )
        cls.person.department_id = north
        cls.people = {}
        for name in (*ROLES, *FUNCTIONS):
            values = {"department_id": north.id}
            if name == "stranger":
                values = {"company_id": cls.abroad.id, "store_id": there.id}
            person = cls.new_employee(name.title(), **values)
            login = cls.new_user(f"rpc {name}")
            if name == "stranger":
                login.company_ids = [Command.link(cls.abroad.id)]
                login.company_id = cls.abroad
                login.company_ids = [Command.set(cls.abroad.ids)]
            person.user_id = login
            login.password = PASSWORD
            if name in FUNCTIONS:
                cls.new_role(FUNCTIONS[name], scope="own_stores", user_ids=login)
            else:
                role = cls.env.ref(f"chain_attendance_base.role_{ROLES[name]}")
                role.user_ids |= login
            cls.people[name] = person
        north.manager_id = cls.people["department"]
        cls.store.manager_id = cls.people["manager"]
        keepers = ("timekeeper", *FUNCTIONS)
        cls.store.timekeeper_ids = [
            Command.set([cls.people[name].user_id.id for name in keepers])
        ]

    @classmethod
    def make_rows(cls):
        """A word, an adjustment and an exception of everybody."""
        people = [*cls.people.values(), *cls.targets.values()]
        periods = {
            company: cls.new_period(
                "2026-02-01", "2026-02-28", company_id=company.id, state="closed"
            )
            for company in (cls.company, cls.abroad)
        }
        cls.words, cls.lines_of, cls.causes = {}, {}, {}
        asked = cls.period | cls.new_period(
            "2026-03-01", "2026-03-31", company_id=cls.abroad.id
        )
        cls.env["attendance.day"]._recompute(
            [(person.id, date.fromisoformat(DAY)) for person in people]
        )
        asked.action_ask()
        for person in people:
            (cls.words[person],) = asked.confirmation_ids.filtered(
                lambda row, person=person: row.employee_id == person
            )
            places = {
                "employee_id": person.id,
                "company_id": person.company_id.id,
                "department_id": person.department_id.id,
                "store_id": person.store_id.id,
                "home_store_id": person.store_id.id,
            }
            cls.lines_of[person] = cls.lines.create(
                {
                    "work_date": "2026-02-03",
                    "closed_period_id": periods[person.company_id].id,
                    "figure": "due_minutes",
                    "minutes": 60,
                    "created_at": "2026-03-05",
                    **places,
                }
            )
            cls.causes[person] = cls.env["attendance.exception"].create(
                {
                    "work_date": "2026-02-03",
                    "code": "missing_in",
                    "severity": "2",
                    "state": "open",
                    **places,
                }
            )
        cls.env.flush_all()

    @mute_logger("odoo.http")
    def call(self, model, method, *args):
        """Whether the server lets it happen."""
        try:
            result = self.make_jsonrpc_request(
                f"/web/dataset/call_kw/{model}/{method}",
                {"model": model, "method": method, "args": args, "kwargs": {}},
            )
        except JsonRpcException as error:
            self.assertEqual(str(error), ACCESS)
            return False
        return True if result is None else result

    def assert_table(self, table, columns, attempts_of):
        """Every login tries everything; what it may is what the table says.

        :param attempts_of: gives ``{letter: call}`` for a login and a column
        """
        for name, cells in table.items():
            self.authenticate(f"rpc {name}", PASSWORD)
            for column, letters in zip(columns, cells, strict=True):
                for letter, attempt in attempts_of(name, column).items():
                    with self.subTest(login=name, of=column, action=letter):
                        self.assertEqual(bool(attempt()), letter in letters)

    # --- periods --------------------------------------------------------------------

    number = 0

    def test_periods(self):
        self.assert_table(PERIODS, OF_PERIODS, self._period_attempts)

    def _period_attempts(self, _name, column):
        company, store = self.places[column]
        return {
            letter: partial(getattr(self, f"_{action}"), letter, company, store)
            for letter, action in PERIOD_ACTIONS.items()
        }

    def _values(self, company, store):
        """A date of its own each, long ago."""
        TestPeriodRpc.number += 1
        day = str(date(2014, 1, 1) + timedelta(days=self.number))
        return {
            "company_id": company.id,
            "store_id": store.id,
            "date_from": day,
            "date_to": day,
        }

    def _made(self, letter, company, store):
        values = self._values(company, store)
        if letter in STATES:
            values["state"] = STATES[letter]
        if STATES.get(letter) == "closed":
            values |= {"closed_at": "2026-04-01", "closed_by": "X"}
        period = self.env["attendance.period"].create(values)
        self.env.flush_all()
        return period

    def _press(self, method, letter, company, store, state):
        period = self._made(letter, company, store)
        before = period.state
        may = self.call("attendance.period", method, period.ids)
        self.env.invalidate_all()
        self.assertEqual(period.state, state if may else before)
        return may

    def _see(self, letter, *place):
        period = self._made(letter, *place)
        found = self.call("attendance.period", "search_read", [("id", "=", period.id)])
        self.assertEqual(
            bool(found), bool(self.call("attendance.period", "read", period.ids))
        )
        return found

    def _create(self, _letter, *place):
        return self.call("attendance.period", "create", [self._values(*place)])

    def _write(self, letter, *place):
        period = self._made(letter, *place)
        return self.call("attendance.period", "write", period.ids, {"name": "X"})

    def _delete(self, letter, *place):
        return self.call("attendance.period", "unlink", self._made(letter, *place).ids)

    def _ask(self, letter, *place):
        return self._press("action_ask", letter, *place, "confirming")

    def _review(self, letter, *place):
        return self._press("action_review", letter, *place, "reviewed")

    def _open(self, letter, *place):
        return self._press("action_open", letter, *place, "open")

    def _close(self, letter, *place):
        """The button, and the page behind it without the button."""
        button = self._press("action_close", letter, *place, "reviewed")
        period = self._made(letter, *place)
        page = self._page("attendance.period.close", period)
        may = page and self.call("attendance.period.close", "action_close", page)
        self.env.invalidate_all()
        self.assertEqual(period.state, "closed" if may else "reviewed")
        self.assertEqual(bool(button), bool(may))
        return may

    def _reopen(self, letter, *place):
        button = self._press("action_reopen", letter, *place, "closed")
        period = self._made(letter, *place)
        page = self._page("attendance.period.reopen", period, reason="A mistake")
        may = page and self.call("attendance.period.reopen", "action_reopen", page)
        self.env.invalidate_all()
        self.assertEqual(period.state, "open" if may else "closed")
        self.assertEqual(bool(button), bool(may))
        return may

    def _page(self, model, period, **values):
        values["period_ids"] = [Command.set(period.ids)]
        return self.call(model, "create", [values])

    def test_the_state_of_a_period_is_written_by_nobody(self):
        period = self._made("o", self.company, self.env["attendance.store"])
        for name in ("administrator", "keeper", "employee"):
            self.authenticate(f"rpc {name}", PASSWORD)
            for values in ({"state": "closed"}, {"closed_by": "X"}, {"state": "open"}):
                with self.subTest(login=name, values=values):
                    self.assertFalse(
                        self._refused("attendance.period", "write", period.ids, values)
                    )
        self.env.invalidate_all()
        self.assertEqual((period.state, period.closed_by), ("reviewed", False))

    @mute_logger("odoo.http")
    def _refused(self, model, method, *args):
        """A refusal of any kind, where a sentence says what to do instead."""
        with self.assertRaises(JsonRpcException) as refusal:
            self.make_jsonrpc_request(
                f"/web/dataset/call_kw/{model}/{method}",
                {"model": model, "method": method, "args": args, "kwargs": {}},
            )
        self.assertIn(str(refusal.exception), (ACCESS, "odoo.exceptions.UserError"))

    # --- words of people ------------------------------------------------------------

    def test_words(self):
        self.assert_table(WORDS, WHOSE, self._word_attempts)

    def _of(self, rows, name, column):
        return rows[self.people[name] if column == "self" else self.targets[column]]

    def _word_attempts(self, name, column):
        row = self._of(self.words, name, column)
        call = partial(self.call, row._name)

        def complain():
            page = "attendance.period.objection"
            values = {"confirmation_id": row.id, "objection": "No!"}
            made = self.call(page, "create", [values])
            return made and self.call(page, "action_object", made)

        return {
            "s": partial(call, "search_read", [("id", "=", row.id)]),
            "o": complain,
            "c": partial(call, "action_confirm", row.ids),
            "r": partial(call, "action_remind", row.ids),
            **self._by_hand(row, {"state": "confirmed", "objection": "X"}),
        }

    def _by_hand(self, row, values):
        """What nobody may, the administrator least of all."""
        call = partial(self.call, row._name)
        return {
            "write": partial(call, "write", row.ids, values),
            "unlink": partial(call, "unlink", row.ids),
            "copy": partial(call, "copy", row.ids),
            "create": partial(
                call, "create", [{"employee_id": row.employee_id.id, **values}]
            ),
        }

    # --- adjustments and exceptions ---------------------------------------------------

    def test_adjustments(self):
        def attempts(name, column):
            row = self._of(self.lines_of, name, column)
            return {
                "s": partial(
                    self.call, row._name, "search_read", [("id", "=", row.id)]
                ),
                "read_group": partial(
                    self.call,
                    row._name,
                    "formatted_read_group",
                    [("id", "=", row.id)],
                    ["employee_id"],
                    ["minutes:sum"],
                ),
                **self._by_hand(row, {"minutes": 0}),
            }

        table = {
            name: tuple([*cell, "read_group"] if cell else "" for cell in cells)
            for name, cells in ADJUSTMENTS.items()
        }
        self.assert_table(table, WHOSE, attempts)
        self.env.invalidate_all()
        self.assertEqual({row.minutes for row in self.lines_of.values()}, {60})

    def test_exceptions(self):
        self.assert_table(EXCEPTIONS, WHOSE, self._exception_attempts)

    def _exception_attempts(self, name, column):
        row = self._of(self.causes, name, column)
        call = partial(self.call, row._name)

        def ignore():
            button = call("action_ignore", row.ids)
            page = "attendance.exception.ignore"
            values = {"exception_ids": [Command.set(row.ids)], "reason": "Known"}
            made = self.call(page, "create", [values])
            may = made and self.call(page, "action_ignore", made)
            self.assertEqual(bool(button), bool(may))
            return may

        return {
            "s": partial(call, "search_read", [("id", "=", row.id)]),
            "h": partial(call, "action_handle", row.ids),
            "o": partial(call, "action_reopen", row.ids),
            "i": ignore,
            **self._by_hand(row, {"state": "ignored"}),
        }

    def test_what_has_no_door(self):
        """Methods that work past the tables cannot be called, by nobody."""
        row, line = self.words[self.person], self.lines_of[self.person]
        cause = self.causes[self.person]
        for name in ("administrator", "employee"):
            self.authenticate(f"rpc {name}", PASSWORD)
            for records, method, args in (
                (self.period, "_close", []),
                (self.period, "_reopen", ["Because"]),
                (self.period, "_lock", []),
                (row, "_note_word", ["", "Somebody"]),
                (row, "_object", ["No!"]),
                (row, "_withdraw", [[]]),
                (line, "_take_back", []),
                (line, "_assign", []),
                (cause, "_decide", ["ignored"]),
                (cause, "_sync", [{}]),
            ):
                with self.subTest(login=name, method=method):
                    self.assertFalse(
                        self.call(records._name, method, records.ids, *args)
                    )
