from odoo.tests import freeze_time, tagged

from .marking_common import STORED, MarkingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestMarkingMatrixPlaces(MarkingCommon):
    """Holidays, employment, places and their clocks: which days each marks."""

    def test_holidays(self):
        everybody = dict.fromkeys(("Ann", "Bob", "Cid"), "03-09..03-11")
        self.check(
            [
                (
                    "of the company",
                    lambda: self.add_holiday(self.calendar, "2026-03-10"),
                    everybody,
                ),
                (
                    "of a calendar that nobody lives by",
                    lambda: self.add_holiday(self.own_calendar, "2026-03-10"),
                    {},
                ),
                (
                    "of one store",
                    self.own_holidays,
                    {"Cid": "03-09..03-11"},
                ),
                (
                    "of the company, where a store has its own",
                    self.common_holidays,
                    dict.fromkeys(("Ann", "Bob"), "03-09..03-11"),
                ),
                (
                    "another calendar: the dates that differ",
                    lambda: self.second.write(
                        {"holiday_calendar_id": self.own_calendar.id}
                    ),
                    {"Cid": "03-16..03-18"},
                ),
                (
                    "moved: the old date and the new one",
                    lambda: self.holiday.write({"date": "2026-03-10"}),
                    dict.fromkeys(("Ann", "Bob", "Cid"), "03-09..03-11 03-16..03-18"),
                ),
                (
                    "another kind",
                    lambda: self.holiday.write({"day_kind": "make_up_workday"}),
                    dict.fromkeys(("Ann", "Bob", "Cid"), "03-16..03-18"),
                ),
                (
                    "deleted",
                    self.holiday.unlink,
                    dict.fromkeys(("Ann", "Bob", "Cid"), "03-16..03-18"),
                ),
                ("another name", lambda: self.holiday.write({"name": "New"}), {}),
            ]
        )

    def own_holidays(self):
        self.second.holiday_calendar_id = self.own_calendar
        return lambda: self.add_holiday(self.own_calendar, "2026-03-10")

    def common_holidays(self):
        self.second.holiday_calendar_id = self.own_calendar
        return lambda: self.add_holiday(self.calendar, "2026-03-10")

    def test_employment(self):
        self.check(
            [
                (
                    "hired: the dates before, and the day that borders on them",
                    lambda: self.ann.write({"hire_date": "2026-03-10"}),
                    {"Ann": "03-02..03-10"},
                ),
                (
                    "hired later than thought",
                    lambda: self.rehire("2026-03-10", "2026-03-12"),
                    {"Ann": "03-09..03-12"},
                ),
                (
                    "left: the dates after",
                    lambda: self.ann.write({"leave_date": "2026-03-17"}),
                    {"Ann": "03-17..03-21"},
                ),
                (
                    "a first contract",
                    lambda: self.ann.version_id.write(
                        {"contract_date_start": "2026-03-10"}
                    ),
                    {"Ann": "03-02..03-10"},
                ),
                ("a telephone", lambda: self.ann.write({"work_phone": "1"}), {}),
            ]
        )

    def rehire(self, first, second):
        self.ann.hire_date = first
        return lambda: self.ann.write({"hire_date": second})

    def test_transfers_and_loans(self):
        self.check(
            [
                (
                    "to a store from a date on",
                    lambda: self.transfer(store_id=self.second.id),
                    {"Ann": "03-15..03-21"},
                ),
                (
                    "to a department",
                    lambda: self.transfer(department_id=self.new.id),
                    {"Ann": "03-15..03-21"},
                ),
                (
                    "to a job",
                    lambda: self.transfer(job_id=self.driver.id),
                    {"Ann": "03-15..03-21"},
                ),
                ("taken back", self.stay, {"Ann": "03-15..03-21"}),
                (
                    "two days later than thought",
                    self.postpone,
                    {"Ann": "03-15..03-18"},
                ),
                (
                    "lent",
                    lambda: self.lend(self.ann, "2026-03-10", "2026-03-11"),
                    {"Ann": "03-09..03-12"},
                ),
                (
                    "lent for longer",
                    lambda: self.lend_longer("2026-03-10", "2026-03-11", "2026-03-12"),
                    {"Ann": "03-09..03-13"},
                ),
            ]
        )

    def transfer(self, **values):
        return self.ann.create_version({"date_version": "2026-03-16", **values})

    def stay(self):
        return self.transfer(store_id=self.second.id).unlink

    def postpone(self):
        version = self.transfer(store_id=self.second.id)
        return lambda: version.write({"date_version": "2026-03-18"})

    def lend_longer(self, first, last, later):
        loan = self.lend(self.ann, first, last)
        return lambda: loan.write({"date_to": later})

    def test_zones_and_terminals(self):
        self.check(
            [
                (
                    "of a store",
                    lambda: self.second.write({"tz": "Europe/Berlin"}),
                    {"Cid": STORED},
                ),
                (
                    "of a store where somebody was lent to for a day",
                    self.lent_and_moved,
                    {"Ann": "03-09..03-11", "Cid": STORED},
                ),
                (
                    "of a company, for who has no store",
                    lambda: self.eve.company_id.partner_id.write(
                        {"tz": "Europe/Berlin"}
                    ),
                    {"Eve": STORED},
                ),
                (
                    "of a company whose people all have stores",
                    lambda: self.company.partner_id.write({"tz": "Europe/Berlin"}),
                    {},
                ),
                ("the telephone of a store", self.telephone, {}),
                (
                    "what a terminal's keys mean, of its punches",
                    lambda: self.terminal.write({"direction_policy": "in"}),
                    {"Ann": "03-04..03-06"},
                ),
                ("a terminal's name", lambda: self.terminal.write({"name": "D"}), {}),
            ]
        )

    def telephone(self):
        self.store.phone = "1"

    def lent_and_moved(self):
        self.lend(self.ann, "2026-03-10", "2026-03-10")
        self.compute("2026-03-10")
        return lambda: self.second.write({"tz": "Europe/Berlin"})
