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

const partOf = (name, part) => name.replace(/_minutes$/, `_${part}`);

export class AttendanceLeaveField extends Component {
    static template = xml`<span t-esc="text"/>`;
    static props = { ...standardFieldProps };

    get text() {
        const { record, name } = this.props;
        const days = record.data[partOf(name, "days")];
        // Where hours are not kept by themselves, all that is not a day is hours.
        const hours = record.data[partOf(name, "hour_minutes")];
        return formatAttendanceLeave(days, hours ?? (days ? 0 : record.data[name]));
    }
}

export const attendanceLeaveField = {
    component: AttendanceLeaveField,
    displayName: _t("Leave as days and hours"),
    supportedTypes: ["integer"],
    isEmpty: () => false,
    fieldDependencies: ({ name }) =>
        ["days", ...(name.startsWith("leave_") && name !== "leave_minutes" ? ["hour_minutes"] : [])].map(
            (part) => ({ name: partOf(name, part), type: "integer" })
        ),
};

registry.category("fields").add("attendance_leave", attendanceLeaveField);
