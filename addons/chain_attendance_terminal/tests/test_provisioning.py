import random

from odoo.tests import BaseCase

from ..provisioning import (
    ADMINISTRATOR,
    Difference,
    OnUnit,
    Person,
    applied,
    clean_text,
    difference,
    is_mass_removal,
    missing_room,
    orders,
)


def person(text):
    """``"7 Bo"``, ``"7 Bo 14"``: the code, whose number is the person's, the name."""
    code, name, *privilege = text.split()
    return Person(int(code), code, name, int(privilege[0]) if privilege else 0, "")


def wanted(*people):
    return {person(text).code: person(text) for text in people}


def ours(*people, is_kept=False):
    return {key: OnUnit(*who, True, is_kept) for key, who in wanted(*people).items()}


def theirs(*people):
    return {
        key: OnUnit(None, *who[1:], False, False)
        for key, who in wanted(*people).items()
    }


class TestDifference(BaseCase):
    """What a terminal lacks, and what is too much on it."""

    def check(self, want, there, **expected):
        found = difference(want, there)
        for name in Difference.__dataclass_fields__:
            keys = " ".join(sorted(getattr(found, name)))
            self.assertEqual(keys, expected.get(name, ""), name)
        return found

    def test_table(self):
        self.check({}, {})
        self.check(wanted("7 Bo"), {}, add="7")
        self.check(wanted("7 Bo"), ours("7 Bo"))
        self.check(wanted("7 Bob"), ours("7 Bo"), change="7")
        self.check(wanted("7 Bo 14"), ours("7 Bo"), change="7")
        self.check({}, ours("7 Bo"), remove="7")
        self.check({}, ours("7 Bo", is_kept=True), stays="7")
        self.check({}, theirs("9 Key"), unknown="9")
        # Entered at the keys, and now ours: sent once, with its own code.
        self.check(wanted("9 Key"), theirs("9 Key"), change="9")

    def test_another_person_behind_a_code_is_deleted_first(self):
        there = {"7": OnUnit(70, "7", "Al", 0, "", True, False)}
        found = self.check(wanted("7 Bo"), there, replace="7")
        self.assertEqual(
            [(o.kind, o.who.name) for o in orders(found, there)],
            [("delete", "Al"), ("put", "Bo")],
        )

    def test_the_terminal_s_own_way_of_writing_a_code(self):
        there = {"7": OnUnit(None, "007", "Bo", 0, "", False, False)}
        found = difference(wanted("7 Bo"), there)
        self.assertEqual(orders(found, there)[0].who.code, "007")
        there["7"] = there["7"]._replace(code="\t7")
        self.assertEqual(orders(found, there)[0].who.code, "7")

    def test_one_administrator_is_kept(self):
        there = ours("1 Al 14", "7 Bo 14", "8 Cy")
        self.check(wanted("8 Cy"), there, kept="1", remove="7")
        # Somebody else comes, so nobody need be kept.
        self.check(wanted("8 Cy 14"), there, change="8", remove="1 7")
        # The one who is wanted anyway stays administrator, with the new name.
        found = self.check(wanted("7 Bob"), there, kept="7", change="7", remove="1 8")
        self.assertEqual(found.change["7"].privilege, ADMINISTRATOR)
        self.assertEqual(found.change["7"].name, "Bob")
        # One whom the terminal's own people made is enough.
        self.check({}, {**ours("7 Bo 14"), **theirs("9 Key 14")},
                   remove="7", unknown="9")  # fmt: skip
        # Made administrator at the keys, and the only one.
        self.check(wanted("9 Key"), theirs("9 Key 14"), kept="9", change="9")

    def test_new_administrators_first_then_removals(self):
        there = ours("1 Al 14", "2 Di")
        found = difference(wanted("3 Ed", "4 Fay 14"), there)
        self.assertEqual(
            [(o.kind, o.key) for o in orders(found, there)],
            [("put", "4"), ("delete", "1"), ("delete", "2"), ("put", "3")],
        )

    def test_everything_again_and_only_some(self):
        there = ours("7 Bo", "8 Cy")
        self.assertEqual(
            list(difference(wanted("7 Bo"), there, everything=True).change), ["7"]
        )
        found = difference(wanted("7 Bo"), there, only={"7"})
        self.assertFalse(found)
        kept = ours("8 Cy", is_kept=True)
        self.assertEqual(list(difference({}, kept, all_removals=True).remove), ["8"])

    def test_applying_it_gives_what_is_wanted(self):
        """A thousand random states; unknown people stay, twice is once."""
        chance = random.Random(5)
        for number in range(1000):
            with self.subTest(number):
                want, there = self._world(chance)
                found = difference(want, there)
                after = applied(there, orders(found, there))
                self._check_after(want, there, found, after)
                self.assertFalse(difference(want, after))

    def _world(self, chance):
        codes = [str(code) for code in range(1, 12)]
        want, there = {}, {}
        for code in codes:
            right = chance.choice((0, 0, ADMINISTRATOR))
            name = chance.choice("AB")
            if chance.random() < 0.5:
                want[code] = Person(int(code), code, name, right, "")
            if chance.random() < 0.6:
                is_ours = chance.random() < 0.7
                owner = int(code) if chance.random() < 0.8 else 99
                there[code] = OnUnit(
                    owner if is_ours else None,
                    code,
                    chance.choice("AB"),
                    chance.choice((0, 0, ADMINISTRATOR)),
                    "",
                    is_ours,
                    is_ours and chance.random() < 0.2,
                )
        return want, there

    def _check_after(self, want, there, found, after):
        for key, who in want.items():
            if key in found.kept:
                self.assertEqual(after[key].privilege, ADMINISTRATOR)
                continue
            self.assertEqual(after[key][:5], who)
        for key in after.keys() - want.keys():
            self.assertTrue(
                not there[key].is_ours or there[key].is_kept or key in found.kept
            )
        for key, who in there.items():
            if not who.is_ours:
                self.assertIn(key, after)
        if any(who.privilege == ADMINISTRATOR for who in there.values()):
            self.assertTrue(
                any(who.privilege == ADMINISTRATOR for who in after.values())
            )
        self.assertLessEqual(len(found.kept), 1)

    def test_never_without_an_administrator_on_the_way(self):
        chance = random.Random(6)
        for _number in range(500):
            want, there = self._world(chance)
            if not any(w.privilege == ADMINISTRATOR for w in there.values()):
                continue
            state = there
            steps = orders(difference(want, there), there)
            for step in steps:
                state = applied(state, [step])
                following = steps[steps.index(step) + 1 :][:1]
                if following and following[0].key == step.key:
                    continue  # deleted to be sent again
                self.assertTrue(
                    any(w.privilege == ADMINISTRATOR for w in state.values())
                )


class TestLimits(BaseCase):
    def test_mass_removals(self):
        for removed, on_it, is_mass in [
            (0, 0, False),
            (5, 5, False),
            (6, 6, True),
            (6, 29, True),
            (6, 30, False),
            (20, 100, False),
            (21, 100, True),
        ]:
            with self.subTest(f"{removed} of {on_it}"):
                self.assertEqual(is_mass_removal(removed, on_it), is_mass)

    def test_room(self):
        more = difference(wanted("7 Bo", "8 Cy"), ours("1 Al"))
        self.assertEqual(missing_room(1, more, 2), 0)
        self.assertEqual(missing_room(1, more, 1), 1)
        self.assertEqual(missing_room(1, more, 0), 0)
        # Too full already, but nobody is added: that is allowed.
        self.assertEqual(missing_room(9, difference({}, ours("1 Al")), 2), 0)

    def test_hostile_text_becomes_one_line(self):
        self.assertEqual(clean_text(" Bo\tPri=14\r\nC:1:\x00X "), "Bo Pri=14 C:1: X")
        self.assertEqual(clean_text("陈 伟"), "陈 伟")
        self.assertEqual(clean_text(False), "")
