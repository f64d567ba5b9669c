import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, xml } from "@odoo/owl";

/** The button of a row whose id, or whose field `day_id`, is that of a day. */
export class ExplainButton extends Component {
    static template = xml`
        <button type="button" class="btn btn-link p-0" name="action_explain" t-att-title="title" t-att-aria-label="title" t-on-click.stop="explain">
            <i class="fa fa-question-circle-o"/>
        </button>`;
    static props = { ...standardWidgetProps };

    setup() {
        this.action = useService("action");
        this.title = _t("Explain");
    }

    explain() {
        const { record } = this.props;
        return this.action.doAction({
            type: "ir.actions.client",
            tag: "attendance_day_explanation",
            name: _t("How This Day Was Computed"),
            target: "new",
            params: { day_id: record.data.day_id?.id || record.resId },
            context: { dialog_size: "extra-large", footer: false },
        });
    }
}

registry.category("view_widgets").add("attendance_explain", {
    component: ExplainButton,
    listViewWidth: 18,
});
