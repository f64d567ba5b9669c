import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { formatAttendanceMinutes } from "@chain_attendance_day/fields/attendance_minutes";

import { Component, xml } from "@odoo/owl";

/** Leave as the product shows it: `1d`, `4h` or `1d 4h`; nothing taken is `0h`. */
export function formatAttendanceLeave(days, hourMinutes) {
    const parts = [];
    if (days) {
        parts.push(`${days}d`);
    }
    if (hourMinutes || !days) {
        parts.push(formatAttendanceMinutes(hourMinutes || 0));
    }
    return parts.join(" ");
}

/** The columns that hold the days, and the minutes asked for by hours, of a column. */
export function partsOf(name) {
    return name.endsWith("_minutes")
        ? ["days", "hour_minutes"].map((part) => name.replace(/_minutes$/, `_${part}`))
        : [];
}

/** The same out of the values of a row, or their sums. */
export function leaveText(name, values) {
    const [days, hours] = partsOf(name);
    return formatAttendanceLeave(values[days], values[hours]);
}

export class AttendanceLeaveField extends Component {
    static template = xml`<span t-esc="text"/>`;
    static props = { ...standardFieldProps, blankOpen: { type: Boolean, optional: true } };

    get text() {
        const { name, record, blankOpen } = this.props;
        const { data } = record;
        // Leave that is taken is known before the day is over.
        const isTaken = [name, ...partsOf(name)].some((part) => data[part]);
        const isOpen = blankOpen && data.state === "in_progress";
        return isOpen && !isTaken ? "" : leaveText(name, data);
    }
}

export const attendanceLeaveField = {
    component: AttendanceLeaveField,
    displayName: _t("Leave as days and hours"),
    supportedTypes: ["integer"],
    isEmpty: () => false,
    extractProps: ({ options }) => ({ blankOpen: options.blank_open }),
    fieldDependencies: ({ name }) => partsOf(name).map((part) => ({ name: part, type: "integer" })),
};

registry.category("fields").add("attendance_leave", attendanceLeaveField);
