import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component } from "@odoo/owl";

/**
 * The steps of a form that is filled page by page: a row of their names, or with the
 * option `buttons` back and next. Onward goes only what makes sense so far; the field
 * named by the option `refusal` says why not.
 */
export class AttendanceWizardStepsField extends Component {
    static template = "chain_attendance_shift.AttendanceWizardSteps";
    static props = {
        ...standardFieldProps,
        buttons: { type: Boolean, optional: true },
        refusal: { type: String, optional: true },
    };

    setup() {
        this.notification = useService("notification");
    }

    get steps() {
        return this.props.record.fields[this.props.name].selection;
    }

    get index() {
        const { record, name } = this.props;
        return this.steps.findIndex(([value]) => value === record.data[name]);
    }

    async go(index) {
        const { record, name, refusal } = this.props;
        if (index > this.index) {
            if (!(await record.checkValidity({ displayNotification: true }))) {
                return;
            }
            const error = refusal && record.data[refusal]?.error;
            if (error) {
                this.notification.add(error, { type: "danger" });
                return;
            }
        }
        await record.update({ [name]: this.steps[index][0] });
    }
}

registry.category("fields").add("attendance_wizard_steps", {
    component: AttendanceWizardStepsField,
    displayName: _t("Steps"),
    supportedTypes: ["selection"],
    isEmpty: () => false,
    extractProps: ({ options }) => ({
        buttons: options.buttons,
        refusal: options.refusal,
    }),
});
