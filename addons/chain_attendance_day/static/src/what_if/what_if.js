import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { Component, onMounted, onWillStart, onWillUnmount, useState } from "@odoo/owl";

const SHOWN_AS_MINUTES_BELOW = 30;
const SHOWN_PEOPLE = 100;
const ACTION = "chain_attendance_day.attendance_what_if_action";

function zeros(length) {
    return Array(length).fill(0);
}

function added(one, two) {
    return one.map((minutes, index) => minutes + two[index]);
}

/**
 * Past days under another shift or other rules: asked of the server a part at a time,
 * summed here; nothing is stored.
 */
export class AttendanceWhatIf extends Component {
    static template = "chain_attendance_day.WhatIf";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({
            plan: null,
            done: 0,
            isRunning: false,
            isStopped: false,
            isAll: false,
            shown: SHOWN_PEOPLE,
            opened: null,
            isBusy: false,
            failed: 0,
        });
        this.results = new Map();
        this.whatIfId = this.props.action.params.what_if_id;
        onWillStart(async () => {
            this.isExportAllowed = await user.hasGroup(
                "chain_attendance_base.function_reports_export"
            );
            this.state.plan = await this.orm.call("attendance.what.if", "plan", [
                [this.whatIfId],
            ]);
        });
        onMounted(() => this.run());
        onWillUnmount(() => {
            this.isGone = true;
        });
    }

    /** People together, as long as their days fit into one call. */
    *parts() {
        let ids = [];
        let days = 0;
        for (const [id, , , count] of this.state.plan.people) {
            if (this.results.has(id)) {
                continue;
            }
            if (ids.length && days + count > this.state.plan.call_days) {
                yield [ids, days];
                [ids, days] = [[], 0];
            }
            ids.push(id);
            days += count;
        }
        if (ids.length) {
            yield [ids, days];
        }
    }

    async run() {
        Object.assign(this.state, { isRunning: true, isStopped: false });
        try {
            for (const [ids, days] of this.parts()) {
                if (this.isGone || this.state.isStopped) {
                    break;
                }
                const found = await this.orm.silent.call("attendance.what.if", "judge", [
                    [this.whatIfId],
                    ids,
                ]);
                for (const id of ids) {
                    this.results.set(id, found[id] || this.nothing);
                    this.state.failed += found[id]?.failed || 0;
                }
                this.state.done += days;
            }
        } finally {
            this.state.isRunning = false;
        }
    }

    stop() {
        this.state.isStopped = true;
    }

    get nothing() {
        const length = this.state.plan.columns.length;
        return { before: zeros(length), after: zeros(length), days: [], failed: 0 };
    }

    get percent() {
        const { days } = this.state.plan;
        return days ? Math.round((this.state.done * 100) / days) : 100;
    }

    get isComplete() {
        return this.state.done >= this.state.plan.days;
    }

    get progressText() {
        return _t("%(done)s of %(days)s days", {
            done: this.state.done,
            days: this.state.plan.days,
        });
    }

    /** Rows of the table: people who are done, those with a difference first asked. */
    get people() {
        // The number of days done is what makes this be computed anew.
        if (this.state.done < 0) {
            return [];
        }
        return this.state.plan.people
            .filter(([id]) => this.results.has(id))
            .map(([id, name, number]) => ({ id, name, number, ...this.results.get(id) }))
            .filter((person) => this.state.isAll || person.days.length);
    }

    get sum() {
        let { before, after } = this.nothing;
        let [people, days] = [0, 0];
        if (this.state.done >= 0) {
            for (const person of this.results.values()) {
                before = added(before, person.before);
                after = added(after, person.after);
                people += person.days.length ? 1 : 0;
                days += person.days.length;
            }
        }
        return { before, after, people, days };
    }

    get foundText() {
        const { people, days } = this.sum;
        return _t("%(people)s people and %(days)s days would differ.", { people, days });
    }

    text(minutes) {
        if (minutes && Math.abs(minutes) < SHOWN_AS_MINUTES_BELOW) {
            return `${minutes}m`;
        }
        return `${Math.round((minutes * 100) / 60) / 100}h`;
    }

    change(before, after) {
        const minutes = after - before;
        return minutes ? `${minutes > 0 ? "+" : ""}${this.text(minutes)}` : "";
    }

    toggle(person) {
        this.state.opened = this.state.opened === person.id ? null : person.id;
    }

    more() {
        this.state.shown += SHOWN_PEOPLE;
    }

    explain(dayId) {
        return this.action.doAction({
            type: "ir.actions.client",
            tag: "attendance_day_explanation",
            name: _t("How This Day Was Computed"),
            target: "new",
            params: { day_id: dayId },
            context: { dialog_size: "extra-large", footer: false },
        });
    }

    ask() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("What If"),
            res_model: "attendance.what.if",
            res_id: this.whatIfId,
            views: [[false, "form"]],
            target: "new",
            context: { dialog_size: "extra-large" },
        });
    }

    apply() {
        return this.action.doAction(this.state.plan.apply);
    }

    discard() {
        if (this.env.config.breadcrumbs?.length > 1) {
            return this.action.restore();
        }
        return this.action.doAction(ACTION, { clearBreadcrumbs: true });
    }

    async excel() {
        const { title, span, columns } = this.state.plan;
        this.state.isBusy = true;
        try {
            await download({
                url: "/chain_attendance/what_if.xlsx",
                data: {
                    data: JSON.stringify({
                        title,
                        span,
                        columns: columns.map(([, label]) => label),
                        people: this.people.map(({ name, number, before, after, days }) => ({
                            name,
                            number,
                            before,
                            after,
                            days: days.map(([, day, old, changed]) => [day, old, changed]),
                        })),
                    }),
                },
            });
        } finally {
            this.state.isBusy = false;
        }
    }
}

registry.category("actions").add("attendance_what_if", AttendanceWhatIf);
