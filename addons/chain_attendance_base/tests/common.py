from odoo.addons.base.tests.common import BaseCommon


class AttendanceCommon(BaseCommon):
    """Builders for the tests of the family: a store, people, logins."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.tz = "Asia/Shanghai"
        cls.company = cls.env["res.company"].create({"name": "Test Chain"})
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=cls.company.ids)
        )
        cls.env.user.company_ids |= cls.company
        cls.store = cls.new_store("T001")

    @classmethod
    def new_store(cls, code, **values):
        return cls.env["attendance.store"].create(
            {
                "code": code,
                "name": f"Store {code}",
                "tz": "Asia/Shanghai",
                "company_id": cls.company.id,
                **values,
            }
        )

    @classmethod
    def make_places(cls):
        """``old``, ``new``, ``clerk``, ``driver``, ``second``: where people move."""
        cls.old, cls.new = cls.env["hr.department"].create(
            [{"name": name, "company_id": cls.company.id} for name in ("Old", "New")]
        )
        cls.clerk, cls.driver = cls.env["hr.job"].create(
            [
                {"name": name, "company_id": cls.company.id}
                for name in ("Clerk", "Driver")
            ]
        )
        cls.second = cls.new_store("T2")

    @classmethod
    def new_employee(cls, name, code=None, **values):
        """A person with a terminal user code that is valid since ever."""
        return cls.env["hr.employee"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "store_id": cls.store.id,
                "terminal_user_code": code,
                **values,
            }
        )

    @classmethod
    def new_role(cls, functions=None, **values):
        """A role with ``{area: "view edit ..."}``, over oneself by default."""
        users = values.pop("user_ids", None)
        role = cls.env["attendance.role"].create(
            {"name": "Role", "scope": "self", **values}
        )
        known = cls.env["res.groups"]._attendance_functions()
        role.sudo().group_id.implied_ids = [
            (4, known[area, operation].id)
            for area, operations in (functions or {}).items()
            for operation in operations.split()
        ]
        if users:
            role.user_ids = users
        return role

    @classmethod
    def new_user(cls, login, *groups, employee=None):
        """A login with these groups, on the test company only."""
        user = cls.env["res.users"].create(
            {
                "name": login,
                "login": login,
                "company_id": cls.company.id,
                "company_ids": [(6, 0, cls.company.ids)],
                "group_ids": [
                    (4, cls.env.ref(name).id) for name in ("base.group_user", *groups)
                ],
            }
        )
        if employee:
            employee.user_id = user
        return user
