"""The drawing of a day: shapes with places, the same on screen and on paper.

Minutes lie on a line from left to right, in lanes: what was planned, what was filed,
what was counted, and the punches.
"""

from odoo.addons.chain_attendance_engine import DayName, PunchSource, instant_minute
from odoo.addons.chain_attendance_engine.clock import local_minute, wall_minute

HOUR = 60
LEFT, WIDTH, RIGHT = 84, 900, 16
LANE, GAP, TOP = 22, 8, 18
LANES = ("planned", "requests", "counted", "punches")
MOST_TICKS = 13
STEPS = (1, 2, 3, 4, 6, 12)

FILLS = {
    "window": "#dfeef7",
    "shift": "#3d6e97",
    "break": "#c3ccd4",
    "worked": "#3f9a5f",
    "late": "#e59c1f",
    "early": "#cf7a12",
    "absent": "#c8404c",
    "leave": "#8d75b8",
    "outing": "#53a7a1",
    "trip": "#2f7f92",
    "overtime": "#4c62c4",
    "punched_outing": "#8a8f98",
    "core_missed": "#a05252",
    "used": "#1f2933",
    "unused": "#9aa3ab",
}
# Painted in this order; later ones lie on top.
COUNTED = (
    "worked", "late", "early", "absent", "leave", "overtime", "punched_outing",
    "core_missed",
)  # fmt: skip
USED = {"in", "out", "in_and_out", "inner_out", "inner_in"}


class Timeline:
    """Places shapes of one day.

    :param labels: words by kind of shape and by lane.
    :param clock: makes a text of a minute number.
    """

    def __init__(self, day_input, result, labels, clock):
        self.today = day_input.today
        self.requests = day_input.requests
        self.result = result
        self.labels = labels
        self.clock = clock
        self.zone = self.today.zone
        self.base = instant_minute(self.today.date, 0, self.zone)
        self.first, self.last = self._axis()
        self.rects, self.kinds = [], []

    def draw(self):
        """``{width, height, rects, lines, texts, marks, legend}``."""
        self._planned()
        self._requests()
        self._counted()
        height = self._y("punches") + LANE
        ticks = list(self._ticks())
        return {
            "width": LEFT + WIDTH + RIGHT,
            "height": height + 22,
            "bottom": height + 4,
            "rects": self.rects,
            "lines": [self._line(minute, "tick") for minute, _label in ticks]
            + [self._line(minute, "midnight") for minute in self._midnights()],
            "texts": [
                {"x": 2, "y": self._y(lane) + 15, "text": self.labels[lane]}
                for lane in LANES
            ],
            "ticks": [
                {"x": self._x(minute), "y": height + 17, "text": label}
                for minute, label in ticks
            ],
            "midnights": [
                {
                    "x": self._x(minute) + 3,
                    "y": 12,
                    "text": local_minute(minute, self.zone).strftime("%m-%d"),
                }
                for minute in self._midnights()
            ],
            "marks": self._marks(),
            "legend": [
                {"fill": FILLS[kind], "text": self.labels[kind]}
                for kind in dict.fromkeys(self.kinds)
            ],
        }

    def _axis(self):
        points = [(s.start, s.stop) for s in self.result.window]
        points += [tuple(s) for _name, spans in self.result.spans for s in spans]
        points += [(m.second // 60, m.second // 60 + 1) for m in self.result.marks]
        if not points:
            points = [(self.base, self.base + 24 * HOUR)]
        first = min(start for start, _stop in points)
        last = max(stop for _start, stop in points)
        first -= wall_minute(first, self.zone) % HOUR
        last += -wall_minute(last, self.zone) % HOUR
        return first, last

    def _x(self, minute):
        share = (minute - self.first) / (self.last - self.first)
        return round(LEFT + WIDTH * min(1, max(0, share)), 1)

    def _y(self, lane):
        return TOP + LANES.index(lane) * (LANE + GAP)

    def _rect(self, lane, kind, start, stop, inset=0):
        if stop <= self.first or start >= self.last:
            return
        x = self._x(start)
        self.kinds.append(kind)
        self.rects.append(
            {
                "x": x,
                "y": self._y(lane) + inset,
                "w": max(1.5, round(self._x(stop) - x, 1)),
                "h": LANE - 2 * inset,
                "kind": kind,
                "fill": FILLS[kind],
                "title": self._title(kind, start, stop),
            }
        )

    def _title(self, kind, start, stop):
        return f"{self.labels[kind]} {self.clock(start)} – {self.clock(stop)}"

    def _line(self, minute, kind):
        return {"x": self._x(minute), "kind": kind}

    def _ticks(self):
        hours = (self.last - self.first) / HOUR
        step = next((s for s in STEPS if hours / s <= MOST_TICKS), 24) * HOUR
        for minute in range(self.first, self.last + 1, HOUR):
            wall = wall_minute(minute, self.zone)
            if wall % step == 0:
                yield minute, f"{wall // HOUR % 24:02d}:{wall % HOUR:02d}"

    def _midnights(self):
        return [
            minute
            for minute in range(self.first, self.last, HOUR)
            if wall_minute(minute, self.zone) % (24 * HOUR) == 0
        ]

    def _planned(self):
        for start, stop in self.result.window:
            self._rect("planned", "window", start, stop)
        shift = self.result.shift
        if shift is None or self.result.name is not DayName.WORK:
            return
        for piece in shift.plan:
            self._rect("planned", "shift", *self._instants(piece), inset=2)
            for pause in piece.breaks:
                self._rect("planned", "break", *self._instants(pause), inset=2)

    def _instants(self, piece):
        return (
            instant_minute(self.today.date, piece.start, self.zone),
            instant_minute(self.today.date, piece.stop, self.zone),
        )

    def _requests(self):
        for request in self.requests:
            kind = request.kind.value
            if not request.is_in_force or kind not in FILLS:
                continue
            if not request.is_by_days:
                self._rect("requests", kind, request.start_minute, request.stop_minute)
            elif request.takes_date(self.today.date):
                whole = self.result.shift_span or (self.base, self.base + 24 * HOUR)
                self._rect("requests", kind, *whole)

    def _counted(self):
        spans = dict(self.result.spans)
        for kind in COUNTED:
            for start, stop in spans.get(kind, ()):
                inset = 7 if kind in ("punched_outing", "core_missed") else 0
                self._rect("counted", kind, start, stop, inset)

    def _marks(self):
        """Punches; a correction is one too."""
        return [
            {
                "x": self._x(mark.second / 60),
                "y": self._y("punches"),
                "top": TOP,
                "is_used": mark.mark.value in USED,
                "is_correction": mark.source is PunchSource.CORRECTION,
                "fill": FILLS["used" if mark.mark.value in USED else "unused"],
                "title": self.clock(mark.second // 60),
            }
            # Those that were used lie on top.
            for mark in sorted(self.result.marks, key=lambda m: m.mark.value in USED)
        ]
