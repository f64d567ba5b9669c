"""The three steps that run inside Odoo's shell; plain values go in and out by files."""

import json
from datetime import timedelta
from pathlib import Path

from ..load import load_file
from .checking import Checker
from .limits import why_not
from .loading import Loaded, Loader

NEAR = timedelta(days=3)
# What is planned without anybody's roster marks no dates.
UNMARKED = ("default", "calendar")


class Session:
    """One step.

    :param folder: where the notes of the steps are
    """

    def __init__(self, env, folder, files):
        self.env, self.folder = env, Path(folder)
        self.scenarios = {
            f"{Path(file).name} {one.name}": one
            for file in files
            for one in load_file(file)
        }

    def load(self):
        """Everything but the punches, in one transaction."""
        refused = {name: why_not(one) for name, one in self.scenarios.items()}
        refused = {name: reason for name, reason in refused.items() if reason}
        chosen = {n: one for n, one in self.scenarios.items() if n not in refused}
        loaded = Loader(self.env).load(chosen.values())
        notes = {n: one.notes() for n, one in zip(chosen, loaded, strict=True)}
        self.env.flush_all()
        self._forget_other_dates(notes)
        opened = self._open(notes)
        self.env.cr.commit()
        self.write("loaded", notes)
        self.write("refused", refused)
        self.write("opened", opened)

    def _forget_other_dates(self, notes):
        """Rosters go on until today; only the dates of the files are of interest."""
        for name, note in notes.items():
            dates = self.scenarios[name].expected
            self.env.cr.execute(
                "DELETE FROM attendance_day_queue WHERE employee_id = %s"
                " AND work_date NOT BETWEEN %s AND %s",
                [note["employee"], min(dates) - NEAR, max(dates) + NEAR],
            )

    def _open(self, notes):
        """Dates that only the day's own beginning would have marked."""
        opened = []
        for name, note in notes.items():
            scenario = self.scenarios[name]
            entries = scenario.facts.entries
            if scenario.facts.now is None and all(
                entry.source.value in UNMARKED for entry in entries
            ):
                pairs = [(note["employee"], day) for day in scenario.expected]
                self.env["attendance.day.queue"]._mark(pairs)
                opened.append(name)
        return opened

    def check(self):
        """What is stored, against what is expected; then what becomes known late."""
        notes, outcome = self.read("loaded"), {}
        for name, note in notes.items():
            scenario = self.scenarios[name]
            checker = Checker(self.env, scenario, note)
            found, prints = checker.check(scenario.facts, scenario.expected)
            note["fingerprints"] = prints
            outcome[name] = found + checker.check_sums()
        late = self._add_late(notes)
        self.env.cr.commit()
        self.write("loaded", notes)
        self.write("late", late)
        self.write("outcome", outcome)

    def _add_late(self, notes):
        """``{name: punches}`` of those to which something is added."""
        loader, late = Loader(self.env), {}
        for name, note in notes.items():
            scenario = self.scenarios[name]
            if scenario.late is None:
                continue
            loaded = Loaded.again(loader, scenario, note)
            loaded.add_late()
            late[name] = loaded.punches
            note["punches"] += loaded.punches
            note["requests"] |= loaded.notes()["requests"]
            note["rosters"] |= loaded.rosters
            note["types"] |= loaded.types
        self.env.flush_all()
        return late

    def check_late(self):
        notes, outcome = self.read("loaded"), {}
        for name in self.read("late"):
            scenario, note = self.scenarios[name], notes[name]
            checker = Checker(self.env, scenario, note)
            dates = scenario.expected_late or scenario.expected
            found, prints = checker.check(scenario.late, dates)
            if not scenario.expected_late:
                found = []
            if scenario.written is not None:
                written = {
                    day
                    for day in scenario.expected
                    if prints.get(str(day)) != note["fingerprints"].get(str(day))
                }
                if written != scenario.written:
                    found.append(f"written again: {written}")
            outcome[name] = [f"after the late facts, {one}" for one in found]
        self.env.cr.rollback()
        self.write("outcome_late", outcome)

    def read(self, name):
        return json.loads((self.folder / f"{name}.json").read_text("utf-8"))

    def write(self, name, value):
        (self.folder / f"{name}.json").write_text(json.dumps(value), "utf-8")
