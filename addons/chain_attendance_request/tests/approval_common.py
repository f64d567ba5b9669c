from odoo.fields import Command

from .common import RequestCommon

MONDAY = "2026-07-06"


class ApprovalCommon(RequestCommon):
    """Ann of a department and a store, with a login, below a line manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.new_user("ann", employee=cls.person)
        cls.people = {"ann": cls.person}
        cls.logins = {"ann": cls.ann}
        for name in ("lia", "dan", "top", "sam", "bob"):
            cls.people[name] = cls.new_employee(name.title())
            cls.logins[name] = cls.new_user(name, employee=cls.people[name])
        above, below = cls.env["hr.department"].create(
            [
                {"name": "Sales", "company_id": cls.company.id},
                {"name": "Shops", "company_id": cls.company.id},
            ]
        )
        below.parent_id = above
        above.manager_id = cls.people["top"]
        below.manager_id = cls.people["dan"]
        cls.departments = above | below
        cls.store.manager_id = cls.people["sam"]
        cls.person.write({"department_id": below.id, "parent_id": cls.people["lia"].id})
        cls.steps_made = cls.env["attendance.request.approval"]
        cls.to_decide = [("may_decide", "=", True)]

    @classmethod
    def new_rule(cls, *steps, **values):
        """``new_rule("line_manager", {"approver": "role", ...}, above_days=3)``."""
        return cls.env["attendance.request.rule"].create(
            {
                "name": "Rule",
                "company_id": cls.company.id,
                "step_ids": [
                    Command.create(
                        {"sequence": place}
                        | (step if isinstance(step, dict) else {"approver": step})
                    )
                    for place, step in enumerate(steps)
                ],
                **values,
            }
        )

    def file_as(self, name, kind="outing", day=MONDAY, **values):
        """What somebody files oneself, in the browser."""
        times = {"start_minutes": 600, "stop_minutes": 720}
        return (
            self.requests.with_user(self.logins[name])
            .create({"kind": kind, "date_from": day, **times, **values})
            .sudo(False)
        )

    def approve(self, record, name):
        record.with_user(self.logins[name]).action_approve_step()

    def refuse(self, record, name, reason="No"):
        wizard = record.with_user(self.logins[name]).action_refuse_step()
        self.answer(wizard, name, reason)

    def answer(self, action, name, reason):
        """Fill in the dialog that asks why."""
        dialog = self.env[action["res_model"]].with_user(self.logins[name])
        dialog = dialog.with_context(**action["context"])
        dialog.create({"reason": reason}).action_refuse()

    def asked(self, record):
        """Who has an activity to decide on it."""
        kind = "chain_attendance_request.mail_activity_type_approval"
        found = record.sudo().activity_search([kind])
        return sorted(found.user_id.mapped("login"))

    def steps(self, record):
        """``[(number, state, candidates)]``."""
        return [
            (step.number, step.state, sorted(step.candidate_ids.mapped("login")))
            for step in record.sudo().approval_ids
        ]

    def waiting_for(self, name):
        """What somebody finds under “To Approve”."""
        found = self.steps_made.with_user(self.logins[name]).search(self.to_decide)
        return found.sudo().request_id | self.requests
