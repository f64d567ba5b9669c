from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from odoo.addons.chain_attendance_terminal.tests.common import TerminalCommon

from .. import handler, wire
from ..messages import TerminalRequest

AT = "2026-03-10 09:10:02"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestHandlerUploads(TerminalCommon):
    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()

    def ask(self, method, verb, body=b"", **query):
        self.env.flush_all()
        reply = handler.answer(
            self.env.registry,
            TerminalRequest(
                method, verb, {"sn": "TESTSN0001", **query}, body, "", "10.0.0.9"
            ),
        )
        self.env.invalidate_all()
        return reply.status, reply.text

    def upload(self, table, text, **query):
        return self.ask("POST", "cdata", text.encode(), table=table, **query)

    def rejects(self):
        domain = [("terminal_id", "=", self.terminal.id)]
        return self.env["attendance.punch.reject"].search(domain)

    def events(self):
        domain = [("terminal_id", "=", self.terminal.id)]
        return self.env["attendance.terminal.event"].search(domain)

    def test_a_mixed_log_is_counted_whole(self):
        body = (
            f"OPLOG 4\t1\t{AT}\t0\t0\t0\t0\r\nUSER PIN=1\tName=x\tPasswd=314159\n"
            "FP PIN=1\tFID=6\tTMP=AAAA\nrubbish\nUSER Passwd=314159"
        )
        for table in ("OPERLOG", "operlog", "OperLog"):
            self.assertEqual(self.upload(table, body), (200, "OK: 5\n"))
        self.assertEqual(self.events().operation, 4)
        self.assertEqual(self.events().operator_code, "1")
        self.assertEqual(
            sorted(self.rejects().mapped("raw_line")), ["USER Passwd=", "rubbish"]
        )
        self.assertEqual(self.upload("OPERLOG", ""), (200, "OK: 0\n"))

    def test_answers_of_every_table(self):
        for table in ("BIODATA", "IDCARD", "USERINFO", "FINGERTMP", "FACE"):
            with self.subTest(table):
                self.assertEqual(self.upload(table, "PIN=1\tA=b\nx\n")[1], "OK: 2\n")
        self.assertEqual(self.upload("ERRORLOG", "ErrCode=1\tErrMsg=x"), (200, "OK"))
        self.assertEqual(self.upload("ATTPHOTO", "x"), (200, "OK"))
        self.assertEqual(self.ask("POST", "fdata", b"x"), (200, "OK"))

    def test_nothing_secret_is_kept_of_an_unknown_table(self):
        self.upload("nosuch", "user Pin=1\tPasswd=314159\tName=x\nPassword=271828")
        self.assertEqual(
            self.rejects().raw_line, "user Pin=1\tPasswd=\tName=x\nPassword="
        )

    def test_people_of_the_unit_are_told_and_never_created(self):
        told = []
        users = type(self.env["attendance.terminal.user"])
        people = self.env["hr.employee"].search_count([])

        def note(_self, terminal, rows):
            told.append((terminal.id, rows))

        with patch.object(users, "_note_reported", note, create=True):
            self.upload("OPERLOG", "USER PIN=7\tName=Bo\tPri=14\tCard=5")
            self.upload("USERINFO", "PIN=8\tName=\tPri=0")
            self.upload("FACE", "PIN=9\tFID=0")
        self.assertEqual(
            [rows for _terminal, rows in told],
            [
                [{"code": "7", "name": "Bo", "privilege": 14, "card": "5"}],
                [{"code": "8", "name": "", "privilege": 0, "card": ""}],
            ],
        )
        self.assertEqual({terminal for terminal, _rows in told}, {self.terminal.id})
        self.assertEqual(self.env["hr.employee"].search_count([]), people)

    def test_the_stamps_come_back_by_table(self):
        self.upload("OPERLOG", "", opstamp="88")
        self.upload("BIODATA", "", stamp="99")
        text = self.ask("GET", "cdata", options="all")[1]
        for line in ("OPERLOGStamp=88", "OpStamp=88", "BIODATAStamp=99", "Stamp=None"):
            self.assertIn(f"\n{line}\n", text)

    def test_what_the_unit_says_of_itself(self):
        self.upload("options", "~DeviceName=Demo,UserCount=3,~MaxUserCount=30")
        terminal = self.terminal
        self.assertEqual(terminal.model_name, "Demo")
        self.assertEqual(terminal.capacity_users, 3000)
        self.assertEqual(terminal.unit_options["UserCount"], "3")
        self.ask("GET", "getrequest", info="Ver 9,4,5,600,10.0.0.1,10")
        self.assertEqual(terminal.firmware, "Ver 9")
        self.assertEqual((terminal.unit_users, terminal.unit_punches), (4, 600))
        self.assertEqual(str(terminal.unit_info_at), "2026-03-10 10:00:00")

    def test_the_clock_is_noted_with_the_punches(self):
        self.upload("ATTLOG", "1\t2026-03-10 18:00:30\t0\t1\n", stamp="9999")
        self.assertEqual(self.terminal.clock_offset_seconds, 30)

    def test_no_year_makes_the_unit_come_again(self):
        self.store.tz = "America/New_York"
        for at in ("0001-01-01 00:00:00", "9999-12-31 23:59:59"):
            self.assertEqual(
                self.upload("OPERLOG", f"OPLOG 24\t1\t{at}"), (200, "OK: 1\n")
            )
            self.terminal._note_clock([wire.read_time(at)])
