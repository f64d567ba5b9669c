import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component, xml } from "@odoo/owl";

/** The running number of a row in the list that is shown, counted over the pages. */
export class AttendanceRowNumberField extends Component {
    static template = xml`<span t-esc="number"/>`;
    static props = { ...standardFieldProps };

    get number() {
        const { record } = this.props;
        const root = record.model.root;
        for (const list of listsOf(root)) {
            const index = list.records.indexOf(record);
            if (index >= 0) {
                return list.offset + index + 1;
            }
        }
        return "";
    }
}

function listsOf(root) {
    return root.groups ? root.groups.flatMap((group) => listsOf(group.list)) : [root];
}

registry.category("fields").add("attendance_row_number", {
    component: AttendanceRowNumberField,
    displayName: _t("Row number"),
    supportedTypes: ["integer"],
});
