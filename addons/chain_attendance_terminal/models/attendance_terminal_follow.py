from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from odoo import SUPERUSER_ID, fields, models

from ..provisioning import Difference, OnUnit, is_mass_removal, orders

# So many commands are made for one terminal by one pass of the scheduled job.
PASS_LIMIT = 2000
# What was refused is not sent again by itself before so many hours have passed.
RETRY_HOURS = 20
# If no keeper may decide, so many administrators are asked.
ASKED_ADMINISTRATORS = 10
REMOVAL_ACTIVITY = "chain_attendance_terminal.mail_activity_type_removal"


class AttendanceTerminal(models.Model):
    """Terminals follow changes by themselves; removals of many wait for a person."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal"  # pylint: disable=consider-merging-classes-inherited

    def _send_changes(self, employee_ids=None):
        """Let these terminals follow what changed; for the scheduled job.

        What is on its way already is not sent twice, what is overtaken is cancelled,
        and what a terminal refused waits for another day. Removals of many people
        at once wait for a person.

        :return: the terminals that have more to do than one pass makes.
        """
        plans = self._plans(employee_ids=employee_ids, all_removals=False)
        plans = self._hold_removals(plans, employee_ids is None)
        plans = {t: t._fit_to_room(plan) for t, plan in plans.items()}
        commands = self.env["attendance.terminal.command"]
        waiting = commands._waiting(self)
        since = fields.Datetime.now() - timedelta(hours=RETRY_HOURS)
        refused = commands._refused_lately(self, since)
        overtaken, chosen, more = [], {}, self.browse()
        for terminal, plan in plans.items():
            todo, old = terminal._news(plan, waiting[terminal.id], employee_ids)
            overtaken += old
            todo = [
                order
                for order in todo
                if (terminal.id, f"user_{order.kind}", order.key) not in refused
            ]
            if len(todo) > PASS_LIMIT:
                more |= terminal
            chosen[terminal] = todo[:PASS_LIMIT]
        commands.browse(overtaken)._cancel_waiting()
        self._start_runs(plans, "automatic", chosen)
        return more

    def _news(self, plan, waiting, employee_ids):
        """The orders that do not wait already, and the commands they overtake.

        :param waiting: ``{key: [(id, kind, values)]}`` of this terminal.
        """
        by_key = defaultdict(list)
        for order in plan.orders:
            by_key[order.key].append(order)
        todo, same = [], set()
        for key, of_key in by_key.items():
            asked = [self._kind_and_values(order) for order in of_key]
            if asked == [(kind, values) for _id, kind, values in waiting.get(key, ())]:
                same.add(key)
        todo = [order for order in plan.orders if order.key not in same]
        looked_at = None
        if employee_ids is not None:
            looked_at = by_key.keys() | plan.on_unit.keys()
        overtaken = [
            command
            for key, of_key in waiting.items()
            if key not in same and (looked_at is None or key in looked_at)
            for command, _kind, _values in of_key
        ]
        return todo, overtaken

    def _fit_to_room(self, plan):
        """Nobody is added to a terminal that does not hold all; said once."""
        if not plan.missing:
            return plan
        self = self._for_keepers()
        sentence = self._room_sentence(plan)
        last = self.run_ids.search([("terminal_id", "=", self.id)], limit=1)
        if last.note != sentence:
            self.run_ids.create(
                {
                    "terminal_id": self.id,
                    "kind": "automatic",
                    "state": "failed",
                    "note": sentence,
                }
            )
            self._tell_keepers(sentence)
        return replace(plan, found=replace(plan.found, add={}))

    def _hold_removals(self, plans, is_complete):
        """Removals of many people at once wait; the plans without them.

        :param is_complete: whether everybody was looked at.
        """
        held = self.run_ids.search(
            [("terminal_id", "in", self.ids), ("state", "=", "held")]
        ).grouped("terminal_id")
        lately = self._removed_lately()
        result = {}
        for terminal, plan in plans.items():
            run = held.get(terminal, self.run_ids.browse())
            before = {entry["key"] for entry in run.removal or []}
            remove = plan.found.remove
            fresh = remove.keys() - before
            waits = remove.keys() & before
            # Many in small steps, a few minutes apart, are many.
            gone = lately.get(terminal, 0)
            if fresh and is_mass_removal(len(fresh) + gone, plan.ours + gone):
                waits |= fresh
                terminal._hold(run, {key: remove[key] for key in waits})
            elif run and is_complete and not waits:
                run.state = "cancelled"
            rest = {key: who for key, who in remove.items() if key not in waits}
            result[terminal] = replace(plan, found=replace(plan.found, remove=rest))
        return result

    def _removed_lately(self):
        """How many people the scheduled job took off in a day: ``{terminal: count}``.

        Whom a person let go is not counted.
        """
        since = fields.Datetime.now() - timedelta(hours=RETRY_HOURS)
        rows = self.env["attendance.terminal.run"]._read_group(
            [
                ("terminal_id", "in", self.ids),
                ("kind", "=", "automatic"),
                ("user_id", "=", SUPERUSER_ID),
                ("state", "in", ("running", "done", "failed")),
                ("create_date", ">=", since),
                ("remove_count", ">", 0),
            ],
            ["terminal_id"],
            ["remove_count:sum"],
        )
        return dict(rows)

    def _hold(self, run, removal):
        self = self._for_keepers()
        values = {
            "remove_count": len(removal),
            "removal": [
                {"key": key, **who._asdict()} for key, who in sorted(removal.items())
            ],
        }
        if run:
            run.write(values)
        else:
            run = self.run_ids.create(
                {
                    "terminal_id": self.id,
                    "kind": "automatic",
                    "state": "held",
                    **values,
                }
            )
        self._tell_keepers(
            self.env._(
                "%(count)s people would be taken off this terminal at once. Nothing "
                "was sent: look at “Sendings” and take them off, or leave them on it.",
                count=len(removal),
            )
        )
        self._ask_to_decide(run)

    def _ask_to_decide(self, run):
        """Give those who may decide a thing to do, in place of an earlier one."""
        self.activity_unlink([REMOVAL_ACTIVITY])
        for user in self._deciders():
            # No mail for each: the message to the keepers tells it.
            asked = self.with_context(
                lang=user.lang,
                tz=user.tz or self.tz,
                mail_activity_quick_update=True,
            )
            asked.activity_schedule(
                REMOVAL_ACTIVITY,
                summary=asked.env._(
                    "Under “Sendings”: take %(count)s people off this terminal, or "
                    "leave them on it",
                    count=run.remove_count,
                ),
                note=run.with_env(asked.env)._get_html_link(),
                user_id=user.id,
            )

    def _deciders(self):
        """The keepers who may edit the terminal; none: administrators."""
        keepers = self._keepers().filtered(self._may_be_edited_by)
        if keepers:
            return keepers
        group = self.env.ref("chain_attendance_base.group_manager")
        domain = [
            ("all_group_ids", "in", group.ids),
            ("company_ids", "in", self.company_id.ids),
        ]
        return self.env["res.users"].search(domain, limit=ASKED_ADMINISTRATORS)

    def _may_be_edited_by(self, user):
        companies = {"allowed_company_ids": user.company_ids.ids}
        return self.with_user(user).with_context(**companies).has_access("write")

    def _close_removal_activities(self):
        """It was decided: done for who did, gone for the others who were asked."""
        terminals = self.sudo()  # sudo: what others were asked is theirs
        terminals.activity_feedback([REMOVAL_ACTIVITY], user_id=self.env.uid)
        terminals.activity_unlink([REMOVAL_ACTIVITY])

    def _keepers(self):
        """Who is responsible for the terminal's store."""
        store = self.store_id
        return (store.manager_id.user_id | store.timekeeper_ids).filtered("active")

    def _for_keepers(self):
        """This terminal, speaking the language of those who are responsible."""
        language = self._keepers()[:1].lang or self.company_id.partner_id.lang
        return self.with_context(lang=language)

    def _tell_keepers(self, sentence):
        """Say something about this terminal to those who are responsible for it."""
        self.message_post(
            body=sentence,
            partner_ids=self._keepers().partner_id.ids,
            message_type="notification",
            subtype_xmlid="mail.mt_note",
        )

    def _release_held(self, run):
        """Take those off who waited and are still not wanted."""
        held = {entry["key"] for entry in run.removal or []}
        plan = self._plans()[self]
        remove = {key: who for key, who in plan.found.remove.items() if key in held}
        todo = orders(Difference(remove=remove), plan.on_unit)
        run.write(
            {
                "state": "running" if todo else "cancelled",
                "user_id": self.env.uid,
                **self._run_values(todo, plan.on_unit),
            }
        )
        commands = self.env["attendance.terminal.command"]
        waiting = commands._waiting(self)[self.id]
        commands.browse(
            command
            for key, of_key in waiting.items()
            if key in remove
            for command, _kind, _values in of_key
        )._cancel_waiting()
        commands._queue([self._command_values(run, order) for order in todo])

    def _put_back(self, run):
        """A run that puts back whom another one took off; cancels what it still would.

        :return: the new run; none if nobody can be put back.
        """
        run.command_ids.filtered(
            lambda c: c.state == "waiting" and c.kind == "user_delete"
        )._cancel_waiting()
        plan = self._plans()[self]
        taken = {
            key
            for part in (plan.found.add, plan.found.change, plan.found.replace)
            for key in part
        }
        people = {entry["employee_id"] for entry in run.removal or []}
        known = {None, False, *self.env["hr.employee"].browse(people).exists().ids}
        back = {
            entry["key"]: OnUnit(**{k: v for k, v in entry.items() if k != "key"})
            for entry in run.removal or []
            if entry["key"] not in taken
            and entry["key"] not in plan.on_unit
            and entry["employee_id"] in known
        }
        there = {e["key"] for e in run.removal or []} & plan.on_unit.keys()
        self.env["attendance.terminal.user"].search(
            [
                ("terminal_id", "=", self.id),
                ("code_key", "in", list(there)),
                ("confirmed_at", "!=", False),
            ]
        ).write({"is_kept": True})
        run.removal = False
        plan = replace(plan, found=Difference(add=back))
        return self._start_runs({self: plan}, "undo")
