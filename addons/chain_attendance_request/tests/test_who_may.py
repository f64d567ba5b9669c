"""Who may do what with whose request or leave: one table."""

from datetime import timedelta
from functools import partial

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, freeze_time, tagged
from odoo.tools import mute_logger

from .common import LeaveCommon

# f: file, s: see, a: approve, r: refuse, w: withdraw, e: edit, d: delete.
ACTIONS = {
    "f": "file",
    "s": "see",
    "a": "approve",
    "r": "refuse",
    "w": "withdraw",
    "e": "edit",
    "d": "delete",
}
WHOSE = ("self", "own store", "other store", "other company")
# Everything waits for the manager of the store; of "own store" that is the manager.
# Every login has the function to file for oneself.
REQUESTS = {
    # login:       self     own store  other store  other company
    "hr":         ("fswed", "fswed",   "fswed",     ""),
    "management": ("fsw",   "s",       "s",         ""),
    "department": ("fswed", "fswed",   "",          ""),
    "manager":    ("fswed", "fsarwed", "",          ""),
    "timekeeper": ("fswe",  "fswe",    "",          ""),
    "employee":   ("fsw",   "",        "",          ""),
    "stranger":   ("fswed", "",        "",          "fswed"),
}  # fmt: skip
# Odoo lets everybody delete the own leave while it waits, and officers any.
LEAVE = {
    "hr":         ("fswed", "fswed",   "fswed",     ""),
    "management": ("fswed", "s",       "s",         ""),
    "department": ("fswed", "fswe",    "",          ""),
    "manager":    ("fswed", "fsarwe",  "",          ""),
    "timekeeper": ("fswed", "fswe",    "",          ""),
    "employee":   ("fswed", "",        "",          ""),
    "stranger":   ("fswed", "",        "",          "fswe"),
}  # fmt: skip
KINDS = {
    "overtime": {"start_minutes": 1080, "stop_minutes": 1200},
    "outing": {"start_minutes": 600, "stop_minutes": 720},
    "trip": {"is_by_days": True},
    "correction": {"start_minutes": 510, "direction": "in"},
}
ROLES = {
    "hr": "administrator",
    "management": "management",
    "department": "department_manager",
    "manager": "store_manager",
    "timekeeper": "timekeeper",
    "employee": "employee",
    "stranger": "administrator",
}
FILED, FREE = "2026-08-03", "2026-08-10"
PASSWORD = "a long password"


class WhoMayCommon(LeaveCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.abroad = cls.env["res.company"].create({"name": "Another Chain"})
        cls.env.user.company_ids |= cls.abroad
        cls.env = cls.env(
            context=dict(
                cls.env.context, allowed_company_ids=(cls.company | cls.abroad).ids
            )
        )
        there = cls.new_store("T9", company_id=cls.abroad.id)
        other = cls.new_store("T2")
        north = cls.env["hr.department"].create(
            {"name": "North", "company_id": cls.company.id}
        )
        cls.person.department_id = north
        cls.logins, people = {}, {}
        for name, role in ROLES.items():
            values = {"department_id": north.id}
            if name == "stranger":
                values = {"company_id": cls.abroad.id, "store_id": there.id}
            people[name] = cls.new_employee(name.title(), **values)
            groups = ["hr_holidays.group_hr_holidays_manager"] if name == "hr" else []
            login = cls.new_user(f"who {name}", *groups)
            if name == "stranger":
                login.write(
                    {
                        "company_ids": [Command.set(cls.abroad.ids)],
                        "company_id": cls.abroad.id,
                    }
                )
            people[name].user_id = login
            login.password = PASSWORD
            cls.env.ref(f"chain_attendance_base.role_{role}").user_ids |= login
            cls.logins[name] = login
        north.manager_id = people["department"]
        cls.store.write(
            {
                "manager_id": people["manager"].id,
                "timekeeper_ids": [Command.link(cls.logins["timekeeper"].id)],
            }
        )
        # Who decides on the own forms of the manager, and on those elsewhere.
        above = cls.new_user("who above")
        above.company_ids |= cls.abroad
        for company in (cls.company, cls.abroad):
            cls.env["attendance.request.rule"].create(
                {
                    "name": "All",
                    "company_id": company.id,
                    "step_ids": [
                        Command.create(
                            {"approver": "store_manager", "fallback_user_id": above.id}
                        )
                    ],
                }
            )
        cls.people = people
        cls.targets = {
            "own store": cls.person,
            "other store": cls.new_employee("Leo", store_id=other.id),
            "other company": cls.new_employee(
                "Bea", company_id=cls.abroad.id, store_id=there.id
            ),
        }
        cls.any_type = cls.leave_type("day", company_id=False)
        cls.filed = {
            (kind, person): cls._filed(kind, person)
            for kind in (*KINDS, "leave")
            for person in (*people.values(), *cls.targets.values())
        }

    @classmethod
    def _filed(cls, kind, person):
        if kind == "leave":
            return cls.take(cls.any_type, FILED, employee_id=person.id)
        values = {"employee_id": person.id, **KINDS[kind]}
        return cls.file(kind, FILED, **values)

    def whose(self, name):
        """``{whose: person}`` as a login looks at them."""
        return {"self": self.people[name], **self.targets}

    def expected(self):
        """``(login, kind, whose, letters)`` of the tables."""
        for kind in (*KINDS, "leave"):
            for name, cells in (LEAVE if kind == "leave" else REQUESTS).items():
                for whose, letters in zip(WHOSE, cells, strict=True):
                    yield name, kind, whose, letters


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestWhoMay(WhoMayCommon):
    def test_the_table(self):
        for name, kind, whose, letters in self.expected():
            person = self.whose(name)[whose]
            found = "".join(
                letter
                for letter in ACTIONS
                if self._may(letter, self.logins[name], kind, person)
            )
            with self.subTest(login=name, kind=kind, whose=whose):
                self.assertEqual(found, letters)

    def _may(self, letter, login, kind, person):
        """Whether the server lets it happen; nothing of it remains."""
        family = "leave" if kind == "leave" else "request"
        act = getattr(self, f"_{ACTIONS[letter]}_{family}", None)
        act = act or getattr(self, f"_{ACTIONS[letter]}")
        filed = self.filed[kind, person].with_user(login)
        companies = login.company_ids.ids
        filed = filed.with_context(allowed_company_ids=companies)
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint() as savepoint:
                result = act(filed, kind, person)
                self.env.flush_all()
                savepoint.rollback()
        except AccessError:
            return False
        except UserError:
            # Time Off says so of leave that somebody else has filed.
            if (letter, kind) != ("d", "leave"):
                raise
            return False
        return result is not False

    def _file_request(self, filed, kind, person):
        filed.create(
            {
                "kind": kind,
                "employee_id": person.id,
                "date_from": FREE,
                **KINDS[kind],
            }
        )

    def _file_leave(self, filed, kind, person):
        form = filed.env["attendance.leave.filing"].create(
            {
                "employee_ids": [Command.set(person.ids)],
                "leave_type_id": self.any_type.id,
                "date_from": FREE,
            }
        )
        form.action_file()

    def _see(self, filed, kind, person):
        return bool(filed.search([("id", "=", filed.id)]))

    def _approve(self, filed, kind, person):
        filed.action_approve_step()

    def _refuse(self, filed, kind, person):
        action = filed.action_refuse_step()
        dialogs = filed.env[action["res_model"]].with_context(**action["context"])
        dialogs.create({"reason": "No"}).action_refuse()

    def _withdraw_request(self, filed, kind, person):
        filed.action_cancel()

    def _withdraw_leave(self, filed, kind, person):
        filed.action_withdraw()

    def _edit_request(self, filed, kind, person):
        filed.write({"reason": "X"})

    def _edit_leave(self, filed, kind, person):
        action = filed.action_change()
        form = filed.env[action["res_model"]].browse(action["res_id"])
        form.write({"typed_days": 0.5})
        form.action_file()

    def _delete(self, filed, kind, person):
        filed.unlink()


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestWhoMayOverRpc(WhoMayCommon, HttpCase):
    """The same over the wire, as a script with a password would try it."""

    @mute_logger("odoo.http")
    def call(self, model, method, *args, **kwargs):
        """What the server answers; ``False`` where it does not let it happen."""
        try:
            result = self.make_jsonrpc_request(
                f"/web/dataset/call_kw/{model}/{method}",
                {"model": model, "method": method, "args": args, "kwargs": kwargs},
            )
        except JsonRpcException as error:
            self.assertIn(
                str(error),
                ("odoo.exceptions.AccessError", "odoo.exceptions.UserError"),
            )
            return False
        return True if result is None else result

    def cells(self, name):
        """Two kinds, and all that the table says of them for a login."""
        for login, kind, whose, letters in self.expected():
            if login == name and kind in ("outing", "leave"):
                person = self.whose(name)[whose]
                yield kind, person, self.filed[kind, person], letters

    def test_what_leaves_no_trace(self):
        """Seeing, filing and editing; and whatever the table refuses."""
        for name in ROLES:
            self.authenticate(f"who {name}", PASSWORD)
            for kind, person, filed, letters in self.cells(name):
                for letter, call in self._calls(kind, person, filed):
                    if letter in "arwd" and letter in letters:
                        continue
                    with self.subTest(
                        login=name, kind=kind, of=person.name, action=ACTIONS[letter]
                    ):
                        self.assertEqual(bool(call()), letter in letters)

    def _calls(self, kind, person, filed):
        """``(letter, call)`` of the methods that the buttons call."""
        call = partial(self.call, filed._name)
        is_leave = kind == "leave"
        yield "s", partial(call, "search_read", [["id", "=", filed.id]], ["state"])
        yield "f", partial(self._file, kind, person)
        yield "a", partial(call, "action_approve_step", filed.ids)
        yield "r", partial(call, "action_refuse_step", filed.ids)
        withdraw = "action_withdraw" if is_leave else "action_cancel"
        yield "w", partial(call, withdraw, filed.ids)
        yield "d", partial(call, "unlink", filed.ids)
        if is_leave:
            yield "e", partial(call, "action_change", filed.ids)
        else:
            yield "e", partial(call, "write", filed.ids, {"reason": "X"})

    def _file(self, kind, person):
        """At a time of its own each."""
        self.files += 1
        if kind == "outing":
            start = 300 + 10 * self.files
            times = {"start_minutes": start, "stop_minutes": start + 5}
            values = {"kind": kind, "employee_id": person.id, "date_from": FREE}
            return self.call("attendance.request", "create", [values | times])
        day = fields.Date.to_date(FREE) + timedelta(days=self.files)
        form = {
            "employee_ids": [Command.set(person.ids)],
            "leave_type_id": self.any_type.id,
            "date_from": str(day),
        }
        made = self.call("attendance.leave.filing", "create", [form])
        return made and self.call("attendance.leave.filing", "action_file", made)

    files = 0

    def test_what_is_allowed_happens(self):
        manager, employee = self.logins["manager"], self.logins["employee"]
        outing, leave = (self.filed[kind, self.person] for kind in ("outing", "leave"))
        mine = self.filed["trip", self.people["employee"]]
        for login, record, method, state in (
            (manager, outing, "action_approve_step", "approved"),
            (manager, leave, "action_approve_step", "validate"),
            (manager, outing, "action_cancel", "cancelled"),
            (employee, mine, "action_cancel", "cancelled"),
            (manager, leave, "action_withdraw", "cancel"),
        ):
            with self.subTest(method=method, model=record._name):
                self.authenticate(login.login, PASSWORD)
                self.assertTrue(self.call(record._name, method, record.ids))
                self.env.invalidate_all()
                self.assertEqual(record.state, state)

    def test_what_has_no_door(self):
        """Methods that work past the tables cannot be called at all."""
        self.authenticate("who employee", PASSWORD)
        form = self.filed["outing", self.person]
        leave = self.filed["leave", self.person]
        for record, method, args in (
            (form, "_start_approval", []),
            (form.approval_ids, "_decide", ["approved"]),
            (leave, "_file_for", [[]]),
            (leave, "_change_to", [{}]),
            (leave, "_take_back", []),
            (leave, "_put_back", [{}]),
            (leave, "_charge_anew", []),
            (leave, "_plan_changed", [[]]),
        ):
            with self.subTest(method):
                self.assertFalse(self.call(record._name, method, record.ids, *args))
