import { registry } from "@web/core/registry";
import { SearchModel } from "@web/search/search_model";

import { serializeDate } from "@web/core/l10n/dates";

import { withSpan } from "../span/span_search_model";
import { SpanMenu } from "../span/span_menu";
import { AttendanceReportListController, attendanceReportList } from "./attendance_report_list";
import { AttendanceReportListRenderer } from "./attendance_report_renderer";

import { useSubEnv } from "@odoo/owl";

const DAILY = "chain_attendance_report.attendance_report_daily_action";
const ADJUSTMENTS = "chain_attendance_day.attendance_adjustment_action";
// A row is about one place: its days are those that were there.
const PLACES = ["employee_id", "department_id", "store_id", "home_store_id", "job_id"];
// What a column counts, in the words of the daily report.
const COUNTED = {
    late_count: [["late_minutes", ">", 0]],
    early_count: [["early_minutes", ">", 0]],
    absent_count: [["absent_minutes", ">", 0]],
    due_days: [["due_minutes", ">", 0]],
    present_days: ["|", ["first_in_at", "!=", false], ["last_out_at", "!=", false]],
    open_count: [["state", "=", "in_progress"]],
};

const ADJUSTED = ["adjustments", "adjusted_later"];

function ofPlaces(data) {
    return PLACES.map((name) => [name, "=", data[name]?.id || false]);
}

/** The days that make up a figure. */
function daysOf(name) {
    if (name in COUNTED) {
        return COUNTED[name];
    }
    if (/^(leave|trip)_.*minutes$/.test(name)) {
        return ["|", [name, ">", 0], [name.replace(/_minutes$/, "_days"), ">", 0]];
    }
    return /_(minutes|count)$/.test(name) ? [[name, "!=", 0]] : [];
}

class MonthlyListRenderer extends AttendanceReportListRenderer {
    onCellClicked(record, column, ...rest) {
        this.env.clicked.column = column;
        return super.onCellClicked(record, column, ...rest);
    }
}

/** The monthly report's list: a figure opens the days it was summed from. */
class MonthlyListController extends AttendanceReportListController {
    static components = { ...AttendanceReportListController.components, SpanMenu };

    setup() {
        super.setup();
        this.clicked = { column: null };
        useSubEnv({ clicked: this.clicked });
    }

    async openRecord(record, { newWindow } = {}) {
        const { column } = this.clicked;
        const { data } = record;
        const isLine = ADJUSTED.includes(column?.name) && data[column.name];
        if (isLine || data.kind === "adjustments") {
            return this.openAdjustments(data, column, { newWindow });
        }
        // Behind nothing there are no days: all are shown then.
        const isFigure = column?.type === "field" && (data[column.name] || this.hasDays(data, column));
        const days = isFigure ? daysOf(column.name) : [];
        const isOpenLeftOut = days.length && column.name !== "open_count";
        const action = await this.actionService.loadAction(DAILY);
        const words = [data.employee_name, this.spanText(data)];
        if (days.length) {
            words.push(column.label);
        }
        return this.actionService.doAction(
            {
                ...action,
                name: words.join(" · "),
                display_name: words.join(" · "),
                context: {},
                domain: [
                    ["work_date", ">=", serializeDate(data.date_from)],
                    ["work_date", "<=", serializeDate(data.date_to)],
                    ...ofPlaces(data),
                    ...(isOpenLeftOut ? [["state", "=", "final"]] : []),
                    ...days,
                ],
            },
            { newWindow }
        );
    }

    /** The lines behind an adjustment: by who takes them, or by their own day. */
    async openAdjustments(data, column, options) {
        const { attendance_from: from, attendance_to: to } = this.model.root.context;
        const first = from || serializeDate(data.month.startOf("month"));
        const last = to || serializeDate(data.month.endOf("month"));
        const isLater = column?.name === "adjusted_later" && data.kind === "days";
        const date = isLater ? "work_date" : "period_id.date_to";
        const action = await this.actionService.loadAction(ADJUSTMENTS);
        const what = ADJUSTED.includes(column?.name) ? [column.label] : [];
        const name = [data.employee_name, this.spanText(data), ...what].join(" · ");
        const domain = [
            ["employee_id", "=", data.employee_id.id],
            [date, ">=", first],
            [date, "<=", last],
            ...(isLater ? ofPlaces(data) : []),
        ];
        return this.actionService.doAction(
            { ...action, name, display_name: name, context: {}, domain },
            options
        );
    }

    /** Leave of a day without minutes due is a figure, too. */
    hasDays(data, { name }) {
        return Boolean(data[name.replace(/_minutes$/, "_days")]);
    }

    spanText({ date_from, date_to, month }) {
        const isMonth = !this.model.root.context.attendance_from;
        return isMonth
            ? month.toFormat("yyyy-MM")
            : `${serializeDate(date_from)} – ${serializeDate(date_to)}`;
    }
}

registry.category("views").add("attendance_report_monthly_list", {
    ...attendanceReportList,
    Controller: MonthlyListController,
    Renderer: MonthlyListRenderer,
    SearchModel: withSpan(SearchModel),
    buttonTemplate: "chain_attendance_report.MonthlyListButtons",
});
