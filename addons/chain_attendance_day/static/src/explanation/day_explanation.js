import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { Component, onWillStart, useState } from "@odoo/owl";

const REPORT = "chain_attendance_day.attendance_day_explanation";
const MAKES_PDF = ["ok", "upgrade", "workers"];

/** A day as a picture: lanes of shapes that the server has placed. */
export class DayTimeline extends Component {
    static template = "chain_attendance_day.DayTimeline";
    static props = { timeline: Object };
}

/** How the figures of a day came to be. */
export class DayExplanation extends Component {
    static template = "chain_attendance_day.DayExplanation";
    static components = { DayTimeline };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ told: null });
        onWillStart(async () => {
            const { day_id: dayId } = this.props.action.params;
            this.state.told = await this.orm.call("attendance.day", "explain", [[dayId]]);
        });
    }

    get isDifferent() {
        return this.state.told.status.kind !== "same";
    }

    openLink({ model, id }) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
            target: "current",
        });
    }

    /** A PDF file, or where the server makes none the page, to print from there. */
    async print() {
        const dayId = this.state.told.day.id;
        const status = await rpc("/report/check_wkhtmltopdf");
        if (!MAKES_PDF.includes(status)) {
            return browser.open(`/report/html/${REPORT}/${dayId}`, "_blank");
        }
        return this.action.doAction(`${REPORT}_report`, {
            additionalContext: { active_ids: [dayId] },
        });
    }

    get headline() {
        const { employee, number } = this.state.told.day;
        return number ? _t("%(name)s (%(number)s)", { name: employee, number }) : employee;
    }
}

registry.category("actions").add("attendance_day_explanation", DayExplanation);
