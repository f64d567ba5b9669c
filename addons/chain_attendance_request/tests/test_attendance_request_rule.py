from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from ..models.attendance_request_rule import RuleFacts
from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestAttendanceRequestRule(ApprovalCommon):
    """Which rule decides, and whom its steps name."""

    def facts(self, kind="outing", leave_type=None, store=None, minutes=0, days=0):
        no_type = self.env["hr.leave.type"]
        return RuleFacts(
            kind, leave_type or no_type, store or self.store, minutes, days
        )

    def test_what_a_rule_fits(self):
        sick, other = self.leave_type("day"), self.leave_type("hour")
        far = self.new_store("T9")
        for values, facts, fits in (
            ({}, {"minutes": 1}, True),
            ({}, {"kind": "correction"}, True),
            ({"is_for_trip": True, "is_for_outing": True}, {}, True),
            ({"is_for_trip": True}, {}, False),
            ({"leave_type_ids": sick}, {"kind": "leave", "leave_type": sick}, True),
            ({"leave_type_ids": sick}, {"kind": "leave", "leave_type": other}, False),
            ({"leave_type_ids": sick}, {"kind": "trip"}, True),
            ({"store_ids": self.store}, {}, True),
            ({"store_ids": far}, {}, False),
            ({"above_hours": 2}, {"minutes": 120}, False),
            ({"above_hours": 2}, {"minutes": 121}, True),
            ({"above_hours": 2}, {"days": 1}, True),
            ({"above_hours": 48}, {"days": 2}, False),
            ({"above_days": 3}, {"days": 3}, False),
            ({"above_days": 3}, {"days": 3.5}, True),
            ({"above_days": 3}, {"minutes": 24 * 60}, False),
            ({"above_days": 1}, {"minutes": 25 * 60}, True),
            ({"above_hours": 2, "above_days": 3}, {"days": 2}, False),
            ({"above_hours": 2, "above_days": 3}, {"minutes": 150}, True),
            ({"above_hours": 2}, {"kind": "correction"}, False),
        ):
            rule = self.new_rule(**values)
            with self.subTest(values=values, facts=facts):
                self.assertEqual(bool(rule._first_fitting(self.facts(**facts))), fits)

    def test_the_first_that_fits_decides(self):
        self.new_rule("store_manager", sequence=20)
        self.new_rule("line_manager", sequence=5, is_for_trip=True)
        self.new_rule("department_manager", sequence=10, active=False)
        self.assertEqual(self.asked(self.file_as("ann")), ["sam"])
        trip = self.file_as("ann", "trip", is_by_days=True)
        self.assertEqual(self.asked(trip), ["lia"])

    def test_a_rule_without_steps_asks_nobody(self):
        self.new_rule(is_for_outing=True, sequence=1)
        self.new_rule("line_manager", sequence=2)
        self.assertFalse(self.file_as("ann").needs_approval)

    def test_rules_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.new_rule("line_manager", company_id=other.id)
        self.assertFalse(self.file_as("ann").needs_approval)

    def candidates(self, person, approver, **values):
        step = self.new_rule({"approver": approver, **values}).step_ids
        return sorted(step._candidates(self.people[person]).mapped("login"))

    def test_approvers(self):
        dan, lia = self.logins["dan"], self.logins["lia"]
        role = self.new_role(name="Approvers", user_ids=dan | self.ann)
        for person, approver, values, expected in (
            ("ann", "line_manager", {}, ["lia"]),
            ("bob", "line_manager", {}, []),
            ("bob", "line_manager", {"fallback_user_id": lia.id}, ["lia"]),
            ("ann", "department_manager", {}, ["dan"]),
            ("ann", "store_manager", {}, ["sam"]),
            ("ann", "logins", {"user_ids": (self.ann | lia).ids}, ["lia"]),
            ("ann", "role", {"role_id": role.id}, ["dan"]),
            ("bob", "role", {"role_id": role.id}, ["ann", "dan"]),
            ("sam", "store_manager", {}, []),
            ("sam", "store_manager", {"fallback_user_id": lia.id}, ["lia"]),
            ("lia", "store_manager", {"fallback_user_id": lia.id}, ["sam"]),
            ("ann", "logins", {"user_ids": self.ann.ids}, []),
        ):
            with self.subTest(person=person, approver=approver, values=values):
                self.assertEqual(self.candidates(person, approver, **values), expected)

    def test_the_nearest_department_manager_up_the_tree(self):
        above, below = self.departments
        self.people["dan"].department_id = below
        self.assertEqual(self.candidates("dan", "department_manager"), ["top"])
        below.manager_id = self.new_employee("No Login")
        self.assertEqual(self.candidates("ann", "department_manager"), ["top"])
        below.manager_id = False
        self.assertEqual(self.candidates("ann", "department_manager"), ["top"])
        self.people["top"].department_id = above
        self.assertEqual(self.candidates("top", "department_manager"), [])

    def test_who_left_does_not_decide(self):
        self.logins["lia"].active = False
        self.assertEqual(self.candidates("ann", "line_manager"), [])

    def test_who_does_not_work_in_the_company_does_not_decide(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.logins["lia"].write(
            {"company_ids": [(6, 0, other.ids)], "company_id": other.id}
        )
        self.assertEqual(self.candidates("ann", "line_manager"), [])

    def test_a_step_without_anybody_is_skipped(self):
        self.new_rule("line_manager", "store_manager")
        form = self.file_as("bob")
        self.assertEqual(self.steps(form), [(1, "open", ["sam"])])
        self.assertFalse(self.file_as("sam").needs_approval)

    def test_the_same_people_are_asked_once(self):
        self.store.manager_id = self.people["lia"]
        self.new_rule("line_manager", "store_manager", "department_manager")
        self.assertEqual(
            self.steps(self.file_as("ann")),
            [(1, "open", ["lia"]), (2, "waiting", ["dan"])],
        )

    def test_what_a_rule_may_not_say(self):
        for words, steps, values in (
            ("“Longer Than \\(Hours\\)”.*-1", [], {"above_hours": -1}),
            ("“Longer Than \\(Days\\)”.*366.*367", [], {"above_days": 367}),
            ("“Named Logins” needs something under “Logins”", ["logins"], {}),
            ("“Holders of a Role” needs something under “Role”", ["role"], {}),
        ):
            with (
                self.subTest(words),
                self.assertRaisesRegex(ValidationError, words),
                self.env.cr.savepoint(),
            ):
                self.new_rule(*steps, **values)

    def test_its_words(self):
        rule = self.new_rule(
            "line_manager", "store_manager",
            is_for_leave=True, is_for_trip=True, store_ids=self.store, above_days=2.5,
        )  # fmt: skip
        self.assertEqual(
            rule.condition, "Leave, Business Trip; [T001] Store T001; longer than 2.5 d"
        )
        self.assertEqual(rule.approvers, "Line Manager → Manager of the Store")
        self.assertEqual(self.new_rule().condition, "Any request")
