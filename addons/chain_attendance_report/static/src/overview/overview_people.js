import { _t } from "@web/core/l10n/translation";
import { Dialog } from "@web/core/dialog/dialog";
import { Pager } from "@web/core/pager/pager";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";

import { useFreshDays } from "@chain_attendance_day/live/fresh_days_hook";

import { Component, onWillStart, useState } from "@odoo/owl";

import { minutesWord, numberWords, whyWord } from "./overview_words";

/** The people behind a number of the board, and what can be done about them. */
export class OverviewPeople extends Component {
    static template = "chain_attendance_report.OverviewPeople";
    static components = { Dialog, Pager };
    static props = {
        number: String,
        title: String,
        query: Object,
        options: Object,
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.state = useState({ told: null, offset: 0 });
        onWillStart(() => this.load());
        // As long as the first answer is waited for nothing else is asked.
        useFreshDays(() => this.state.told && this.load());
    }

    async load() {
        const told = await this.keepLast.add(
            this.orm.call("attendance.overview", "get_people", [this.props.number], {
                ...this.props.query,
                offset: this.state.offset,
            })
        );
        this.state.told = told;
    }

    get help() {
        return numberWords()[this.props.number][1];
    }

    onPage({ offset }) {
        this.state.offset = offset;
        return this.load();
    }

    hoursText(person) {
        return person.start ? `${person.start}–${person.stop}` : "";
    }

    lateText(person) {
        return _t("late by %s", minutesWord(person.minutes));
    }

    missingText(person) {
        return _t("for %s", minutesWord(person.minutes));
    }

    stateText(person) {
        if (person.why) {
            return whyWord(person.why);
        }
        return numberWords()[person.state]?.[0] || "";
    }

    explain(person) {
        return this.action.doAction({
            type: "ir.actions.client",
            tag: "attendance_day_explanation",
            name: _t("How This Day Was Computed"),
            target: "new",
            params: { day_id: person.day_id },
            context: { dialog_size: "extra-large", footer: false },
        });
    }

    async leave(action, options) {
        await this.action.doAction(action, options);
        this.props.close();
    }

    async openPerson(person) {
        const action = await this.orm.call("hr.employee", "get_formview_action", [
            [person.employee_id],
        ]);
        return this.leave(action);
    }

    correct(person) {
        return this.leave({
            type: "ir.actions.act_window",
            name: _t("Punch Correction"),
            res_model: "attendance.request",
            views: [[false, "form"]],
            target: "current",
            context: {
                default_kind: "correction",
                default_employee_id: person.employee_id,
                default_date_from: person.date,
            },
        });
    }

    async openList() {
        const action = await this.action.loadAction(
            "chain_attendance_report.attendance_report_daily_action"
        );
        return this.leave({
            ...action,
            name: this.props.title,
            domain: [["id", "in", this.state.told.day_ids]],
            context: {},
        });
    }
}
