from collections import Counter, defaultdict

from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..holiday_effect import FREEING, WHATS, differing_dates

# Of the people whom the login sees so many days are listed one by one.
LISTED_CHANGES = 200
YEAR = relativedelta(years=1)


class AttendanceHolidayEffectMixin(models.AbstractModel):
    """A dialog that says what other holidays do to rosters before it writes them."""

    _name = "attendance.holiday.effect.mixin"
    _description = "Shows the Effect of Holidays"

    effect = fields.Html(readonly=True, sanitize=False)
    # What was to be written when the effect was shown.
    shown_for = fields.Text(readonly=True)

    def _holiday_company(self):
        raise NotImplementedError

    def _holiday_plan(self):
        """What is going to be written: equal plans write the same."""
        raise NotImplementedError

    def _holiday_regimes(self):
        """``(before, after)``, each a :class:`Regime`."""
        raise NotImplementedError

    def _check_company(self):
        """What is counted of a company is for logins that work in it."""
        if self._holiday_company() not in self.env.companies:
            raise AccessError(self.env._("Choose one of your own companies."))

    def _counted_from(self):
        """Dates before this one are not counted: last year's first."""
        return fields.Date.context_today(self).replace(month=1, day=1) - YEAR

    def _show_effect(self):
        self._check_company()
        before, after = self._holiday_regimes()
        dates, first = differing_dates(before, after), self._counted_from()
        found = self.env["attendance.roster"]._holiday_effect(
            self._holiday_company(), before, after, {d for d in dates if d >= first}
        )
        self.effect = self._effect_html(found)
        if min(dates, default=first) < first:
            self.effect += self._note(
                self.env._("Dates before %s are not counted.", self._day(first))
            )
        self.shown_for = repr(self._holiday_plan())

    def _check_shown(self):
        """Refuse to write anything but what was shown."""
        if self.shown_for != repr(self._holiday_plan()):
            raise UserError(
                self.env._(
                    "Something was changed since the effect was shown. Go back and "
                    "look at it again."
                )
            )

    def _effect_html(self, found):
        if not found.changes:
            text = self.env._("No working day of anybody changes.")
            return Markup('<p class="alert alert-success">{}</p>{}').format(
                text, self._past_html(found)
            )
        return (
            self._totals_html(found) + self._past_html(found) + self._days_html(found)
        )

    def _past_html(self, found):
        if not found.past_days:
            return Markup("")
        text = self.env._(
            "Days of people in the past whose results are computed anew: %s",
            found.past_days,
        )
        return Markup('<p class="alert alert-warning" role="alert">{}</p>').format(text)

    def _totals_html(self, found):
        """A line for each store, and one for all."""
        by_store = defaultdict(list)
        for change in found.changes:
            by_store[change.store_id].append(change)
        # sudo: stores are no secret, and those of the company are counted all
        stores = self.env["attendance.store"].sudo().browse(by_store.keys() - {None})
        names = {store.id: store.display_name for store in stores}
        names[None] = self.env._("Without a store")
        lines = sorted((names[store], changes) for store, changes in by_store.items())
        head = [
            self.env._("Store"),
            self.env._("People"),
            self.env._("Workdays that become free"),
            self.env._("Free days that become workdays"),
            self.env._("Worked on the holiday"),
            self.env._("Of these in the past"),
        ]
        body = [[name, *self._counts(changes)] for name, changes in lines]
        foot = [self.env._("All"), *self._counts(found.changes)]
        return _table(head, body, foot, numbers=True)

    @api.model
    def _counts(self, changes):
        counts = Counter(change.what for change in changes)
        today = fields.Date.context_today(self)
        return [
            len({change.employee_id for change in changes}),
            *(counts[what] for what in WHATS),
            sum(change.date < today for change in changes),
        ]

    def _days_html(self, found):
        """The days of those whom the login sees, before and after."""
        people = self._seen_people({change.employee_id for change in found.changes})
        names = {person.id: person.name for person in people}
        seen = [change for change in found.changes if change.employee_id in names]
        seen.sort(key=lambda change: (names[change.employee_id], change.date))
        words = self._shift_words(seen[:LISTED_CHANGES])
        head = [
            self.env._("Name"),
            self.env._("Date"),
            self.env._("Before"),
            self.env._("After"),
        ]
        body = [
            [
                names[change.employee_id],
                self._day(change.date),
                self._says(change.kind_before, change.shift_before, words),
                self._says(change.kind_after, change.shift_after, words),
            ]
            for change in seen[:LISTED_CHANGES]
        ]
        more = len(seen) - len(body)
        hidden = len(found.changes) - len(seen)
        notes = []
        if more:
            notes.append(self.env._("And %s more days.", more))
        if hidden:
            notes.append(
                self.env._("%s more days are of people whom you do not see.", hidden)
            )
        html = _table(head, body) if body else Markup("")
        return html + Markup("").join(map(self._note, notes))

    @api.model
    def _note(self, text):
        return Markup('<p class="text-muted">{}</p>').format(text)

    @api.model
    def _day(self, day):
        return format_date(self.env, day, date_format="yyyy-MM-dd EEE")

    @api.model
    def _seen_people(self, ids):
        held = Domain.TRUE
        if not self.env.su:
            held = self.env.user._attendance_scope("rosters", "view")
        public = self.env["hr.employee.public"]
        return public.search(Domain("id", "in", list(ids)) & held)

    @api.model
    def _shift_words(self, changes):
        """``{shift id: (name, works on holidays)}``."""
        ids = {c.shift_before for c in changes} | {c.shift_after for c in changes}
        # sudo: shifts are no secret
        shifts = self.env["attendance.shift"].sudo().browse(ids - {0})
        return {shift.id: (shift.name, shift.works_on_holidays) for shift in shifts}

    def _says(self, kind, shift, words):
        labels = dict(self.env["attendance.holiday"]._day_kind_labels())
        if not shift:
            return labels[kind] if kind in FREEING else self.env._("Rest")
        name, works_on_holidays = words[shift]
        if kind not in labels:
            return name
        if kind in FREEING and not works_on_holidays:
            return labels[kind]
        return f"{name} ({labels[kind]})"


def _table(head, body, foot=(), numbers=False):
    """Cells of text; with ``numbers`` all but the first are figures."""
    look = ' class="text-end"' if numbers else ""

    def row(tag, cells):
        first = Markup("<{0}>{1}</{0}>").format(tag, cells[0])
        rest = (
            Markup("<{0}{1}>{2}</{0}>").format(tag, Markup(look), cell)
            for cell in cells[1:]
        )
        return Markup("<tr>{}{}</tr>").format(first, Markup("").join(rest))

    return Markup(
        '<table class="table table-sm o_attendance_effect"><thead>{}</thead>'
        "<tbody>{}</tbody><tfoot>{}</tfoot></table>"
    ).format(
        row("th", head),
        Markup("").join(row("td", cells) for cells in body),
        row("th", foot) if foot else "",
    )
