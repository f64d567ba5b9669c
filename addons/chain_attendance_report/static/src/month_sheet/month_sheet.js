import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { deserializeDate, serializeDate, today } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { Pager } from "@web/core/pager/pager";
import { MultiRecordSelector } from "@web/core/record_selectors/multi_record_selector";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useSetupAction } from "@web/search/action_hook";
import { ControlPanel } from "@web/search/control_panel/control_panel";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { formatAttendanceMinutes } from "@chain_attendance_day/fields/attendance_minutes";
import { useFreshDays } from "@chain_attendance_day/live/fresh_days_hook";

import { formatAttendanceLeave } from "../fields/attendance_leave";

import { Component, onWillStart, useState } from "@odoo/owl";

const MODEL = "attendance.month.sheet";
const PAGE = 50;
const TYPING_PAUSE = 400;
const EXPORT_FUNCTION = "chain_attendance_base.function_reports_export";

/** People down, days across, a sign in each cell: the sheet that offices print. */
export class AttendanceMonthSheet extends Component {
    static template = "chain_attendance_report.MonthSheet";
    static components = { ControlPanel, DateTimeInput, MultiRecordSelector, Pager };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.page = PAGE;
        this.storeDomain = [["attendance_scope", "=", "reports.view"]];
        // What was asked for last; the screen follows when its figures are there.
        this.wanted = {
            from: serializeDate(today().startOf("month")),
            to: serializeDate(today().endOf("month")),
            store_ids: [],
            department_ids: [],
            text: "",
            offset: 0,
            ...this.props.action.context?.month_sheet,
            ...this.props.state?.choice,
        };
        this.state = useState({ choice: this.wanted, sheet: null, mayExport: false, isBusy: false });
        this.onText = useDebounced((text) => this.choose({ text, offset: 0 }), TYPING_PAUSE);
        useSetupAction({ getLocalState: () => ({ choice: this.wanted }) });
        useFreshDays(() => this.load());
        onWillStart(async () => {
            this.state.mayExport = await user.hasGroup(EXPORT_FUNCTION);
            await this.load();
        });
    }

    async load() {
        const choice = { ...this.wanted };
        const call = this.orm.call(MODEL, "get_sheet", [this.asked(choice), choice.offset, PAGE]);
        const sheet = await this.keepLast.add(call);
        this.wanted.offset = choice.offset = sheet.offset;
        Object.assign(this.state, { choice, sheet });
    }

    asked({ from, to, store_ids, department_ids, text }) {
        return { from, to, store_ids, department_ids, text };
    }

    async choose(values) {
        const before = this.wanted;
        this.wanted = { ...before, ...values };
        try {
            await this.load();
        } catch (error) {
            this.wanted = before;
            throw error;
        }
    }

    // Dates ----------------------------------------------------------------------------

    get dates() {
        return [this.state.choice.from, this.state.choice.to].map(deserializeDate);
    }

    showMonth(day) {
        const from = serializeDate(day.startOf("month"));
        return this.choose({ from, to: serializeDate(day.endOf("month")), offset: 0 });
    }

    /** One month on, or back; a span of other days keeps its days. */
    move(by) {
        const [from, to] = [this.wanted.from, this.wanted.to].map(deserializeDate);
        if (from.day === 1 && to.hasSame(to.endOf("month"), "day")) {
            return this.showMonth(from.plus({ months: by }));
        }
        const [first, last] = [from, to].map((day) => serializeDate(day.plus({ months: by })));
        return this.choose({ from: first, to: last, offset: 0 });
    }

    toToday() {
        return this.showMonth(today());
    }

    onFrom(date) {
        if (!date) {
            return;
        }
        // A first day alone means a month from there on.
        const to = date.plus({ months: 1 }).minus({ days: 1 });
        return this.choose({ from: serializeDate(date), to: serializeDate(to), offset: 0 });
    }

    onTo(date) {
        return date && this.choose({ to: serializeDate(date), offset: 0 });
    }

    // Other choices --------------------------------------------------------------------

    onStores(store_ids) {
        return this.choose({ store_ids, offset: 0 });
    }

    onDepartments(department_ids) {
        return this.choose({ department_ids, offset: 0 });
    }

    onPage({ offset }) {
        return this.choose({ offset });
    }

    // What is shown --------------------------------------------------------------------

    get placeText() {
        return (person) => [person.department, person.store].filter(Boolean).join(" · ");
    }

    total({ name, kind }, totals) {
        const value = totals[name];
        if (kind === "count") {
            return value || "";
        }
        if (kind === "minutes") {
            return value ? formatAttendanceMinutes(value) : "";
        }
        const days = totals[name.replace("_minutes", "_days")];
        // Of trips the part by hours is not kept by itself.
        const hours = totals[name.replace("_minutes", "_hour_minutes")] ?? (days ? 0 : value);
        return days || hours ? formatAttendanceLeave(days, hours) : "";
    }

    cellTitle(day, cell) {
        return `${deserializeDate(day.date).toFormat("ccc")} ${day.date}: ${cell.title}`;
    }

    // What is done ---------------------------------------------------------------------

    explain(cell) {
        return this.action.doAction({
            type: "ir.actions.client",
            tag: "attendance_day_explanation",
            name: _t("How This Day Was Computed"),
            target: "new",
            params: { day_id: cell.id },
            context: { dialog_size: "extra-large", footer: false },
        });
    }

    async openPerson(person) {
        const { from, to } = this.state.choice;
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: `${person.name} · ${this.state.sheet.title}`,
            res_model: "attendance.report.daily",
            views: [
                [false, "list"],
                [false, "search"],
            ],
            domain: [
                ["employee_id", "=", person.id],
                ["work_date", ">=", from],
                ["work_date", "<=", to],
            ],
        });
    }

    async saveExcel() {
        this.state.isBusy = true;
        try {
            await download({
                url: "/chain_attendance/month_sheet.xlsx",
                data: {
                    data: JSON.stringify({
                        choice: this.asked(this.state.choice),
                        companies: user.context.allowed_company_ids,
                    }),
                },
            });
        } finally {
            this.state.isBusy = false;
        }
    }

    async savePdf() {
        this.state.isBusy = true;
        try {
            const action = await this.orm.call(MODEL, "action_print", [
                this.asked(this.state.choice),
            ]);
            await this.action.doAction(action);
        } finally {
            this.state.isBusy = false;
        }
    }
}

registry.category("actions").add("attendance_month_sheet", AttendanceMonthSheet);
