from odoo.tests import BaseCase

from odoo.addons.chain_attendance_terminal.addresses import networks_of

from .. import guard
from ..const import PRIVATE_NETWORKS
from ..faults import UnitFault

EVERYTHING = "0.0.0.0/0"


class TestGuard(BaseCase):
    def why(self, address, networks=PRIVATE_NETWORKS, **options):
        try:
            guard.address_of(address, networks_of(networks), **options)
        except UnitFault as fault:
            return fault.reason
        return None

    def test_what_may_be_called(self):
        cases = [
            ("192.168.1.201", PRIVATE_NETWORKS, None),
            ("10.8.0.7", PRIVATE_NETWORKS, None),
            ("172.31.255.255", PRIVATE_NETWORKS, None),
            ("172.32.0.1", PRIVATE_NETWORKS, "address"),
            ("203.0.113.7", PRIVATE_NETWORKS, "address"),
            ("203.0.113.7", "203.0.113.0/24", None),
            ("192.168.1.201", "10.0.0.0/8", "address"),
            ("192.168.1.201", "", "address"),
            # Whatever a company writes there.
            ("127.0.0.1", EVERYTHING, "address"),
            ("169.254.169.254", EVERYTHING, "address"),
            ("224.0.0.1", EVERYTHING, "address"),
            ("0.0.0.0", EVERYTHING, "address"),
            ("255.255.255.255", EVERYTHING, "address"),
            ("240.0.0.1", EVERYTHING, "address"),
        ]
        for address, networks, reason in cases:
            with self.subTest(address=address, networks=networks):
                self.assertEqual(self.why(address, networks), reason)

    def test_only_addresses_are_called(self):
        for text in (
            "", None, "localhost", "terminal.example", "::1", "fd00::1", "0x7f000001",
            "2130706433", "127.1", "010.0.0.1", "192.168.1.201 ", "192.168.1.201:80",
            "192.168.1.201\n", "１９２.168.1.1", "::ffff:127.0.0.1",
        ):  # fmt: skip
            with self.subTest(text=text):
                self.assertEqual(self.why(text, EVERYTHING), "host")

    def test_the_machine_itself_only_where_the_server_allows_it(self):
        self.assertIsNone(self.why("127.0.0.1", is_local_allowed=True))
        for address in ("169.254.169.254", "224.0.0.1", "203.0.113.7"):
            self.assertEqual(self.why(address, is_local_allowed=True), "address")
