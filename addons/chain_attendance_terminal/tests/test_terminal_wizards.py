from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .test_terminal_run import RunCommon


class WizardCommon(RunCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_places()
        cls.far = cls.new_terminal("2", "TESTSN0002", store_id=cls.second.id)
        cls.cy = cls.new_employee(
            "Cy", "13", store_id=cls.second.id, department_id=cls.old.id
        )
        cls.user = cls.new_user("keeper")
        cls.store.timekeeper_ids = cls.user
        cls.assignments = cls.env["attendance.terminal.assignment"]

    def allow(self, employees="view"):
        return self.new_role(
            {"terminals": "view edit", "employees": employees},
            scope="own_stores",
            user_ids=self.user,
        )

    def as_user(self, model, **values):
        return self.env[model].with_user(self.user).create(values)

    def assigned(self, terminal):
        found = self.assignments.search([("terminal_id", "=", terminal.id)])
        return ", ".join(
            row.employee_id.name + (" 14" if row.is_administrator else "")
            for row in found
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestBind(WizardCommon):
    """Finding people and assigning them."""

    def wizard(self, **values):
        model = self.env["attendance.terminal.bind"].with_context(
            active_model="attendance.terminal", active_ids=self.terminal.ids
        )
        with Form(model) as form:
            for name, value in values.items():
                if name.endswith("_ids"):
                    for record in value:
                        getattr(form, name).add(record)
                else:
                    setattr(form, name, value)
        return form.record

    def found(self, **values):
        wizard = self.wizard(**values)
        wizard.action_find()
        return set(wizard.employee_ids.mapped("name"))

    def test_found_by_number_name_department_store_and_job(self):
        self.bo.job_id = self.driver
        self.ann.employee_number = "A100"
        self.bo.employee_number = "A200"
        below = self.env["hr.department"].create(
            {"name": "Below", "parent_id": self.old.id, "company_id": self.company.id}
        )
        self.ann.department_id = below
        self.assertEqual(self.found(employee_number="A1"), {"Ann"})
        self.assertEqual(self.found(employee_number="A100， A200,"), {"Ann", "Bo"})
        self.assertEqual(self.found(name="cy"), {"Cy"})
        self.assertEqual(self.found(department_ids=self.old), {"Ann", "Cy"})
        self.assertEqual(self.found(store_ids=self.second), {"Cy"})
        self.assertEqual(self.found(job_ids=self.driver), {"Bo"})
        self.assertEqual(
            self.found(department_ids=self.old, store_ids=self.second), {"Cy"}
        )
        with self.assertRaisesRegex(UserError, "Nobody fits"):
            self.found(name="%_nobody")

    def test_assign_twice_and_end(self):
        wizard = self.wizard(name="Cy")
        wizard.action_find()
        wizard.action_apply()
        wizard.is_administrator = True
        wizard.action_apply()
        self.assertEqual(self.assigned(self.terminal), "Cy 14")
        wizard.operation = "end"
        wizard.action_apply()
        self.assertEqual(self.assigned(self.terminal), "")

    def test_then_send(self):
        wizard = self.wizard(name="Cy")
        with self.assertRaisesRegex(UserError, "people first"):
            wizard.action_apply_and_send()
        wizard.action_find()
        action = wizard.action_apply_and_send()
        self.assertEqual(action["context"]["active_ids"], self.terminal.ids)

    def test_misuse(self):
        self.allow()
        bind = "attendance.terminal.bind"
        mine = {"terminal_ids": self.terminal.ids, "employee_ids": self.ann.ids}
        self.as_user(bind, **mine).action_apply()
        self.assertEqual(self.assigned(self.terminal), "Ann")
        found = self.as_user(bind, terminal_ids=self.terminal.ids)
        found.action_find()
        self.assertEqual(set(found.employee_ids.mapped("name")), {"Ann", "Bo"})
        for forged in (
            {**mine, "terminal_ids": self.far.ids},
            {**mine, "terminal_ids": (self.terminal | self.far).ids},
            {**mine, "employee_ids": self.cy.ids},
        ):
            with self.assertRaises(AccessError):
                self.as_user(bind, **forged).action_apply()
        with self.assertRaises(AccessError):
            self.as_user(
                bind,
                terminal_ids=self.far.ids,
                employee_ids=self.ann.ids,
                operation="end",
            ).action_apply()
        self.assertEqual(self.assigned(self.far), "")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestPersonSend(WizardCommon):
    """Single people, and administrators."""

    def send(self, people, terminals=None, **values):
        wizard = self.env["attendance.terminal.person.send"].create(
            {
                "employee_ids": people.ids,
                "terminal_ids": (terminals or self.terminal).ids,
                **values,
            }
        )
        return wizard.action_send()

    def test_only_these_people_and_always(self):
        self.fill(0)
        self.new_employee("Di", "14")
        self.send(self.ann)
        self.assertEqual(self.waiting(), "user_put 11")
        run = self.open().run_id
        self.assertEqual((run.kind, run.change_count), ("person", 1))
        self.assertEqual(self.assigned(self.terminal), "")
        self.send(self.bo)
        self.assertEqual(self.waiting(), "user_put 11, user_put 12")
        self.send(self.ann)
        self.assertEqual(self.waiting(), "user_put 12, user_put 11")

    def test_whom_it_does_not_serve_is_assigned(self):
        self.send(self.ann | self.cy, self.terminal | self.far)
        self.assertEqual(self.assigned(self.terminal), "Cy")
        self.assertEqual(self.assigned(self.far), "Ann")
        self.assertEqual(self.waiting(self.far), "user_put 11, user_put 13")

    def test_set_and_unset_as_administrator(self):
        self.send(self.ann, administrator="set")
        self.assertEqual(self.open().values["privilege"], 14)
        self.answer()
        self.assertEqual(self.on_it(), "11 Ann 14")
        with self.assertRaisesRegex(UserError, "only administrator"):
            self.send(self.ann, administrator="unset")
        self.send(self.bo, administrator="set")
        self.answer()
        self.send(self.ann, administrator="unset")
        self.assertEqual(self.open().values["privilege"], 0)
        self.answer()
        self.assertEqual(self.on_it(), "11 Ann, 12 Bo 14")
        self.assertEqual(self.assigned(self.terminal), "Ann, Bo 14")

    def test_who_cannot_be_sent(self):
        self.cy.terminal_code_ids.unlink()
        with self.assertRaisesRegex(UserError, "cannot be sent: Cy"):
            self.send(self.cy)
        self.bo.leave_date = "2026-03-09"
        with self.assertRaisesRegex(UserError, "cannot be sent: Bo"):
            self.send(self.ann | self.bo)
        self.assertEqual(self.waiting(), "")

    def test_misuse(self):
        self.allow()
        model = "attendance.terminal.person.send"
        mine = {"terminal_ids": self.terminal.ids, "employee_ids": self.ann.ids}
        self.as_user(model, **mine, administrator="set").action_send()
        for forged, error in (
            ({**mine, "terminal_ids": self.far.ids}, AccessError),
            ({**mine, "employee_ids": self.cy.ids}, (UserError)),
        ):
            with self.assertRaises(error):
                self.as_user(model, **forged).action_send()
        self.assertFalse(self.open(self.far))


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestCopy(WizardCommon):
    """The people of one terminal on another."""

    def copy_people(self, source, targets):
        wizard = self.env["attendance.terminal.copy"].create(
            {"source_id": source.id, "terminal_ids": targets.ids}
        )
        return wizard.action_copy()

    def test_they_are_assigned_and_sent(self):
        action = self.copy_people(self.terminal, self.far)
        self.assertEqual(self.assigned(self.far), "Ann, Bo")
        send = self.env[action["res_model"]].with_context(**action["context"])
        wizard = Form(send).save()
        self.assertEqual(wizard.line_ids.add_count, 3)
        wizard.action_send()
        self.assertEqual(self.open(self.far).run_id.kind, "copy")
        self.assertEqual(self.assigned(self.terminal), "")

    def test_misuse(self):
        with self.assertRaisesRegex(UserError, "at least one"):
            self.copy_people(self.terminal, self.terminal)
        self.allow()
        for source, target in ((self.far, self.terminal), (self.terminal, self.far)):
            with self.assertRaises(AccessError):
                self.as_user(
                    "attendance.terminal.copy",
                    source_id=source.id,
                    terminal_ids=target.ids,
                ).action_copy()
        # The own terminals, but people whom the login does not see.
        near = self.new_terminal("3", "TESTSN0003")
        self.assignments.create(
            {"terminal_id": self.terminal.id, "employee_id": self.cy.id}
        )
        with self.assertRaises(AccessError):
            self.as_user(
                "attendance.terminal.copy",
                source_id=self.terminal.id,
                terminal_ids=near.ids,
            ).action_copy()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestOwnWizards(WizardCommon):
    """What one login sees before it decides is not for another one."""

    def test_every_wizard_has_a_rule_of_its_own(self):
        modules = self.env["ir.module.module"].search(
            [
                ("name", "=like", "chain_attendance_terminal%"),
                ("state", "=", "installed"),
            ]
        )
        for name, model in self.env.registry.items():
            if not model._transient or model._original_module not in modules.mapped(
                "name"
            ):
                continue
            with self.subTest(model=name):
                rules = self.env["ir.rule"].search([("model_id.model", "=", name)])
                self.assertIn("create_uid", "".join(rules.mapped("domain_force")))

    def test_the_people_of_a_preview_are_for_who_made_it(self):
        self.allow()
        admin = self.env["attendance.terminal.send"].with_context(
            active_model="attendance.terminal", active_ids=self.far.ids
        )
        wizard = admin.create({})
        self.assertIn("Cy", wizard.person_ids.mapped("name"))
        theirs = self.env["attendance.terminal.send.person"].with_user(self.user)
        self.assertFalse(theirs.search([("wizard_id", "=", wizard.id)]))
        with self.assertRaises(AccessError):
            wizard.person_ids.with_user(self.user).read(["name", "user_code"])
