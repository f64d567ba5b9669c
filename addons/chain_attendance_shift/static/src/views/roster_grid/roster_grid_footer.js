import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** How many work on each day, and if it is unfolded how many in which shift. */
export class RosterGridFooter extends Component {
    static template = "chain_attendance_shift.RosterGridFooter";
    static props = { sheet: Object, revision: Number };

    setup() {
        this.state = useState({ isOpen: false });
    }

    get lines() {
        const { headcounts, shifts } = this.props.sheet;
        const lines = [{ key: "working", name: _t("Working"), numbers: headcounts.working }];
        if (this.state.isOpen) {
            for (const [id, numbers] of Object.entries(headcounts.shifts)) {
                const { name, code, color } = shifts[id];
                lines.push({ key: id, name, code, color, numbers });
            }
            lines.push({ key: "away", name: _t("Leave or holiday"), numbers: headcounts.away });
            lines.push({ key: "rest", name: _t("Rest"), numbers: headcounts.rest });
            lines.push({ key: "none", name: _t("Nothing planned"), numbers: headcounts.none });
        }
        return lines.map((line) => ({
            ...line,
            total: line.numbers.reduce((sum, number) => sum + number, 0),
        }));
    }

    toggle() {
        this.state.isOpen = !this.state.isOpen;
    }
}
