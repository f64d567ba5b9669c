from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import ShiftCommon

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 8)
WEEK = [FIRST + timedelta(days=n) for n in range(7)]


class PublicationCommon(ShiftCommon):
    """Ann and Bob of one store, Far of another, and who plans the one store."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls.new_shift("Day", (510, 1050))
        cls.night = cls.new_shift("Night", (1320, 360))
        cls.boss = cls.new_employee("Boss")
        cls.ann = cls.new_employee("Ann")
        cls.bob = cls.new_employee("Bob", work_email="bob@example.com")
        cls.far = cls.new_employee("Far", store_id=cls.new_store("T2").id)
        for person in (cls.ann, cls.bob, cls.far):
            cls.roster(person, cls.day, "2026-01-01")
        cls.store.manager_id = cls.boss
        cls.planner = cls.new_user("planner", employee=cls.boss)
        cls.role = cls.new_role(
            {"rosters": "view create edit"}, scope="own_stores", user_ids=cls.planner
        )
        cls.clerk = cls.new_user("clerk", employee=cls.ann)
        cls.clerk.write({"email": "ann@example.com", "notification_type": "inbox"})
        cls.publications = cls.env["attendance.roster.publication"]
        cls.lines = cls.env["attendance.roster.publication.line"]

    def publish(self, *people, user=None, first=FIRST, last=LAST, note=False):
        people = [person.id for person in people or (self.ann, self.bob)]
        publications = self.publications.with_user(user or self.planner)
        return publications._publish(people, first, last, note)

    def notices(self):
        """``{partner: message}`` of the notices; they go out first."""
        self.send_notices()
        messages = self.sent("mail.message")
        return {message.partner_ids: message for message in messages}

    def send_notices(self):
        # A job commits its progress; a test must not.
        cron = self.env.registry["ir.cron"]
        with patch.object(cron, "_commit_progress", lambda *args, **kwargs: 0):
            self.lines._cron_send_notices()

    def sent(self, model):
        """Messages or mails of the notices, in their order."""
        about = [("model", "=", self.lines._name), ("res_id", "in", self.told().ids)]
        return self.env[model].search(about, order="id")

    def told(self):
        return self.lines.search([("company_id", "=", self.company.id)])

    def published(self):
        return self.publications.search([("company_id", "=", self.company.id)])


@tagged("post_install", "-at_install")
@freeze_time("2026-10-26 04:00:00")
class TestRosterPublication(PublicationCommon):
    """Publishing: who is told what, and that exactly."""

    def test_first_time_all_days_are_new(self):
        published = self.publish(note="Christmas is near.")
        self.assertEqual(published.company_id, self.company)
        self.assertEqual((published.people_count, published.change_count), (2, 14))
        self.assertEqual(published.create_uid, self.planner)
        line = published.line_ids.filtered(lambda line: line.employee_id == self.ann)
        self.assertEqual((line.new_count, line.changed_count), (7, 0))
        shifts = [self.day.id] * 5 + [0, 0]
        expected = {day.isoformat(): s for day, s in zip(WEEK, shifts, strict=True)}
        self.assertEqual(line.told, expected)
        self.assertEqual(line.changes, dict.fromkeys(expected))

    def test_told_is_the_latest(self):
        self.publish()
        self.override(self.ann, "2026-11-04", self.night)
        self.override(self.ann, "2026-11-05")
        told = self.publications._told(self.ann.ids, FIRST, LAST)
        self.assertEqual(set(told), {(self.ann.id, day) for day in WEEK})
        self.assertEqual(told[self.ann.id, date(2026, 11, 4)], self.day.id)
        self.publish(first=date(2026, 11, 3), last=date(2026, 11, 4))
        told = self.publications._told(self.ann.ids, FIRST, LAST)
        self.assertEqual(told[self.ann.id, date(2026, 11, 4)], self.night.id)
        self.assertEqual(told[self.ann.id, date(2026, 11, 5)], self.day.id)

    def test_again_tells_what_changed_and_nobody_else(self):
        self.publish()
        self.override(self.ann, "2026-11-04", self.night)
        line = self.publish().line_ids
        self.assertEqual(line.employee_id, self.ann)
        self.assertEqual(line.changes, {"2026-11-04": self.day.id})
        self.assertEqual((line.new_count, line.changed_count), (0, 1))
        with self.assertRaisesRegex(UserError, "Nothing is new or changed"):
            self.publish()

    def test_a_day_that_is_planned_no_more(self):
        self.publish()
        self.env["attendance.roster"].search(
            [("employee_id", "=", self.ann.id)]
        ).date_from = "2026-11-07"
        line = self.publish().line_ids
        self.assertEqual(line.changed_count, 5)
        self.assertIsNone(line.told["2026-11-02"])
        told = self.publications._told(self.ann.ids, FIRST, LAST)
        self.assertNotIn((self.ann.id, FIRST), told)

    def test_not_told_of_days_outside_of_employment(self):
        self.ann.leave_date = "2026-11-04"
        line = self.publish(self.ann).line_ids
        self.assertEqual(sorted(line.changes), [d.isoformat() for d in WEEK[:3]])

    def test_a_make_up_day_is_told_as_worked(self):
        calendar = self.env["attendance.holiday.calendar"].create(
            {"name": "Days", "company_id": self.company.id}
        )
        self.company.attendance_holiday_calendar_id = calendar
        self.env["attendance.holiday"].create(
            {
                "calendar_id": calendar.id,
                "name": "Swap",
                "date": "2026-11-07",
                "day_kind": "make_up_workday",
            }
        )
        line = self.publish(self.ann).line_ids
        self.assertEqual(line.told["2026-11-07"], self.day.id)
        self.assertIn("11/07/2026 Sat · Make-up Workday", line.summary)

    def test_at_most_62_days_in_their_order(self):
        self.publish(last=FIRST + timedelta(days=61))
        with self.assertRaisesRegex(UserError, "At most 62 days .* are 63"):
            self.publish(last=FIRST + timedelta(days=62))
        with self.assertRaisesRegex(UserError, "lies before the first"):
            self.publish(first=LAST, last=FIRST)
        with self.assertRaisesRegex(UserError, "Choose the people"):
            self.publications._publish([], FIRST, LAST)

    def test_one_publication_for_each_company(self):
        other = self.env["res.company"].create({"name": "Other Chain"})
        stranger = self.env["hr.employee"].create(
            {"name": "Eve", "company_id": other.id}
        )
        shift = self.day.copy({"company_id": other.id})
        self.roster(stranger, shift, "2026-01-01")
        people = (self.ann | stranger).ids
        published = self.publications.sudo()._publish(people, FIRST, LAST)
        self.assertEqual(published.company_id, self.company | other)
        self.assertEqual(published.line_ids.company_id, self.company | other)

    def test_bulk(self):
        """More people cost no more questions; lines and notices are made in batches."""
        people = self.env["hr.employee"].create(
            [
                {
                    "name": f"P{number}",
                    "company_id": self.company.id,
                    "work_email": f"p{number}@example.com",
                }
                for number in range(200)
            ]
        )
        self.env["attendance.roster"].create(
            [
                {
                    "employee_id": person.id,
                    "shift_id": self.day.id,
                    "date_from": "2026-01-01",
                }
                for person in people
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(45):
            published = self.publications.sudo()._publish(people.ids, FIRST, LAST)
            self.env.flush_all()
        self.assertEqual(len(published.line_ids), 200)
        with self.assertQueryCount(1):
            self.publications._told(people.ids, FIRST, LAST)


@tagged("post_install", "-at_install")
@freeze_time("2026-10-26 04:00:00")
class TestRosterNotice(PublicationCommon):
    """The notice: in the person's language, to the right address, from the company."""

    def test_who_is_written_to(self):
        self.publish(self.ann, self.bob)
        notices = self.notices()
        self.assertEqual(
            set(notices), {self.clerk.partner_id, self.bob.work_contact_id}
        )
        to_ann = notices[self.clerk.partner_id]
        self.assertEqual(to_ann.author_id, self.company.partner_id)
        self.assertEqual(to_ann.notification_ids.notification_type, "inbox")
        to_bob = notices[self.bob.work_contact_id]
        self.assertEqual(to_bob.notification_ids.notification_type, "email")
        self.assertEqual(self.told().mapped("notice"), ["sent"] * 2)

    def test_from_the_company(self):
        self.company.email = "chain@example.com"
        self.publish(self.bob)
        self.notices()
        mail = self.sent("mail.mail")
        self.assertEqual(mail.email_from, '"Test Chain" <chain@example.com>')
        self.assertEqual(mail.state, "outgoing")

    def test_nobody_to_write_to(self):
        self.bob.work_contact_id.email = False
        line = self.publish(self.bob).line_ids
        self.assertEqual(line.notice, "no_address")
        self.assertFalse(self.notices())

    def test_a_closed_login_is_not_written_to(self):
        self.clerk.active = False
        self.ann.work_contact_id.email = "ann@example.org"
        self.publish(self.ann)
        self.assertEqual(set(self.notices()), {self.ann.work_contact_id})

    def test_a_notice_goes_out_once(self):
        self.publish()
        self.assertEqual(len(self.notices()), 2)
        with self.assertRaises(UserError):
            self.publish()
        self.send_notices()
        self.assertEqual(len(self.sent("mail.message")), 2)

    def test_words_of_a_change(self):
        self.publish(self.ann)
        self.notices()
        self.override(self.ann, "2026-11-04", self.night)
        self.override(self.ann, "2026-11-07", self.day)
        self.publish(self.ann, note="Bob is <ill>.")
        self.send_notices()
        notice = self.sent("mail.message")[-1]
        self.assertEqual(
            notice.subject,
            "Your roster from 11/02/2026 to 11/08/2026: 2 days changed",
        )
        for text in (
            "Hello Ann",
            "Bob is &lt;ill&gt;.",
            "11/04/2026 Wed",
            "<s>Day 08:30 - 17:30</s>",
            "<b>Night 22:00 - 06:00</b>",
            "11/07/2026 Sat",
            "<s>Rest</s>",
            "Published by planner, Test Chain.",
        ):
            self.assertIn(text, notice.body)
        self.assertNotIn("11/05/2026", notice.body)

    def test_in_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.day.with_context(lang="zh_CN").name = "白班"
        self.clerk.lang = "zh_CN"
        self.publish()
        notices = self.notices()
        to_ann = notices[self.clerk.partner_id]
        self.assertIn("您的排班", to_ann.subject)
        self.assertIn("2026/11/02 周一", to_ann.body)
        self.assertIn("白班 08:30 - 17:30", to_ann.body)
        to_bob = notices[self.bob.work_contact_id]
        self.assertIn("11/02/2026 Mon", to_bob.body)
        self.assertIn("Day 08:30 - 17:30", to_bob.body)

    def test_hours_are_those_of_the_date(self):
        """A shift that starts later from the 5th on is told so."""
        words = "Day 08:30 - 17:30", "Day 09:00 - 17:30"
        later = [(1, self.day.timetable_ids.id, {"start_minutes": 540})]
        self.day.write({"change_from": "2026-11-05", "timetable_ids": later})
        summary = self.publish(self.ann).line_ids.summary
        for word in words:
            self.assertIn(word, summary)


@tagged("post_install", "-at_install")
@freeze_time("2026-10-26 04:00:00")
class TestRosterPublicationRights(PublicationCommon):
    """Who publishes, sees and confirms; nobody changes what was told."""

    def test_only_over_people_of_the_scope(self):
        with self.assertRaises(AccessError):
            self.publish(self.ann, self.far)
        self.assertFalse(self.published())
        self.role.scope = "all"
        self.assertTrue(self.publish(self.ann, self.far))

    def test_the_function_edit_is_needed(self):
        self.role.user_ids = False
        self.new_role({"rosters": "view create"}, scope="all", user_ids=self.planner)
        with self.assertRaises(AccessError):
            self.publish(self.ann)

    def test_who_sees_a_publication(self):
        near = self.publish(self.ann)
        far = self.publish(self.far, user=self.env.user)
        chief = self.new_user("chief", "chain_attendance_base.group_manager")
        for user, expected in (
            (self.planner, near),
            (self.clerk, near),
            (chief, near | far),
        ):
            of_company = [("company_id", "=", self.company.id)]
            seen = self.publications.with_user(user).search(of_company)
            self.assertEqual(seen, expected, user.name)
        with self.assertRaises(AccessError):
            far.with_user(self.planner).read(["note"])
        with self.assertRaises(AccessError):
            far.line_ids.with_user(self.clerk).read(["told"])

    def test_a_colleague_is_not_seen(self):
        published = self.publish()
        mine = self.lines.with_user(self.clerk).search([])
        self.assertEqual(mine.employee_id, self.ann)
        self.env.invalidate_all()
        self.assertEqual(published.with_user(self.clerk).line_ids, mine)

    def test_nobody_changes_or_deletes(self):
        published = self.publish(self.ann)
        chief = self.new_user("chief", "chain_attendance_base.group_manager")
        for user in (self.planner, self.clerk, chief):
            for records, values in (
                (published, {"note": "X"}),
                (published.line_ids, {"seen_at": "2026-10-26 04:00:00"}),
            ):
                records = records.with_user(user)
                with self.assertRaises(AccessError):
                    records.write(values)
                with self.assertRaises(AccessError):
                    records.unlink()
                with self.assertRaises(AccessError):
                    records.create({})

    def test_only_the_person_confirms(self):
        line = self.publish(self.ann).line_ids
        chief = self.new_user("chief", "chain_attendance_base.group_manager")
        for user in (self.planner, chief):
            with self.assertRaises(AccessError):
                line.with_user(user).action_seen()
        self.assertFalse(line.seen_at)
        line.with_user(self.clerk).action_seen()
        self.assertEqual(str(line.seen_at), "2026-10-26 04:00:00")
        self.assertEqual(line.publication_id.seen_count, 1)
        with freeze_time("2026-10-27 04:00:00"):
            line.with_user(self.clerk).action_seen()
        self.assertEqual(str(line.seen_at), "2026-10-26 04:00:00")

    def test_nobody_confirms_for_a_person_without_login(self):
        line = self.publish(self.bob).line_ids
        with self.assertRaises(AccessError):
            line.with_user(self.clerk).action_seen()


@tagged("post_install", "-at_install")
@freeze_time("2026-10-26 04:00:00")
class TestRosterPublish(PublicationCommon):
    """The dialog: what people would be told, before they are."""

    def wizard(self, *people, user=None, **values):
        wizards = self.env["attendance.roster.publish"].with_user(user or self.planner)
        return wizards.create(
            {
                "employee_ids": [person.id for person in people],
                "date_from": FIRST,
                "date_to": LAST,
                **values,
            }
        )

    def test_counts_and_lists(self):
        wizard = self.wizard(self.ann, self.bob)
        counts = wizard.people_count, wizard.new_count, wizard.changed_count
        self.assertEqual(counts, (2, 14, 0))
        self.publish()
        wizard = self.wizard(self.ann, self.bob)
        self.assertEqual(wizard.people_count, 0)
        self.override(self.ann, "2026-11-04", self.night)
        wizard = self.wizard(self.ann, self.bob)
        counts = wizard.people_count, wizard.new_count, wizard.changed_count
        self.assertEqual(counts, (1, 0, 1))
        for text in ("Ann", "11/04/2026 Wed", "Day 08:30 - 17:30", "Night 22:00"):
            self.assertIn(text, wizard.preview)
        self.assertNotIn("Bob", wizard.preview)

    def test_warns_of_conflicts_and_of_who_gets_nothing(self):
        self.bob.work_contact_id.email = False
        self.override(self.ann, "2026-11-03", self.night)
        wizard = self.wizard(self.ann, self.bob)
        self.assertEqual(wizard.conflicts, "Rest under 11 h: 1 days")
        self.assertIn("Bob", wizard.unreachable)
        self.assertNotIn("Ann", wizard.unreachable)

    def test_publish(self):
        self.wizard(self.ann, self.bob, note="Soon").action_publish()
        published = self.published()
        self.assertEqual((published.people_count, published.note), (2, "Soon"))

    def test_default_is_the_next_month(self):
        form = Form(self.env["attendance.roster.publish"].with_user(self.planner))
        self.assertEqual(str(form.date_from), "2026-11-01")
        self.assertEqual(str(form.date_to), "2026-11-30")
        form.employee_ids.add(self.env["hr.employee.public"].browse(self.ann.id))
        self.assertEqual((form.people_count, form.new_count), (1, 30))
        form.date_to = "2027-11-30"
        self.assertEqual(form.people_count, 0)

    def test_found_by_number_or_name(self):
        wizard = self.wizard(find_text="Ann, Bob, Far")
        wizard.action_find()
        self.assertEqual(sorted(wizard.employee_ids.mapped("name")), ["Ann", "Bob"])

    def test_a_plan_from_a_date_finds_people_without_hr_rights(self):
        plan = self.env["attendance.roster.plan"].with_user(self.planner).create({})
        plan.find_text = "Ann"
        plan.action_find()
        self.assertEqual(plan.employee_ids, self.ann)

    def test_opened_from_the_grid(self):
        wizards = self.env["attendance.roster.publish"].with_user(self.planner)
        for domain, ids, expected in (
            ([], False, ["Ann", "Bob", "Boss"]),
            ([("name", "=", "Ann")], False, ["Ann"]),
            ([], [self.bob.id, self.far.id], ["Bob"]),
        ):
            action = wizards.open_for(domain, "2026-11-02", "2026-11-08", ids)
            wizard = wizards.browse(action["res_id"])
            self.assertEqual(sorted(wizard.employee_ids.mapped("name")), expected)
            self.assertEqual((wizard.date_from, wizard.date_to), (FIRST, LAST))
        with self.assertRaises(AccessError):
            wizards.with_user(self.clerk).open_for([], "2026-11-02", "2026-11-08")

    def test_people_outside_of_the_scope(self):
        """They are neither described nor told, though somebody names them."""
        wizard = self.wizard(self.ann, self.far)
        self.assertEqual(wizard.people_count, 1)
        self.assertNotIn("Far", wizard.preview)
        with self.assertRaises(AccessError):
            wizard.action_publish()
