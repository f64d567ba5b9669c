from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..const import ALPHABET, MOST_WRONG_ANSWERS
from ..models.attendance_personal_link import digest
from .common import NUMBER, LinkCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestAttendancePersonalLink(LinkCommon):
    """Making, using and closing a link."""

    def by(self, token):
        return self.links.sudo()._by_token(token)

    def test_a_new_link(self):
        link, token = self.make()
        self.assertEqual(len(token), 28)
        self.assertLessEqual(set(token), set(ALPHABET))
        self.assertEqual(str(link.date_to), "2027-01-16")
        self.assertEqual(link.create_uid, self.env.user)
        self.assertEqual(link.state, "in_force")
        self.assertEqual(self.by(token), link)

    def test_only_a_digest_is_kept(self):
        link, token = self.make()
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT row_to_json(l)::text FROM attendance_personal_link l WHERE id = %s",
            [link.id],
        )
        ((row,),) = self.env.cr.fetchall()
        self.assertNotIn(token, row)
        self.assertIn(digest(token), row)

    def test_words_as_people_type_them(self):
        link, token = self.make()
        for typed in (
            token.upper(),
            f" {token[:4]} {token[4:]} ",
            f"{token[:4]}-{token[4:]}",
        ):
            with self.subTest(typed):
                self.assertEqual(self.by(typed), link)
        for typed in (token[:-1], token + "2", "", None, digest(token)):
            with self.subTest(typed):
                self.assertFalse(self.by(typed))

    def test_a_new_one_closes_the_old(self):
        old, old_token = self.make()
        new, token = self.make()
        self.assertFalse(self.by(old_token))
        self.assertEqual(self.by(token), new)
        self.assertEqual((old.state, old.closed_why), ("closed", "replaced"))
        self.assertEqual(old.revoked_by_id, self.env.user)

    def test_one_in_force_for_each_person(self):
        link, _token = self.make()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            link.sudo().copy({"token_hash": "0"}).flush_recordset()

    def test_revoked(self):
        link, token = self.make()
        link.action_revoke()
        self.assertFalse(self.by(token))
        self.assertEqual(link.closed_why, "revoked")
        self.make()
        link.action_revoke()
        self.assertEqual(link.closed_why, "revoked")

    def test_the_last_day(self):
        self.company.attendance_link_days = 3
        link, token = self.make()
        with freeze_time("2026-07-23 04:00:00"):
            self.assertEqual(self.by(token), link)
        with freeze_time("2026-07-24 04:00:00"):
            self.assertFalse(self.by(token))
            link.invalidate_recordset()
            self.assertEqual(link.state, "expired")

    def test_who_is_archived_is_out_and_does_not_come_back(self):
        link, token = self.make()
        self.person.action_archive()
        self.assertFalse(self.by(token))
        self.assertEqual(link.closed_why, "left")
        self.person.action_unarchive()
        self.assertFalse(self.by(token))

    def test_who_left_is_out_at_once(self):
        link, token = self.make()
        self.person.leave_date = "2026-07-19"
        self.assertFalse(self.by(token))
        self.assertEqual(link.closed_why, "left")

    def test_the_last_day_of_the_employment(self):
        link, token = self.make()
        self.person.leave_date = "2026-07-20"
        self.assertEqual(self.by(token), link)
        with freeze_time("2026-07-21 04:00:00"):
            self.assertFalse(self.by(token))
            self.assertFalse(link.closed_why)
            self.links._cron_close()
        self.assertEqual(link.closed_why, "left")

    def test_another_company(self):
        link, token = self.make()
        other = self.env["res.company"].create({"name": "Other Chain"})
        self.env.user.company_ids |= other
        link.sudo().company_id = other
        self.assertFalse(self.by(token))
        self.links._cron_close()
        self.assertEqual(link.closed_why, "moved")

    def test_who_gets_none(self):
        self.person.leave_date = "2026-07-19"
        with self.assertRaisesRegex(UserError, "has left gets no personal link: Ann"):
            self.make()

    def test_the_question(self):
        link, _token = self.make()
        link = link.sudo()
        for answer, is_right in (
            (NUMBER, True), (" a7001 ", True), ("A7002", False), ("", False),
            (None, False),
        ):  # fmt: skip
            with self.subTest(answer):
                self.assertEqual(link._is_answer(answer), is_right)

    def test_the_question_for_the_telephone(self):
        self.company.attendance_link_question = "phone"
        with self.assertRaisesRegex(UserError, "telephone number first: Ann"):
            self.make()
        self.person.mobile_phone = "+86 139 0000 1234"
        link = self.make()[0].sudo()
        self.assertTrue(link._is_answer("1234"))
        self.assertFalse(link._is_answer(NUMBER))
        self.assertFalse(link._is_answer("0000"))

    def test_no_question(self):
        self.company.attendance_link_question = "none"
        self.assertIsNone(self.links._answers(self.person))
        self.assertFalse(self.make()[0].sudo()._is_answer(""))

    def test_too_many_wrong_answers_close_it(self):
        link, token = self.make()
        for number in range(MOST_WRONG_ANSWERS - 1):
            self.assertFalse(link.sudo()._is_answer(str(number)))
        self.assertEqual(self.by(token), link)
        link.sudo()._is_answer("X")
        self.assertFalse(self.by(token))
        self.assertEqual(link.closed_why, "answers")

    def test_a_right_answer_clears_the_wrong_ones(self):
        link, token = self.make()
        for _round in range(2):
            for number in range(MOST_WRONG_ANSWERS - 1):
                link.sudo()._is_answer(str(number))
            self.assertTrue(link.sudo()._is_answer(NUMBER))
        self.assertEqual(self.by(token), link)

    def test_limits_of_the_settings(self):
        for days in (0, -1, 731):
            with (
                self.subTest(days),
                self.assertRaisesRegex(ValidationError, "1 to 730 days"),
            ):
                self.company.attendance_link_days = days

    def test_on_the_form_of_the_person(self):
        self.assertEqual(self.person.personal_link_state, "None")
        link, _token = self.make()
        self.person.invalidate_recordset()
        self.assertEqual(self.person.personal_link_state, "2027-01-16")
        action = self.person.action_personal_links()
        self.assertEqual(self.links.search(action["domain"]), link)
        maker = self.env["attendance.personal.link.maker"]
        maker = maker.with_context(**action["context"]).create({})
        self.assertEqual(maker.employee_ids, self.person)
