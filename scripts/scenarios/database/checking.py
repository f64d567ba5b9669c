"""What is stored of a scenario, beside what its file expects. Runs inside Odoo."""

from datetime import timezone
from unittest.mock import patch

from odoo import fields

from chain_attendance_engine import (
    DayException,
    DayName,
    DayState,
    ExceptionKind,
    sum_days,
    watch_days,
)

from ..expect import day_differences, sum_differences

FIGURES = (
    "due_minutes", "worked_minutes", "late_minutes", "early_minutes", "absent_minutes",
    "leave_minutes", "punched_outing_minutes", "outing_minutes", "trip_minutes",
    "overtime_workday_minutes", "overtime_rest_day_minutes",
    "overtime_holiday_minutes",
)  # fmt: skip
STORED = (
    "work_date", "state", "day_name", "shift_id", "exception_codes", "first_in_at",
    "last_out_at", "fingerprint", *FIGURES,
)  # fmt: skip


class Checker:
    """Compares one scenario that was loaded, punched and computed.

    :param notes: what ``Loaded.notes`` gave
    """

    def __init__(self, env, scenario, notes):
        self.env, self.scenario, self.notes = env, scenario, notes
        self.days = env["attendance.day"]
        names = {number: name for name, number in notes["shifts"].items()}
        self.names = {"shift": names, "type": notes["types"]}
        self.keys = {
            ("leave" if model == "hr.leave" else "request", number): name
            for name, (model, number) in notes["requests"].items()
        }
        self.keys |= self._punch_keys() | names

    def _punch_keys(self):
        """``{punch id: its name in the file}``."""
        found = {}
        for punch in self.notes["punches"]:
            self.env.cr.execute(
                "SELECT p.id FROM attendance_punch p JOIN attendance_terminal t"
                " ON t.id = p.terminal_id WHERE t.serial_number = %s"
                " AND p.user_code = %s AND p.wall_time = %s",
                [punch["serial"], punch["code"], punch["wall"]],
            )
            for (number,) in self.env.cr.fetchall():
                found[number] = punch["name"]
        return found

    def check(self, facts, expected):
        """``(sentences, {date: fingerprint})`` of the dates of ``expected``."""
        pairs = [(self.notes["employee"], day) for day in sorted(expected)]
        if facts.now is None:
            return self._compare(facts, expected, pairs)
        # The server computed long after; what it had stored then is computed here,
        # with the clock of the file, and thrown away.
        now = facts.now.astimezone(timezone.utc).replace(tzinfo=None)
        with (
            patch.object(fields.Datetime, "now", lambda *_none: now),
            self.env.cr.savepoint() as savepoint,
        ):
            self.env.cr.execute(
                "DELETE FROM attendance_day WHERE employee_id = %s",
                [self.notes["employee"]],
            )
            self.days._recompute(pairs)
            found = self._compare(facts, expected, pairs)
            savepoint.rollback()
        return found

    def _compare(self, facts, expected, pairs):
        judged = self.days._judge(pairs)
        self.env.cr.execute(
            f"SELECT {', '.join(STORED)} FROM attendance_day"
            " WHERE employee_id = %s AND work_date = ANY(%s)",
            [self.notes["employee"], [day for _employee, day in pairs]],
        )
        rows = {
            row[0]: dict(zip(STORED, row, strict=True))
            for row in self.env.cr.fetchall()
        }
        found, self.results = [], {}
        for pair in pairs:
            day = pair[1]
            result, missing = self._stored(judged[pair].result, rows.get(day))
            self.results[day] = result
            sentences = day_differences(
                expected[day],
                result,
                self.scenario.moments,
                self._planned(judged[pair].gathered.day_input.today),
            )
            found += [f"{day}: {one}" for one in (*missing, *sentences)]
        prints = {str(day): row["fingerprint"] for day, row in rows.items()}
        return found, prints

    def check_sums(self):
        """Sentences about the sum and the watches of what ``check`` compared."""
        scenario, found = self.scenario, []
        results = [self.results[day] for day in sorted(self.results)]
        if scenario.expected_sum is not None:
            total = sum_days(results)
            found += [
                f"sum: {one}" for one in sum_differences(scenario.expected_sum, total)
            ]
        if scenario.watches is not None:
            raised = sorted(
                f"{watch.day} {watch.kind.value} {watch.found}"
                for watch in watch_days(results)
            )
            wanted = sorted(str(one) for one in scenario.watches)
            if raised != wanted:
                found.append(f"watches are {raised}, expected {wanted}")
        return found

    def _stored(self, result, row):
        """The result in the words of the file, with the figures of the stored row."""
        result = self._named(result)
        if row is None:
            has_none = result.state in (DayState.NOT_EMPLOYED, DayState.AHEAD)
            return result, [] if has_none else ["no row is stored"]
        shift = result.shift and result.shift.key
        if row["day_name"] == "work":
            shift = self.names["shift"].get(row["shift_id"])
        kinds = row["exception_codes"].split(",") if row["exception_codes"] else ()
        return (
            result._replace(
                state=DayState(row["state"]),
                name=DayName(row["day_name"]),
                totals=result.totals._replace(**{n: row[n] for n in FIGURES}),
                exceptions=tuple(DayException(ExceptionKind(kind)) for kind in kinds),
                first_in=_minute(row["first_in_at"]),
                last_out=_minute(row["last_out_at"]),
                shift=result.shift and _Named(shift),
            ),
            [],
        )

    def _named(self, result):
        """With the names of the file in place of numbers of the database."""
        types = {int(number): name for number, name in self.names["type"].items()}
        return result._replace(
            rows=tuple(
                row._replace(
                    key=self.keys.get(row.key, row.key),
                    type_key=types.get(row.type_key, row.type_key),
                )
                for row in result.rows
            ),
            marks=tuple(
                mark._replace(key=self.keys.get(mark.key, mark.key))
                for mark in result.marks
            ),
            charges=tuple(
                charge._replace(
                    key=self.keys.get(charge.key, charge.key),
                    type_key=types.get(charge.type_key, charge.type_key),
                )
                for charge in result.charges
            ),
            trace=tuple(
                line._replace(
                    figures=tuple(
                        (name, self.keys.get(value, value) if name == "key" else value)
                        for name, value in line.figures
                    )
                )
                for line in result.trace
            ),
            shift=result.shift and _Named(self.names["shift"].get(result.shift.key)),
        )

    def _planned(self, today):
        """Which roster decided, by its name in the file."""
        models = {
            "override": "attendance.roster.override",
            "default": "attendance.store",
        }
        model = models.get(today.source.value, "attendance.roster")
        key = self.notes["rosters"].get(f"{model},{today.source_key}")
        return _Planned(today.source, key)


class _Named:
    """A shift of which only the name is compared."""

    def __init__(self, key):
        self.key = key


class _Planned:
    def __init__(self, source, source_key):
        self.source, self.source_key = source, source_key


def _minute(instant):
    if instant is None:
        return None
    return round(instant.replace(tzinfo=timezone.utc).timestamp()) // 60
