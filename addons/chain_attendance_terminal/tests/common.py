from datetime import datetime

from odoo.addons.chain_attendance_base.tests.common import AttendanceCommon

from ..models.attendance_punch import WirePunch


class TerminalCommon(AttendanceCommon):
    """Builders for tests with terminals and punches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.terminal = cls.new_terminal("1", "TESTSN0001")

    @classmethod
    def new_terminal(cls, code, serial_number, **values):
        vendors = cls.env["attendance.terminal"]._fields["vendor"]
        return cls.env["attendance.terminal"].create(
            {
                "code": code,
                "name": f"Terminal {code}",
                "serial_number": serial_number,
                "vendor": vendors._description_selection(cls.env)[0][0],
                "store_id": cls.store.id,
                "company_id": cls.company.id,
                **values,
            }
        )

    @classmethod
    def send(cls, code, *times, terminal=None, state_key=255):
        """Store punches as a terminal would send them; the number of new ones.

        :param times: ``"2026-03-10 08:30:00"``, on the terminal's own clock.
        """
        return cls.env["attendance.punch"]._store(
            terminal or cls.terminal,
            [
                WirePunch(
                    code, datetime.fromisoformat(at), state_key, 15, "", f"{code}\t{at}"
                )
                for at in times
            ],
            "push",
        )

    @classmethod
    def punches(cls, **equal):
        domain = [("terminal_id", "=", cls.terminal.id)]
        domain += [(name, "=", value) for name, value in equal.items()]
        return cls.env["attendance.punch"].search(domain, order="wall_time")
