from functools import partial

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .approval_common import MONDAY, ApprovalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestApprovalAccess(ApprovalCommon):
    """Who may file, see, approve and change what, for whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        manager = cls.env.ref("chain_attendance_base.group_store_manager")
        cls.logins["sam"].group_ids = [(4, manager.id)]
        cls.people["far"] = cls.new_employee("Far", store_id=cls.new_store("T9").id)
        cls.logins["far"] = cls.new_user("far", employee=cls.people["far"])

    def can(self, call):
        """Whether the server lets it happen; nothing of it remains."""
        try:
            with self.env.cr.savepoint() as savepoint:
                call()
                savepoint.rollback()
        except AccessError:
            return False
        finally:
            self.env.invalidate_all()
        return True

    def who(self, call):
        """The logins that may do a thing."""
        return {name for name in self.logins if self.can(partial(call, name))}

    def test_the_matrix(self):
        """``lia`` decides first and then ``dan``; ``sam`` keeps the store."""
        self.new_rule("line_manager", "department_manager")
        form = self.file_as("ann")
        step = form.sudo().approval_ids[:1]

        def of(record, name):
            return record.with_user(self.logins[name])

        self.assertEqual(
            self.who(
                lambda name: of(self.requests, name).create(
                    {
                        "employee_id": self.person.id,
                        "kind": "trip",
                        "date_from": MONDAY,
                        "is_by_days": True,
                    }
                )
            ),
            {"ann", "sam"},
        )
        for what, call, allowed in (
            ("read", lambda n: of(form, n).read(["reason"]), {"ann", "lia", "sam"}),
            ("read step", lambda n: of(step, n).read([]), {"ann", "lia", "sam"}),
            ("approve", lambda n: of(form, n).action_approve_step(), {"lia"}),
            ("approve step", lambda n: of(step, n).action_approve(), {"lia"}),
            ("refuse", lambda n: self.refuse(form, n), {"lia"}),
            ("edit", lambda n: of(form, n).write({"reason": "X"}), {"sam"}),
            ("cancel", lambda n: of(form, n).action_cancel(), {"ann", "sam"}),
            ("delete", lambda n: of(form, n).unlink(), {"sam"}),
        ):
            with self.subTest(what):
                self.assertEqual(self.who(call), allowed)
        self.approve(form, "lia")
        self.assertEqual(
            self.who(lambda n: of(form, n).read(["reason"])),
            {"ann", "lia", "dan", "sam"},
        )
        self.assertEqual(self.who(lambda n: of(form, n).action_approve_step()), {"dan"})

    def test_an_approver_sees_nothing_else_of_the_person(self):
        self.new_rule("line_manager", is_for_outing=True)
        other = self.file_as("ann", "trip", is_by_days=True)
        form = self.file_as("ann", day="2026-07-07")
        lia = self.logins["lia"]
        self.assertEqual(self.requests.with_user(lia).search([]), form)
        self.assertEqual(self.steps_made.with_user(lia).search([]).request_id, form)
        entries = self.env["attendance.request.entry"].with_user(lia)
        self.assertFalse(entries.search([("employee_id", "=", self.person.id)]))
        with self.assertRaises(AccessError):
            other.with_user(lia).read(["reason"])
        with self.assertRaises(AccessError):
            self.person.with_user(lia).read(["private_phone"])

    def test_the_form_opens_for_an_approver(self):
        self.new_rule("line_manager")
        form = self.file_as("ann").with_user(self.logins["lia"])
        self.env.invalidate_all()
        views = form.get_views([(False, "form")], {})
        names = views["models"]["attendance.request"]["fields"]
        asked = {name: {"fields": {"display_name": {}}} for name in names}
        (shown,) = form.web_read(asked)
        self.assertEqual(shown["employee_id"]["display_name"], "Ann")
        self.assertTrue(shown["may_decide"])

    def test_an_employee_files_in_the_form(self):
        self.new_rule("line_manager")
        requests = self.requests.with_user(self.ann)
        with Form(requests.with_context(default_kind="trip")) as form:
            form.date_from = MONDAY
            form.is_by_days = True
            form.companion_ids.add(
                self.env["hr.employee.public"].browse(self.people["bob"].id)
            )
        filed = form.record
        self.assertEqual(filed.employee_id.id, self.person.id)
        self.assertEqual(filed.companion_ids.mapped("name"), ["Bob"])
        self.assertEqual(filed.waits_for, "lia")

    def test_nobody_writes_what_is_decided(self):
        self.new_rule("line_manager")
        form = self.file_as("ann")
        sam = form.with_user(self.logins["sam"])
        for values in (
            {"state": "approved"}, {"needs_approval": False}, {"refusal": "X"},
        ):  # fmt: skip
            with self.subTest(values), self.assertRaises(AccessError):
                sam.write(values)
        step = form.sudo().approval_ids
        for command in (
            (1, step.id, {"state": "approved"}), (2, step.id, 0), (3, step.id, 0),
            (0, 0, {"state": "approved", "employee_id": self.person.id}), (5, 0, 0),
        ):  # fmt: skip
            with self.subTest(command), self.assertRaises(AccessError):
                with self.env.cr.savepoint():
                    sam.write({"approval_ids": [command]})
        for name in ("ann", "lia", "sam"):
            mine = step.with_user(self.logins[name])
            with self.subTest(name), self.assertRaises(AccessError):
                mine.write({"state": "approved"})
            with self.subTest(name), self.assertRaises(AccessError):
                mine.unlink()

    def test_nobody_files_what_is_approved_already(self):
        self.new_rule("line_manager")
        for state in ("approved", "refused", "cancelled"):
            with self.subTest(state), self.assertRaises(AccessError):
                self.file_as("ann", state=state)
        with self.assertRaises(AccessError):
            self.requests.with_user(self.ann).with_context(
                default_state="approved"
            ).create({"kind": "outing", "date_from": MONDAY})
        form = self.file_as("ann", needs_approval=False)
        self.assertTrue(form.needs_approval)

    def test_what_comes_along_with_a_call_has_no_say(self):
        self.new_rule(sequence=1, active=False)
        self.new_rule("line_manager", "store_manager", sequence=2)
        requests = self.requests.with_user(self.ann).with_context(
            default_state="open",
            default_decided_by_id=self.ann.id,
            default_user_id=self.ann.id,
            active_test=False,
        )
        form = requests.create(
            {"kind": "outing", "date_from": MONDAY, "state": "submitted"}
            | {"start_minutes": 600, "stop_minutes": 720}
        )
        self.assertEqual(
            self.steps(form), [(1, "open", ["lia"]), (2, "waiting", ["sam"])]
        )
        self.assertFalse(form.sudo().approval_ids.decided_by_id)
        self.assertEqual(self.asked(form), ["lia"])

    def test_a_refusal_dialog_decides_nothing_for_others(self):
        self.new_rule("line_manager")
        form = self.file_as("ann")
        dialog = self.env["attendance.request.refuse"].with_user(self.logins["sam"])
        wizard = dialog.create(
            {"approval_ids": form.sudo().approval_ids.ids, "reason": "X"}
        )
        with self.assertRaisesRegex(AccessError, "waits for lia"):
            wizard.action_refuse()
        with self.assertRaises(AccessError):
            wizard.with_user(self.logins["lia"]).read(["reason"])

    def test_own_requests_are_never_approved(self):
        rule = self.new_rule(
            {"approver": "logins", "user_ids": (self.ann | self.logins["lia"]).ids}
        )
        form = self.file_as("ann")
        self.assertEqual(self.asked(form), ["lia"])
        # Not even where the list of who decides was written by somebody.
        form.sudo().approval_ids.candidate_ids = self.ann
        with self.assertRaises(AccessError):
            self.approve(form, "ann")
        self.assertFalse(self.waiting_for("ann"))
        self.assertTrue(rule)

    def test_who_changes_rules(self):
        admin = self.new_user("settings")
        self.new_role({"settings": "view create edit"}, user_ids=admin)
        self.logins["settings"] = admin
        rules = self.env["attendance.request.rule"]
        rule = self.new_rule("line_manager")
        values = {"name": "New", "company_id": self.company.id}
        for call in (
            lambda n: rules.with_user(self.logins[n]).create(values),
            lambda n: rule.with_user(self.logins[n]).read(["name"]),
            lambda n: rule.step_ids.with_user(self.logins[n]).write({"sequence": 3}),
        ):
            self.assertEqual(self.who(call), {"settings"})


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestAttendanceRequestDelegation(ApprovalCommon):
    """Somebody decides for somebody else for some days."""

    def delegate(self, name, to, first="2026-07-20", last="2026-07-24", by=None):
        delegations = self.env["attendance.request.delegation"]
        return delegations.with_user(self.logins[by or name]).create(
            {
                "user_id": self.logins[name].id,
                "delegate_id": self.logins[to].id,
                "date_from": first,
                "date_to": last,
            }
        )

    def test_decides_and_says_for_whom(self):
        self.new_rule("line_manager")
        self.delegate("lia", "bob")
        form = self.file_as("ann")
        self.assertEqual(self.asked(form), ["bob", "lia"])
        self.assertEqual(self.waiting_for("bob"), form)
        self.approve(form, "bob")
        self.assertEqual(form.sudo().approval_ids.decided_by, "bob for lia")
        self.assertEqual(form.state, "approved")
        self.assertEqual(self.asked(form), [])

    def test_on_its_days_only(self):
        self.new_rule("line_manager")
        self.delegate("lia", "bob", "2026-07-21", "2026-07-22")
        self.file_as("ann")
        for now, may in (
            ("2026-07-20 15:59:59", False),
            ("2026-07-20 16:00:00", True),
            ("2026-07-22 15:59:59", True),
            ("2026-07-22 16:00:00", False),
        ):
            with self.subTest(now), freeze_time(now):
                self.logins["bob"].tz = "Asia/Shanghai"
                self.assertEqual(bool(self.waiting_for("bob")), may)

    def test_is_not_passed_on(self):
        self.new_rule("line_manager")
        self.delegate("lia", "bob")
        self.delegate("bob", "dan")
        form = self.file_as("ann")
        with self.assertRaises(AccessError):
            self.approve(form, "dan")

    def test_never_on_the_own_requests(self):
        self.new_rule("line_manager")
        self.delegate("lia", "ann")
        form = self.file_as("ann")
        self.assertEqual(self.asked(form), ["lia"])
        with self.assertRaises(AccessError):
            self.approve(form, "ann")

    def test_for_oneself_or_by_the_settings(self):
        with self.assertRaises(AccessError):
            self.delegate("lia", "bob", by="bob")
        self.new_role({"settings": "edit"}, user_ids=self.logins["dan"])
        made = self.delegate("lia", "bob", by="dan")
        with self.assertRaises(AccessError):
            made.with_user(self.logins["bob"]).write({"date_to": "2027-01-01"})
        made.with_user(self.logins["lia"]).write({"date_to": "2026-07-25"})
        with self.assertRaises(AccessError):
            made.with_user(self.logins["lia"]).write({"user_id": self.ann.id})
        with self.assertRaises(AccessError):
            made.with_user(self.logins["sam"]).read(["note"])

    def test_what_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "lia decides already"):
            self.delegate("lia", "lia")
        with self.assertRaisesRegex(ValidationError, "1 to 366 days"):
            self.delegate("lia", "bob", "2026-07-20", "2026-07-19")
