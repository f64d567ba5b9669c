import base64

from odoo.addons.chain_attendance_terminal.tests.common import TerminalCommon

DAY = "2026-03-09"
HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script>\'; DROP TABLE x; --'


def attlog(*punches, number=1):
    """A file as terminals write it, of ``(code, time)`` pairs."""
    return "".join(
        f"{code:>9}\t{DAY} {at}\t{number}\t0\t1\t0\r\n" for code, at in punches
    ).encode()


class UsbCommon(TerminalCommon):
    """Files of a stick through the wizard, as the screen does it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.new_employee("Ann", "1001")

    def upload(self, *files, user=None, **values):
        """The wizard with these ``(name, bytes)``, at its preview."""
        uploads = self.env["attendance.usb.upload"].with_user(user or self.env.user)
        upload = uploads.create(
            {
                **values,
                "file_ids": [
                    (0, 0, {"name": name, "content": base64.b64encode(content)})
                    for name, content in files
                ],
            }
        )
        upload.action_preview()
        return upload

    def kept(self, **equal):
        """What was kept of files of the test's company, the latest first."""
        domain = [("company_id", "=", self.company.id)]
        domain += [(name, "=", value) for name, value in equal.items()]
        return self.env["attendance.usb.file"].search(domain)

    def carry(self, *files, **values):
        """Import files; what was kept of them."""
        before = self.kept()
        self.upload(*files, **values).action_import()
        return (self.kept() - before).sorted("id")

    def counts(self, record):
        names = ("new", "known", "unknown", "aside", "unreadable", "heading")
        return {
            name: record[f"{name}_count"] for name in names if record[f"{name}_count"]
        }
