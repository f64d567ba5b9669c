import { registry } from "@web/core/registry";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

import { useFreshDays } from "@chain_attendance_day/live/fresh_days_hook";

import { LayoutMenu } from "../columns/layout_menu";
import { ReportColumns } from "../columns/report_columns";
import { ReportExportMenu } from "../export/report_export_menu";
import { AttendanceReportModel } from "./attendance_report_model";
import { AttendanceReportListRenderer } from "./attendance_report_renderer";

import { onWillStart, useSubEnv } from "@odoo/owl";

/** A report's list: what it shows can be taken away as a file. */
export class AttendanceReportListController extends ListController {
    static template = "chain_attendance_report.ListView";
    static components = { ...ListController.components, LayoutMenu, ReportExportMenu };

    setup() {
        super.setup();
        this.reportColumns = new ReportColumns(
            this.orm,
            this.props.resModel,
            this.archInfo.columns
        );
        useSubEnv({ reportColumns: this.reportColumns });
        onWillStart(() => this.reportColumns.load());
        this.getShown = () => this.shown;
        useFreshDays(() => this.readAgain());
    }

    /** Show figures that are new, unless somebody is about to do something with rows. */
    async readAgain() {
        // What somebody asked for meanwhile, an order of rows, is done first.
        await this.model.mutex.getUnlockedDef();
        const { root } = this.model;
        if (root.selection?.length || root.editedRecord) {
            return;
        }
        const { records } = root;
        await root.load();
        // A row may have been ticked while the new ones were on their way.
        const ticked = records.filter((record) => record.selected);
        const resIds = new Set(ticked.map((record) => record.resId));
        for (const record of root.records) {
            if (resIds.has(record.resId)) {
                record.toggleSelection(true);
            }
        }
    }

    /** The columns on the screen, in their order. */
    get exportedColumns() {
        return this.reportColumns.exported;
    }

    /** What is on the screen, for the export menu. */
    get shown() {
        const { root } = this.model;
        return {
            model: this.props.resModel,
            domain: root.domain,
            context: root.context,
            orderBy: root.orderBy,
            groupBy: root.groupBy,
            groupCount: root.isGrouped ? root.count : 0,
            columns: this.exportedColumns,
            facets: this.env.searchModel.facets.map(({ title, values, separator }) =>
                [title, values.join(` ${separator || ","} `)].filter(Boolean).join(": ")
            ),
            title: this.env.config.getDisplayName(),
            fields: this.props.fields,
        };
    }
}

export const attendanceReportList = {
    ...listView,
    Controller: AttendanceReportListController,
    Renderer: AttendanceReportListRenderer,
    Model: AttendanceReportModel,
    buttonTemplate: "chain_attendance_report.ListButtons",
};

registry.category("views").add("attendance_report_list", attendanceReportList);
