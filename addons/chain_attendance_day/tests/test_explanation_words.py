import ast
import inspect
import re
from pathlib import Path

from odoo.tests import freeze_time, tagged

from odoo.addons import chain_attendance_engine as engine

from ..models.day_teller import Teller
from .explanation_common import ExplanationCommon

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SPAN = (engine.Span(29_540_000, 29_540_030),)
GAP = {"spans": SPAN, "minutes": 30, "grace": 5, "limit": 30}
# Figures of every code, so that each sentence of it is told once.
TRACES = {
    "roster": [
        {"source": source, "key": key, "shift": shift, "day_kind": kind}
        for source in engine.RosterSource
        for key in (1, -1)
        for shift in (1, None)
        for kind in engine.DayKind
    ],
    "recognition": [{"fits": ()}, {"fits": (1, 2)}],
    "window": [{"spans": SPAN}, {"spans": ()}],
    "stretch": [{"start": SPAN[0].start, "stop": SPAN[0].stop}],
    "missing": [
        {"end": end, "at": SPAN[0].start, "fill": fill.value, "minutes": 20}
        for end in ("in", "out")
        for fill in engine.MissingEnd
    ],
    "elastic": [
        {"first_in": SPAN[0].stop, "start": SPAN[0].start, "move": move}
        for move in (-30, 0, 30)
    ],
    "gap": [
        {**GAP, "kind": kind, "counted": counted, "limit": limit}
        for kind, counts in {
            "start": ("grace", "late", "absent"),
            "after_cover": ("grace", "late", "absent"),
            "end": ("grace", "early", "absent"),
            "before_cover": ("grace", "early", "absent"),
            "between": ("absent",),
            "no_punch": ("absent",),
            "whole": ("absent",),
        }.items()
        for counted in counts
        for limit in (30, None)
    ],
    "piece": [
        {"start": SPAN[0].start, "stop": SPAN[0].stop, "due": 30, "worked": 20,
         "late": 4, "early": 3, "absent": 3}
    ],
    "break_credit": [{"present": 240, "beyond": 360, "minutes": 60, "credited": 60}],
    "below_percent": [{"worked": 90, "due": 540, "percent": 50}],
    "flexible": [{"due": 480, "present": 420, "worked": 420, "absent": 60}],
    "leave": [{"key": 1, "minutes": 240, "days": days} for days in (0, 1)],
    "cover": [
        {"key": 1, "kind": kind, "minutes": 60, "days": days}
        for kind in (
            engine.RequestKind.OUTING,
            engine.RequestKind.TRIP,
            engine.RequestKind.LEAVE,
        )
        for days in (0, 1)
    ],
    "overtime": [
        {"mode": mode, "kind": kind, "claimed": 240, "net": 210, "automatic": 160,
         "raw": 160, "rest": rest, "least": 30, "unit": 30, "recognised": 150}
        for mode in engine.OvertimeMode
        for kind in engine.OvertimeKind
        for rest in (0, 30)
    ],
    "in_progress": [{"until": SPAN[0].stop}],
}  # fmt: skip
EXCEPTIONS = {
    engine.ExceptionKind.OVERTIME_KIND_DIFFERS: {
        "claimed": engine.OvertimeKind.WORKDAY,
        "kind": engine.OvertimeKind.HOLIDAY,
    },
    engine.ExceptionKind.LEAVE_AMOUNT_DIFFERS: {
        "unit": "days",
        "typed": 2,
        "taken": 1,
    },
}


def codes_of_the_engine():
    """Every code that the engine's source hands to ``explain``."""
    codes = set()
    for path in Path(inspect.getfile(engine)).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and (
                getattr(node.func, "attr", "") == "explain" and node.args
            ):
                codes.add(ast.literal_eval(node.args[0]))
    return codes


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestExplanationWords(ExplanationCommon):
    """Whatever the engine says has a sentence, in both languages."""

    def teller(self, lang, **policy):
        roster = engine.RosterDay(
            engine.minute_at(SPAN[0].start).date(),
            engine.minute_at(0).tzinfo,
            engine.Policy(**policy),
        )
        env = self.env(context={"lang": lang})
        return Teller(env, engine.DayInput(roster), lambda kind, key: str(key))

    def assert_words(self, lang, text, message):
        self.assertTrue(text, message)
        self.assertEqual(bool(CHINESE.search(text)), lang == "zh_CN", message)
        self.assertNotIn("%(", text)

    def test_every_code_of_the_engine_has_its_sentence(self):
        self.assertEqual(set(TRACES), codes_of_the_engine())
        for lang in ("en_US", "zh_CN"):
            for excess in (False, True):
                teller = self.teller(lang, counts_only_excess=excess)
                for code, lines in TRACES.items():
                    for figures in lines:
                        line = engine.TraceLine(code, tuple(figures.items()))
                        told = teller.tell(line)
                        self.assertTrue(told, line)
                        for text in told:
                            self.assert_words(lang, text, line)

    def test_every_mark_exception_and_name_has_its_sentence(self):
        for lang in ("en_US", "zh_CN"):
            teller = self.teller(lang)
            for mark in engine.Mark:
                for timetable in (None, 1):
                    self.assert_words(lang, teller.mark(mark, timetable), mark)
            for kind in engine.ExceptionKind:
                figures = EXCEPTIONS.get(kind, {"at": SPAN[0].start, "minutes": 7})
                found = engine.DayException(kind, tuple(figures.items()))
                self.assert_words(lang, teller.exception(found), kind)
            for mode in engine.PunchMode:
                told = self.teller(lang, punch_mode=mode).rules("R", has_own=True)
                for text in told:
                    self.assert_words(lang, text, mode)
            for name in engine.DayName:
                if name is not engine.DayName.WORK:
                    self.assert_words(lang, teller.tell_name(name), name)

    def test_a_day_in_chinese(self):
        told = self.explain("08:36:00", "17:12:00", shift=self.day_shift, lang="zh_CN")
        gaps = self.told(told, "counted", "gap")
        self.assertEqual(
            gaps,
            [
                "08:30 – 08:36：迟到6分钟（允许5分钟以内；超过30分钟算缺勤）。",
                "17:12 – 17:30：早退18分钟（允许5分钟以内；超过30分钟算缺勤）。",
            ],
        )
