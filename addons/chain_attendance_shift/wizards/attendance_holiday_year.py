from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from odoo.addons.chain_attendance_base.const import HOLIDAY_NAME_LENGTH

from .. import holiday_source
from ..holiday_effect import Regime

STEPS = ("source", "rows", "effect")
# A calendar that is not there yet.
NEW = 0


class AttendanceHolidayYear(models.TransientModel):
    """A year of a holiday calendar: from where, the days, what they do, and written.

    The days listed are what the calendar will hold for the year; all or nothing.
    """

    _name = "attendance.holiday.year"
    _description = "Holidays of a Year"
    _inherit = ["attendance.holiday.effect.mixin"]

    step = fields.Selection(
        [
            ("source", "Calendar and Year"),
            ("rows", "Days"),
            ("effect", "Effect on Rosters"),
        ],
        default="source",
        required=True,
    )
    calendar_id = fields.Many2one(
        "attendance.holiday.calendar", help="Empty: a new one."
    )
    name = fields.Char("New Calendar", help="At most 64 characters.")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    is_company_default = fields.Boolean(
        string="Default of the Company",
        default=lambda self: not self._company_calendar(self.env.company),
        help="The new calendar holds for the stores and people of the company that "
        "have no calendar of their own.",
    )
    year = fields.Integer(default=lambda self: self._coming_year(), required=True)
    source = fields.Selection(
        [
            ("package", "The public holidays of a country"),
            ("stored", "What the calendar holds now"),
            ("last_year", "Its public holidays of the year before"),
            ("copy", "Another calendar"),
        ],
        string="Start With",
        default="package",
        required=True,
        help="Of the year before, only holidays with a fixed date are right: they are "
        "put on the same day and month; moved days are left out.",
    )
    country_id = fields.Many2one(
        "res.country",
        default=lambda self: self._known_country(),
        domain=lambda self: [("code", "in", list(holiday_source.countries()))],
    )
    region = fields.Char(help="Code or name of a region with holidays of its own.")
    regions = fields.Char(string="Known Regions", compute="_compute_regions")
    lacks_moved_days = fields.Boolean(compute="_compute_lacks_moved_days")
    source_calendar_id = fields.Many2one(
        "attendance.holiday.calendar", string="Take Over From"
    )
    line_ids = fields.One2many("attendance.holiday.year.line", "year_id", string="Days")
    new_count = fields.Integer(readonly=True)
    changed_count = fields.Integer(readonly=True)
    removed_count = fields.Integer(readonly=True)

    @api.model
    def _coming_year(self):
        """From November on the next one is planned."""
        today = fields.Date.context_today(self)
        return today.year + (today.month >= 11)

    @api.model
    def _company_calendar(self, company):
        # sudo: which calendar is the company's is no secret
        return company.sudo().attendance_holiday_calendar_id

    @api.model
    def _known_country(self):
        country = self.env.company.country_id
        known = country.code in holiday_source.countries()
        return country if known else self.env.ref("base.cn")

    @api.depends("country_id")
    def _compute_regions(self):
        for wizard in self:
            code = wizard.country_id.code
            known = holiday_source.regions(code) if code else {}
            wizard.regions = ", ".join(
                f"{region} ({names[0]})" if names else region
                for region, names in known.items()
            )

    @api.depends("country_id", "year", "source")
    def _compute_lacks_moved_days(self):
        for wizard in self:
            code = wizard.country_id.code
            wizard.lacks_moved_days = (
                wizard.source == "package"
                and bool(code)
                and not holiday_source.knows_moved_days(code, wizard.year)
            )

    def action_back(self):
        self.step = STEPS[max(0, STEPS.index(self.step) - 1)]
        return self._reopen()

    def action_next(self):
        """The next step, once this one is complete."""
        self.ensure_one()
        if self.step == "source":
            self._check_source()
            self._check_company()
            self._fill_lines()
        else:
            self._check_lines()
            self._show_effect()
            new, changed, removed = self._differences()
            self.new_count, self.changed_count = len(new), len(changed)
            self.removed_count = len(removed)
        self.step = STEPS[STEPS.index(self.step) + 1]
        return self._reopen()

    def action_apply(self):
        """Write the differences that were shown, and open the calendar."""
        self.ensure_one()
        self._check_source()
        self._check_lines()
        self._check_shown()
        new, changed, removed = self._differences()
        calendar = self.calendar_id or self._create_calendar()
        days = self.env["attendance.holiday"]
        days.browse(removed.values()).unlink()
        stored = self._stored()
        for day, values in changed.items():
            stored[day].write(values)
        for holiday in days.create(
            [
                {"calendar_id": calendar.id, "date": day, **values}
                for day, values in new.items()
            ]
        ):
            stored[holiday.date] = holiday
        self._translate({**new, **changed}, stored)
        form = {"res_id": calendar.id, "view_mode": "form", "views": [(False, "form")]}
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_base.attendance_holiday_calendar_action"
        )
        return {**action, **form, "target": "main"}

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Holidays of a Year"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _create_calendar(self):
        return self.env["attendance.holiday.calendar"].create(
            {
                "name": self.name,
                "company_id": self.company_id.id,
                "is_company_default": self.is_company_default,
            }
        )

    def _check_source(self):
        if not self.calendar_id and not (self.name or "").strip():
            raise UserError(self.env._("Choose a calendar, or name a new one."))
        if self.source == "package" and not self.country_id:
            raise UserError(self.env._("Choose the country."))
        if self.source == "copy" and not self.source_calendar_id:
            raise UserError(self.env._("Choose the calendar to take the days from."))
        first, last = holiday_source.FIRST_YEAR, holiday_source.LAST_YEAR
        if not first <= self.year <= last:
            raise UserError(
                self.env._(
                    "The year is %(year)s; it must lie between %(first)s and %(last)s.",
                    year=self.year,
                    first=first,
                    last=last,
                )
            )

    def _region_code(self):
        if not (self.region or "").strip():
            return None
        code = holiday_source.region_code(self.country_id.code, self.region)
        if code is None:
            raise UserError(
                self.env._(
                    "%(country)s has no region “%(region)s” with holidays of its own.",
                    country=self.country_id.name,
                    region=self.region,
                )
            )
        return code

    def _fill_lines(self):
        """What the source has, and after it what only the calendar has."""
        offered = self._offered()
        stored = self._stored()
        rows = {
            day: {"name": holiday.name, "day_kind": holiday.day_kind, "is_taken": False}
            for day, holiday in stored.items()
        }
        for day, (name, kind) in offered.items():
            rows[day] = {"name": name, "day_kind": kind, "is_taken": True}
        self.line_ids = [
            Command.clear(),
            *(Command.create({"date": day, **rows[day]}) for day in sorted(rows)),
        ]

    def _offered(self):
        """``{date: (name, kind)}`` of the source."""
        if self.source == "package":
            return self._package_days(self.env.lang)
        if self.source == "copy":
            return _told(self._days_of(self.source_calendar_id, self.year))
        if self.source == "stored":
            return _told(self._stored())
        found = {}
        for day, told in _told(self._days_of(self.calendar_id, self.year - 1)).items():
            # The 29th of February has no counterpart.
            if told[1] == "public_holiday" and (day.month, day.day) != (2, 29):
                found[day.replace(year=self.year)] = told
        return found

    def _package_days(self, lang):
        """``{date: (name, kind)}`` of what the package ``holidays`` knows."""
        speaker = self.with_context(lang=lang)
        days = holiday_source.days_of(
            self.country_id.code, self._region_code(), self.year, lang or "en_US"
        )
        return {day.date: (speaker._name_of(day), day.kind) for day in days}

    def _name_of(self, day):
        if day.kind == "make_up_workday":
            name = self.env._("%s: make-up workday", day.feast)
        elif not day.name:
            name = self.env._("%s: moved rest day", day.feast)
        else:
            name = day.name
        name = name.removeprefix(": ")
        if len(name) > HOLIDAY_NAME_LENGTH:
            name = name[: HOLIDAY_NAME_LENGTH - 1] + "…"
        return name

    def _days_of(self, calendar, year):
        """``{date: attendance.holiday}`` of a calendar and year."""
        found = self.env["attendance.holiday"].search(
            [
                ("calendar_id", "in", calendar.ids),
                ("date", ">=", date(year, 1, 1)),
                ("date", "<=", date(year, 12, 31)),
            ]
        )
        return {holiday.date: holiday for holiday in found}

    def _stored(self):
        return self._days_of(self.calendar_id, self.year)

    def _check_lines(self):
        """Refuse days that a calendar cannot hold, each with its reason."""
        wrong, seen = [], set()
        taken = self.line_ids.filtered("is_taken")
        for line in taken.sorted(lambda line: (line.date, line.id)):
            told = {
                "date": format_date(self.env, line.date, date_format="yyyy-MM-dd"),
                "name": line.name,
                "year": self.year,
                "length": len(line.name),
                "limit": HOLIDAY_NAME_LENGTH,
            }
            if line.date.year != self.year:
                wrong.append(
                    self.env._(
                        "“%(name)s”: its date, %(date)s, does not lie in %(year)s.",
                        **told,
                    )
                )
            if line.date in seen:
                wrong.append(
                    self.env._("“%(name)s”: %(date)s is listed twice.", **told)
                )
            if not line.name.strip() or len(line.name) > HOLIDAY_NAME_LENGTH:
                wrong.append(
                    self.env._(
                        "%(date)s: its name has %(length)s characters; it must have 1 "
                        "to %(limit)s.",
                        **told,
                    )
                )
            seen.add(line.date)
        if wrong:
            raise UserError("\n".join(wrong))

    def _differences(self):
        """``(new, changed, removed)``: ``{date: values}`` twice, ``{date: id}``."""
        stored = self._stored()
        new, changed = {}, {}
        for line in self.line_ids.filtered("is_taken"):
            values = {"name": line.name.strip(), "day_kind": line.day_kind}
            held = stored.pop(line.date, None)
            if held is None:
                new[line.date] = values
            elif (held.name, held.day_kind) != (values["name"], values["day_kind"]):
                changed[line.date] = values
        return new, changed, {day: holiday.id for day, holiday in stored.items()}

    def _translate(self, written, stored):
        """Names that came from the package are told in the other languages too."""
        if self.source != "package":
            return
        here = self._package_days(self.env.lang)
        for lang, _name in self.env["res.lang"].get_installed():
            if lang == (self.env.lang or "en_US"):
                continue
            for day, (name, _kind) in self._package_days(lang).items():
                if day in written and written[day]["name"] == here[day][0]:
                    # sudo: who may create a day only has just done so
                    stored[day].sudo().update_field_translations("name", {lang: name})

    def _holiday_company(self):
        return self.calendar_id.company_id or self.company_id

    def _counted_from(self):
        return min(super()._counted_from(), date(self.year, 1, 1))

    def _holiday_plan(self):
        target = self.calendar_id.id or (self.name, self.company_id.id)
        differences = [sorted(part.items()) for part in self._differences()]
        return target, self.is_company_default, differences

    def _holiday_regimes(self):
        company = self._holiday_company()
        before = self.env["attendance.roster"]._holiday_regime(company)
        new, changed, removed = self._differences()
        key = self.calendar_id.id or NEW
        kinds = dict(before.kinds.get(key, {}))
        kinds |= {day: vals["day_kind"] for day, vals in {**new, **changed}.items()}
        kinds = {day: kind for day, kind in kinds.items() if day not in removed}
        calendars = before.calendars
        if key == NEW and self.is_company_default:
            calendars = {**calendars, None: NEW}
        after = Regime(calendars, {**before.kinds, key: kinds})
        return before, after


def _told(days):
    return {day: (holiday.name, holiday.day_kind) for day, holiday in days.items()}
