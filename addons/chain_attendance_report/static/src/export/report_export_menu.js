import { Domain } from "@web/core/domain";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

import { Component, onWillStart, useState } from "@odoo/owl";

const EXPORT_FUNCTION = "chain_attendance_base.function_reports_export";
const SCHEDULE_FUNCTION = "chain_attendance_base.function_reports_edit";
const MY_EXPORTS = "chain_attendance_report.attendance_report_export_action";
// What most lists can be divided by, if they have it.
const DIVIDERS = ["department_id", "store_id", "job_id"];
const MOST_SHEETS = 100;
const SHEETS_OF_TYPES = ["many2one", "selection", "char"];
const SHEETS_OF_DATES = /^\w+:(day|month|year)$/;

/**
 * What a report's list shows, to take away: small files at once, large ones from the
 * background. `getShown` says what is on the screen: `{model, domain, context, orderBy,
 * groupBy, groupCount, columns, facets, title, fields}`.
 */
export class ReportExportMenu extends Component {
    static template = "chain_attendance_report.ReportExportMenu";
    static components = { Dropdown, DropdownItem };
    static props = {
        getShown: Function,
        exportFunction: { type: String, optional: true },
    };
    static defaultProps = { exportFunction: EXPORT_FUNCTION };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({ isBusy: false, isAllowed: false, maySchedule: false });
        onWillStart(async () => {
            const functions = [this.props.exportFunction, SCHEDULE_FUNCTION];
            [this.state.isAllowed, this.state.maySchedule] = await Promise.all(
                functions.map((name) => user.hasGroup(name))
            );
        });
    }

    /** `[{name, label}]` of what each value may have a sheet of its own of. */
    get dividers() {
        const { fields } = this.props.getShown();
        return DIVIDERS.filter((name) => fields[name]).map((name) => ({
            name,
            label: _t("Excel, a sheet for each: %s", fields[name].string),
        }));
    }

    /** A screen in groups has a sheet for each group, unless there are very many. */
    get groupSheets() {
        const { fields, groupBy, groupCount } = this.props.getShown();
        if (groupCount > MOST_SHEETS) {
            return "";
        }
        const first = groupBy[0] || "";
        const { type, store } = fields[first.split(":")[0]] || {};
        const isDivider = store && (SHEETS_OF_TYPES.includes(type) || SHEETS_OF_DATES.test(first));
        return isDivider ? first : "";
    }

    /** The rows' order on the screen: that of its groups comes first. */
    get order() {
        const { fields, groupBy, orderBy } = this.props.getShown();
        const groups = groupBy.map((group) => ({ name: group.split(":")[0], asc: true }));
        const isSorted = ({ name }) => fields[name]?.sortable;
        const wanted = [...groups, ...orderBy].filter(isSorted);
        return wanted.map(({ name, asc }) => `${name} ${asc ? "asc" : "desc"}`).join(", ");
    }

    asked(format, sheets) {
        const { model, domain, context, columns, facets, title } = this.props.getShown();
        const span = [context.attendance_from, context.attendance_to];
        return {
            model,
            domain,
            columns,
            facets,
            title,
            format,
            sheets: format === "xlsx" ? sheets : "",
            order: this.order,
            companies: user.context.allowed_company_ids,
            span: span.every(Boolean) ? span : [],
        };
    }

    async take(format, sheets = this.groupSheets) {
        const asked = this.asked(format, sheets);
        this.state.isBusy = true;
        try {
            const answer = await this.orm.call("attendance.report.export", "ask", [asked]);
            if (answer.is_small) {
                await download({
                    url: `/chain_attendance/report.${format}`,
                    data: { data: JSON.stringify(asked) },
                });
            } else {
                this.tellItIsMade(answer);
            }
        } finally {
            this.state.isBusy = false;
        }
    }

    /** A schedule that sends what is on the screen, to be completed. */
    schedule() {
        const { model, domain, columns, title, groupBy } = this.props.getShown();
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "attendance.report.schedule",
            name: _t("Report by Mail"),
            views: [[false, "form"]],
            context: {
                default_report: model,
                default_domain: new Domain(domain).toString(),
                default_columns: columns.map(({ name, label }) => [name, label]),
                default_order: this.order,
                default_name: title,
                default_sheets: DIVIDERS.find((name) => name === groupBy[0]) || false,
                default_span: "all",
            },
        });
    }

    tellItIsMade({ rows }) {
        this.notification.add(
            _t("You may go on working or leave: you are told when the file is ready."),
            {
                title: _t("%s rows are written in the background", rows),
                type: "info",
                buttons: [
                    {
                        name: _t("My Exports"),
                        onClick: () => this.action.doAction(MY_EXPORTS),
                    },
                ],
            }
        );
    }
}
