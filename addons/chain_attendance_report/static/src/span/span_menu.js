import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";

import { Component, useState } from "@odoo/owl";

const { DateTime } = luxon;
const PERIODS_FUNCTION = "chain_attendance_base.function_periods_view";
const PERIODS_OFFERED = 12;

/** From which date to which the monthly report sums up. */
export class SpanMenu extends Component {
    static template = "chain_attendance_report.SpanMenu";
    static components = { Dropdown, DropdownItem };
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.dropdown = useDropdownState();
        this.state = useState({ from: "", to: "", periods: [] });
        useBus(this.env.searchModel, "update", () => this.render());
    }

    get chosen() {
        return this.env.searchModel.attendanceSpan;
    }

    get presets() {
        const month = DateTime.local().startOf("month");
        return [
            [_t("This Month"), month],
            [_t("Last Month"), month.minus({ months: 1 })],
        ].map(([name, first]) => ({
            name,
            from: serializeDate(first),
            to: serializeDate(first.endOf("month")),
        }));
    }

    get isWrong() {
        const { from, to } = this.state;
        return !from || !to || to < from;
    }

    async prepare() {
        Object.assign(this.state, this.chosen || this.presets[0]);
        if (await user.hasGroup(PERIODS_FUNCTION)) {
            this.state.periods = await this.orm.searchRead(
                "attendance.period",
                [],
                ["name", "date_from", "date_to"],
                { limit: PERIODS_OFFERED }
            );
        }
    }

    choose(from, to, name) {
        this.dropdown.close();
        this.env.searchModel.setAttendanceSpan(from, to, name && `${name}: ${from} – ${to}`);
    }
}
