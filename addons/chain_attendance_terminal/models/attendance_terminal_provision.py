from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..provisioning import (
    Difference,
    difference,
    missing_room,
    orders,
)

# So many commands are made by one press of a button.
ORDERS_LIMIT = 100000
# Fields of a terminal that say whom it serves.
SERVING = {
    "active",
    "is_provisioned_automatically",
    "max_users",
    "serve_all_employees",
    "serve_store_employees",
    "store_id",
}


@dataclass(frozen=True)
class Plan:
    """What is to be done to one terminal.

    :ivar found: the :class:`~..provisioning.Difference`.
    :ivar on_unit: ``{key: OnUnit}``, as far as it was looked at.
    :ivar without_code: ids of people who should be there but have no code.
    :ivar missing: how many people too many there would be.
    :ivar ours: how many people on it were sent from here.
    """

    found: Difference
    on_unit: dict
    without_code: list
    missing: int
    ours: int

    @property
    def orders(self):
        return orders(self.found, self.on_unit)


class AttendanceTerminal(models.Model):
    """Sending people to terminals: the difference becomes commands."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal"  # pylint: disable=consider-merging-classes-inherited

    run_ids = fields.One2many("attendance.terminal.run", "terminal_id")

    def write(self, vals):
        replaced = self.filtered(
            lambda t: (
                "serial_number" in vals and t.serial_number != vals["serial_number"]
            )
        )
        result = super().write(vals)
        if replaced:
            # Another unit hangs there now, and nobody is on it yet.
            # sudo: nobody writes by hand who is on a terminal
            users = self.env["attendance.terminal.user"].sudo()
            users.search([("terminal_id", "in", replaced.ids)]).unlink()
            self.env["attendance.terminal.mark"]._mark(terminal_ids=replaced.ids)
        if SERVING & vals.keys():
            self.env["attendance.terminal.mark"]._mark(terminal_ids=self.ids)
        return result

    @api.private
    def _people_limit(self):
        """How many people the terminal holds; 0: nobody knows."""
        return self.max_users or self.capacity_users

    def _by_day(self):
        """``{date: terminals on whose walls it is that date now}``."""
        now = fields.Datetime.now()
        found = defaultdict(self.browse)
        for terminal in self:
            local = now.replace(tzinfo=ZoneInfo("UTC")).astimezone(
                ZoneInfo(terminal.tz)
            )
            found[local.date()] |= terminal
        return found

    def _next_midnight(self):
        """When the terminal's next day begins; UTC."""
        zone = ZoneInfo(self.tz)
        today = fields.Datetime.now().replace(tzinfo=ZoneInfo("UTC")).astimezone(zone)
        begin = datetime.combine(
            today.date() + timedelta(days=1), datetime.min.time(), zone
        )
        return begin.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    @api.private
    def _plans(self, everything=False, employee_ids=None, all_removals=True):
        """What is to be done to each of these terminals; a few queries for all.

        :param everything: send also what is there already.
        :param employee_ids: look at these people only; none: everybody.
        :param all_removals: take off also those of whom somebody said that they stay.
        :return: ``{terminal: Plan}``.
        """
        wanted = {}
        for day, terminals in self._by_day().items():
            wanted.update(terminals._wanted_people(day, employee_ids))
        keys = {key for found in wanted.values() for key in found.people}
        on_units = self._people_on_units(employee_ids, keys)
        counts = self._counts_on_units(on_units, employee_ids)
        plans = {}
        for terminal in self:
            on_unit = on_units[terminal.id]
            only = None
            if employee_ids is not None:
                some = set(employee_ids)
                only = {k for k, who in on_unit.items() if who.employee_id in some}
            found = difference(
                wanted[terminal.id].people, on_unit, everything, only, all_removals
            )
            count, ours = counts[terminal.id]
            plans[terminal] = Plan(
                found,
                on_unit,
                wanted[terminal.id].without_code,
                missing_room(count, found, terminal._people_limit()),
                ours,
            )
        return plans

    def _counts_on_units(self, on_units, employee_ids):
        """``{terminal id: (people on it, those of them sent from here)}``."""
        if employee_ids is None:
            return {
                terminal: (len(people), sum(who.is_ours for who in people.values()))
                for terminal, people in on_units.items()
            }
        self.env.cr.execute(
            "SELECT terminal_id, count(*), count(confirmed_at)"
            " FROM attendance_terminal_user WHERE terminal_id = ANY(%s)"
            " GROUP BY terminal_id",
            [self.ids],
        )
        counts = {terminal: (0, 0) for terminal in self.ids}
        for terminal, count, ours in self.env.cr.fetchall():
            counts[terminal] = (count, ours)
        return counts

    @api.private
    def _send_people(self, kind="send", everything=False, employees=None):
        """Send these terminals whom they lack and take off who is too much.

        The caller has looked at the rights. Commands that wait from before and are
        overtaken by this are cancelled.

        :param kind: of the runs.
        :param employees: only these people, in any case; none: everybody.
        :return: the runs; none for a terminal that has nothing to do.
        :raise UserError: a terminal does not hold so many people.
        """
        self = self.sudo()  # sudo: commands and runs are made by nobody's hand
        ids = None if employees is None else employees.ids
        plans = self._plans(everything or ids is not None, ids)
        for terminal, plan in plans.items():
            if plan.missing:
                raise UserError(terminal._room_sentence(plan))
        self._check_size(sum(len(plan.orders) for plan in plans.values()))
        self._cancel_overtaken(plans, employees)
        return self._start_runs(plans, kind)

    def _check_size(self, count):
        if count > ORDERS_LIMIT:
            raise UserError(
                self.env._(
                    "%(count)s commands would be made at once; the limit is "
                    "%(limit)s. Choose fewer terminals.",
                    count=count,
                    limit=ORDERS_LIMIT,
                )
            )

    def _room_sentence(self, plan):
        return self.env._(
            "%(terminal)s holds %(limit)s people; with those to be added there would "
            "be %(missing)s too many. Assign fewer people to it, or correct “Most "
            "People” if the terminal holds more.",
            terminal=self.display_name,
            limit=self._people_limit(),
            missing=plan.missing,
        )

    def _cancel_overtaken(self, plans, employees):
        """What waits from before is done anew: all of it, or that of these people."""
        commands = self.env["attendance.terminal.command"]
        some = None if employees is None else set(employees.ids)
        overtaken = []
        for terminal, by_key in commands._waiting(self).items():
            plan = plans[self.browse(terminal)]
            keys = {order.key for order in plan.orders}
            overtaken += [
                command
                for key, waiting in by_key.items()
                if some is None or key in keys
                for command, _kind, _values in waiting
            ]
        commands.browse(overtaken)._cancel_waiting()
        if some is None:
            held = self.run_ids.search(
                [("terminal_id", "in", self.ids), ("state", "=", "held")]
            )
            held.write({"state": "cancelled"})

    @api.model
    def _start_runs(self, plans, kind, chosen=None):
        """Make the runs of these plans and their commands: two inserts for all.

        :param chosen: ``{terminal: orders}``; none: all orders of the plans.
        """
        chosen = chosen or {terminal: plan.orders for terminal, plan in plans.items()}
        busy = [terminal for terminal in plans if chosen[terminal]]
        runs = self.env["attendance.terminal.run"].create(
            [
                {
                    "terminal_id": terminal.id,
                    "kind": kind,
                    **self._run_values(chosen[terminal], plans[terminal].on_unit),
                }
                for terminal in busy
            ]
        )
        self.env["attendance.terminal.command"]._queue(
            [
                self._command_values(run, order)
                for terminal, run in zip(busy, runs, strict=True)
                for order in chosen[terminal]
            ]
        )
        return runs

    @api.model
    def _run_values(self, todo, on_unit):
        """Counts of a run, and whom it takes off."""
        put = {order.key for order in todo if order.kind == "put"}
        gone = [o for o in todo if o.kind == "delete" and o.key not in put]
        return {
            "add_count": len(put - on_unit.keys()),
            "change_count": len(put & on_unit.keys()),
            "remove_count": len(gone),
            "removal": [{"key": o.key, **o.who._asdict()} for o in gone] or False,
        }

    @api.model
    def _command_values(self, run, order):
        kind, values = self._kind_and_values(order)
        return {
            "terminal_id": run.terminal_id.id,
            "run_id": run.id,
            "kind": kind,
            "values": values,
            "employee_id": order.who.employee_id or False,
            "user_code": order.who.code,
        }

    @api.model
    def _kind_and_values(self, order):
        """What a command of this order says."""
        who = order.who
        values = {"code": who.code}
        if order.kind == "put":
            values.update(name=who.name, privilege=who.privilege, card=who.card)
        return f"user_{order.kind}", values
