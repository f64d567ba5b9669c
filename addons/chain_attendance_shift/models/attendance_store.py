from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .attendance_roster import WEEKDAYS

# What a change of moves the planned days of people without a roster.
DEFAULT_FIELDS = {"default_shift_id", *(f"default_works_{day}" for day in WEEKDAYS)}


class AttendanceStore(models.Model):
    """A store has a shift for those whom no roster names."""

    _inherit = "attendance.store"
    _check_company_auto = True

    default_shift_id = fields.Many2one(
        "attendance.shift",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
        help="What people of this store work on dates for which they have no roster; "
        "empty: nothing.",
    )
    default_works_monday = fields.Boolean("Works on Monday", default=True)
    default_works_tuesday = fields.Boolean("Works on Tuesday", default=True)
    default_works_wednesday = fields.Boolean("Works on Wednesday", default=True)
    default_works_thursday = fields.Boolean("Works on Thursday", default=True)
    default_works_friday = fields.Boolean("Works on Friday", default=True)
    default_works_saturday = fields.Boolean("Works on Saturday")
    default_works_sunday = fields.Boolean("Works on Sunday")

    @api.constrains(*sorted(DEFAULT_FIELDS))
    def _check_default_weekdays(self):
        for store in self:
            if store.default_shift_id and not any(store._default_weekdays()):
                raise ValidationError(
                    self.env._(
                        "The default shift of store “%s” has no working day in the "
                        "week.",
                        store.name,
                    )
                )

    def _default_weekdays(self):
        self.ensure_one()
        return [self[f"default_works_{day}"] for day in WEEKDAYS]

    @api.model
    @api.private
    def _stores_on(self, employee_ids, dates):
        """Where people work on dates, in two queries.

        A loan puts a person in the store lent to; of two that overlap the one
        entered later decides. Before the first version the first one holds.

        :return: ``{(employee id, date): store id}``; a pair without a store is not
            in it.
        """
        if not employee_ids or not dates:
            return {}
        employee_ids, dates = list(employee_ids), sorted(set(dates))
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT employee_id, date_version, store_id FROM hr_version
            WHERE employee_id = ANY(%s) AND active
            ORDER BY employee_id, date_version
            """,
            [employee_ids],
        )
        versions = defaultdict(list)
        for employee, start, store in self.env.cr.fetchall():
            versions[employee].append((start, store))
        self.env.cr.execute(
            """
            SELECT employee_id, date_from, date_to, store_id FROM attendance_store_loan
            WHERE employee_id = ANY(%s) AND date_from <= %s AND date_to >= %s
            ORDER BY id DESC
            """,
            [employee_ids, dates[-1], dates[0]],
        )
        loans = defaultdict(list)
        for employee, *loan in self.env.cr.fetchall():
            loans[employee].append(loan)
        return {
            (employee, day): store
            for employee, held in versions.items()
            for day in dates
            if (store := _store_on(day, held, loans[employee]))
        }


def _store_on(day, versions, loans):
    for first, last, store in loans:
        if first <= day <= last:
            return store
    found = versions[0][1]
    for start, store in versions[1:]:
        if start > day:
            break
        found = store
    return found
