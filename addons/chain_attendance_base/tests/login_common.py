from odoo.fields import Command
from odoo.tests import Form

from .common import AttendanceCommon

PASSWORD = "Shanghai2026"


class LoginCommon(AttendanceCommon):
    """A clerk who sets the logins of one department, and people in and out of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sales, cls.office = cls.env["hr.department"].create(
            [
                {"name": name, "company_id": cls.company.id}
                for name in ("Sales", "Office")
            ]
        )
        cls.li = cls.new_employee(
            "Li",
            employee_number="E001",
            department_id=cls.sales.id,
            mobile_phone="+86 138-0000-1111",
        )
        cls.wang = cls.new_employee(
            "Wang",
            employee_number="E002",
            department_id=cls.sales.id,
            work_phone="5001",
        )
        cls.zhao = cls.new_employee(
            "Zhao", employee_number="E003", department_id=cls.office.id
        )
        cls.boss = cls.new_user("boss", "chain_attendance_base.group_manager")
        cls.clerk = cls.new_user("clerk")
        cls.clerk_role = cls.new_role(
            {
                "settings": "view edit",
                "rosters": "view create edit delete export",
                "reports": "view export",
            },
            name="Clerk",
            scope="departments",
            department_ids=cls.sales.ids,
            user_ids=cls.clerk,
        )
        cls.simple = cls.new_role(
            {"rosters": "view edit"}, name="Simple", scope="own_department"
        )
        cls.env.flush_all()

    @classmethod
    def wizard_form(cls, people, user=None):
        """The wizard as it opens from the list for these people."""
        context = {"active_model": "attendance.login", "active_ids": people.ids}
        model = cls.env["attendance.login.wizard"].with_user(user or cls.boss)
        return Form(model.with_context(**context))

    @classmethod
    def wizard_values(cls, people, **values):
        """What a hostile client would send to make a wizard for these people."""
        return {
            "line_ids": [
                Command.create({"row_id": person.id, "login": f"login{person.id}"})
                for person in people
            ],
            "login": f"login{people[:1].id}",
            "password": PASSWORD,
            "password_again": PASSWORD,
            **values,
        }

    @classmethod
    def give_login(cls, employee, user=None, **values):
        form = cls.wizard_form(employee, user)
        form.password = form.password_again = PASSWORD
        for name, value in values.items():
            setattr(form, name, value)
        form.save().action_apply()
        employee.invalidate_recordset()
        return employee.user_id

    def sign_in(self, user, password):
        return (
            self.env["res.users"]
            .with_user(user)
            ._check_credentials(
                {"type": "password", "login": user.login, "password": password},
                {"interactive": True},
            )
        )

    def audit_of(self, kind, since=0):
        return self.env["attendance.audit"].search(
            [("kind", "=", kind), ("id", ">", since)], order="id"
        )
