import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component, xml } from "@odoo/owl";

const SHOWN_AS_MINUTES_BELOW = 30;

/**
 * Whole minutes as the product shows them: below half an hour `18m`, else hours with
 * at most two decimals, `8.47h` or `9h`. Nothing at all is an empty text.
 */
export function formatAttendanceMinutes(minutes) {
    if (minutes === false || minutes === null || minutes === undefined) {
        return "";
    }
    if (minutes && Math.abs(minutes) < SHOWN_AS_MINUTES_BELOW) {
        return `${minutes}m`;
    }
    return `${Math.round((minutes * 100) / 60) / 100}h`;
}

export class AttendanceMinutesField extends Component {
    static template = xml`<span t-esc="text"/>`;
    static props = {
        ...standardFieldProps,
        blankZero: { type: Boolean, optional: true },
        blankOpen: { type: Boolean, optional: true },
    };

    get text() {
        const { record, name, blankZero, blankOpen } = this.props;
        const minutes = record.data[name];
        const isOpen = blankOpen && record.data.state === "in_progress";
        return isOpen || (blankZero && !minutes) ? "" : formatAttendanceMinutes(minutes);
    }
}

export const attendanceMinutesField = {
    component: AttendanceMinutesField,
    displayName: _t("Minutes as hours"),
    supportedTypes: ["integer"],
    isEmpty: () => false,
    extractProps: ({ options }) => ({
        blankZero: options.blank_zero,
        blankOpen: options.blank_open,
    }),
};

registry.category("fields").add("attendance_minutes", attendanceMinutesField);
registry.category("formatters").add("attendance_minutes", formatAttendanceMinutes);
