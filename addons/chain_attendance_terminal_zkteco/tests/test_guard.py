from odoo.tests import BaseCase, tagged

from ..guard import Trust, refusal
from ..messages import TerminalRequest, read_path
from ..visits import PAUSE_SECONDS, PER_ADDRESS, PER_SECOND, REMEMBERED, Visits

NOTHING = Trust(None, None, None, None, None)


def request(address="203.0.113.7", secret="", **query):
    return TerminalRequest("GET", "getrequest", query, b"", "", address, secret)


@tagged("post_install", "-at_install")
class TestGuard(BaseCase):
    def check(self, trust, asked, reason):
        self.assertEqual(refusal(NOTHING._replace(**trust), asked), reason)

    def test_nothing_set_asks_for_nothing(self):
        self.check({}, request(), None)

    def test_the_path_secret(self):
        held = {"path_secret": "shop-seven"}
        for secret, reason in (
            ("shop-seven", None),
            ("shop-eight", "path"),
            ("SHOP-SEVEN", "path"),
            ("", "path"),
        ):
            self.check(held, request(secret=secret), reason)

    def test_the_key_comes_by_either_name(self):
        held = {"communication_key": "88888888"}
        self.check(held, request(pushcommkey="88888888"), None)
        self.check(held, request(comkey="88888888"), None)
        for query in ({}, {"comkey": ""}, {"comkey": "8"}, {"key": "88888888"}):
            self.check(held, request(**query), "key")
        self.check(held, request(comkey="\ud800é"), "key")

    def test_addresses_and_networks_of_both_families(self):
        held = {
            "is_bound_to_address": True,
            "allowed_addresses": "203.0.113.7, 10.8.0.0/16,2001:db8::/32",
        }
        for address, reason in (
            ("203.0.113.7", None),
            ("203.0.113.8", "address"),
            ("10.8.255.255", None),
            ("10.9.0.0", "address"),
            ("2001:db8::1", None),
            ("2001:db9::1", "address"),
            ("::ffff:203.0.113.7", None),
            ("::ffff:203.0.113.8", "address"),
            ("", "address"),
            ("unix:", "address"),
        ):
            self.check(held, request(address), reason)
        self.check(held | {"is_bound_to_address": False}, request("1.1.1.1"), None)

    def test_paths_of_units_and_of_others(self):
        for path, place in (
            ("/iclock/cdata", ("cdata", "")),
            ("/iclock/CDATA.aspx", ("cdata", "")),
            ("//iclock//getrequest/", ("getrequest", "")),
            ("/ICLOCK/ping", ("ping", "")),
            ("/iclock", ("", "")),
            ("/iclock/a/b", ("a/b", "")),
            ("/shop-7/iclock/cdata", ("cdata", "shop-7")),
            ("/iclockwork", None),
            ("/web/login", None),
            ("/a/b/iclock/cdata", None),
            ("/a b/iclock/cdata", None),
            ("", None),
        ):
            with self.subTest(path):
                self.assertEqual(read_path(path), place)


@tagged("post_install", "-at_install")
class TestVisits(BaseCase):
    def setUp(self):
        super().setUp()
        self.now = 100.0
        self.visits = Visits(lambda: self.now)

    def test_the_same_serial_not_again_so_soon(self):
        self.assertTrue(self.visits.is_worth_writing("SAME", "A"))
        self.now += PAUSE_SECONDS - 0.5
        self.assertFalse(self.visits.is_worth_writing("SAME", "A"))
        self.now += 0.5
        self.assertTrue(self.visits.is_worth_writing("SAME", "A"))

    def test_a_flood_of_serials_is_bounded_in_writes_and_in_memory(self):
        taken = [
            self.visits.is_worth_writing(f"S{n:05d}", f"A{n}") for n in range(1000)
        ]
        self.assertEqual(sum(taken), PER_SECOND)
        for second in range(3 * REMEMBERED // PER_SECOND):
            self.now = 200.0 + second
            for number in range(PER_SECOND):
                self.visits.is_worth_writing(f"T{second}-{number}", f"A{number}")
        self.assertLessEqual(len(self.visits._last), REMEMBERED)

    def test_one_address_leaves_room_for_the_others(self):
        flood = [self.visits.is_worth_writing(f"S{n:05d}", "A") for n in range(1000)]
        self.assertEqual(sum(flood), PER_ADDRESS)
        self.assertTrue(self.visits.is_worth_writing("NEW1", "B"))
        self.now += 1
        self.assertTrue(self.visits.is_worth_writing("NEW2", "A"))
