import os
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from odoo.addons.chain_attendance_terminal.tests.common import TerminalCommon

from ..guard import LOCAL_VARIABLE

# Every fake unit is on this machine.
LOCAL = patch.dict(os.environ, {LOCAL_VARIABLE: "1"})


def at(text):
    return datetime.fromisoformat(text)


class PullCommon(TerminalCommon):
    """A terminal that the server calls, and a unit that answers it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(LOCAL)
        cls.terminal = cls.new_pulled("21", "PULLSN0001")

    @classmethod
    def new_pulled(cls, code, serial_number, **values):
        return cls.new_terminal(
            code,
            serial_number,
            **{
                "vendor": "zkteco_pull",
                "ip_address": "127.0.0.1",
                "pull_timeout": 1,
                **values,
            },
        )

    def call(self, *units):
        """One run of the job, with every terminal at its unit's port.

        :param units: of ``self.terminal``, or pairs of a terminal and its unit.
        """
        for pair in units:
            terminal, unit = pair if isinstance(pair, tuple) else (self.terminal, pair)
            terminal.write({"pull_port": unit.port})
        self.run_job()

    def run_job(self):
        cron = type(self.env["ir.cron"])
        with (
            patch.object(cron, "_commit_progress", return_value=float("inf")),
            patch.object(cron, "_trigger"),
        ):
            self.env["attendance.terminal"]._cron_call()

    @contextmanager
    def told(self):
        """What is sent to the screens of logins meanwhile: ``[(login, message)]``."""
        heard = []

        def keep(user, _kind, message, **_options):
            heard.append((user.login, message))

        with patch.object(type(self.env["res.users"]), "_bus_send", keep):
            yield heard
