import { formatFloat, formatInteger } from "@web/views/fields/formatters";
import { ListRenderer } from "@web/views/list/list_renderer";

import { formatAttendanceMinutes } from "@chain_attendance_day/fields/attendance_minutes";

import { leaveText, partsOf } from "../fields/attendance_leave";

import { useState } from "@odoo/owl";

const SUMMED = ["integer", "float"];

/** A report's rows: columns as the person wants them, sums in the report's units. */
export class AttendanceReportListRenderer extends ListRenderer {
    setup() {
        this.reportColumns = useState(this.env.reportColumns);
        super.setup();
    }

    processAllColumn(columns, list) {
        return this.reportColumns.arrange(super.processAllColumn(columns, list));
    }

    getActiveColumns() {
        return super.getActiveColumns().filter((column) => this.reportColumns.isShown(column));
    }

    computeOptionalActiveFields() {
        return Object.fromEntries(
            this.allColumns
                .filter((column) => column.type === "field" && column.optional)
                .map((column) => [column.name, this.reportColumns.isShown(column)])
        );
    }

    saveOptionalActiveFields() {
        return this.reportColumns.show({ ...this.optionalActiveFields });
    }

    /** Of what is ticked, of groups, or of all rows that were found. */
    computeAggregates() {
        const { list } = this.props;
        const aggregates = {};
        const source = this.sumSource;
        for (const { name, widget, attrs, type } of this.columns) {
            if (type === "field" && attrs.sum && SUMMED.includes(list.fields[name].type)) {
                const values = {};
                for (const part of [name, ...partsOf(name)]) {
                    if (part in list.activeFields) {
                        values[part] = source(part);
                    }
                }
                aggregates[name] = {
                    help: attrs.sum,
                    value: this.sumText(name, widget, values, list.fields[name].type),
                    rawValue: values[name],
                };
            }
        }
        return aggregates;
    }

    get sumSource() {
        const { list } = this.props;
        // Nothing of what is in progress is final.
        const isOpen = (record) => record.data.state === "in_progress";
        const sum = (numbers) => numbers.reduce((total, number) => total + (number || 0), 0);
        if (list.selection.length) {
            return (name) =>
                sum(
                    list.selection
                        .filter((record) => !isOpen(record))
                        .map((record) => record.data[name])
                );
        }
        if (list.isGrouped) {
            return (name) => sum(list.groups.map((group) => group.aggregates[name]));
        }
        const totals = list.config.reportTotals || {};
        return (name) => totals[name] ?? 0;
    }

    sumText(name, widget, values, type) {
        if (widget === "attendance_leave") {
            return leaveText(name, values);
        }
        if (widget === "attendance_minutes") {
            return formatAttendanceMinutes(values[name]);
        }
        return type === "float"
            ? formatFloat(values[name], { trailingZeros: false })
            : formatInteger(values[name]);
    }

    formatGroupAggregate(group, column) {
        if (column.widget === "attendance_leave" && column.name in group.aggregates) {
            return { value: leaveText(column.name, group.aggregates) };
        }
        return super.formatGroupAggregate(group, column);
    }
}
