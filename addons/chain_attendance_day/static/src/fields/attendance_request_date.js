import { areDatesEqual } from "@web/core/l10n/dates";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { registry } from "@web/core/registry";
import { DateTimeField, dateField } from "@web/views/fields/datetime/datetime_field";

/**
 * A date from which the form works out others. Odoo's field goes on showing the former
 * date where one was typed, if the server's answer comes after the calendar closed.
 */
export class AttendanceRequestDateField extends DateTimeField {
    setup() {
        super.setup();
        useRecordObserver((record) => {
            const value = record.data[this.props.name];
            if (!this.picker.activeInput && !areDatesEqual(value, this.state.value)) {
                this.state.value = value;
            }
        });
    }
}

registry.category("fields").add("attendance_request_date", {
    ...dateField,
    component: AttendanceRequestDateField,
});
