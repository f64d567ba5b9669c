import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

import { Component, onWillStart, useState } from "@odoo/owl";

import { clock, whyFree } from "./coverage_words";

/** Who is in a store at an hour, and who could be asked to come. */
export class CoveragePeople extends Component {
    static template = "chain_attendance_shift.CoveragePeople";
    static props = {
        close: Function,
        title: String,
        storeId: Number,
        date: String,
        start: Number,
        end: Number,
        measure: String,
        onChanged: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.whyFree = whyFree;
        this.state = useState({ found: null, shift: null, isBusy: false });
        onWillStart(async () => {
            const { storeId, date, start, end, measure } = this.props;
            this.state.found = await this.orm.call("attendance.coverage", "get_people", [
                storeId, date, start, end, measure,
            ]);
            this.state.shift = this.state.found.shifts[0] || null;
        });
    }

    get isEmpty() {
        return !this.state.found.people.length && !this.state.found.others;
    }

    get othersText() {
        const { people, others } = this.state.found;
        return people.length ? _t("and %s others", others) : _t("%s people", others);
    }

    spansText(person) {
        return person.spans.map(([start, stop]) => `${clock(start)}–${clock(stop)}`).join(", ");
    }

    /** Whoever is not planned on the date on which the shift starts. */
    get free() {
        const { shift, found } = this.state;
        return shift ? found.free.filter((person) => person.date === shift.date) : [];
    }

    onShift(ev) {
        this.state.shift = this.state.found.shifts[ev.target.selectedIndex];
    }

    shiftText({ name, hours, date }) {
        const text = `${name} (${hours})`;
        return date === this.props.date ? text : _t("%s, from the day before on", text);
    }

    async give(person) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            await this.orm.call("attendance.coverage", "give_shift", [
                this.props.storeId, person.id, this.state.shift.date, this.state.shift.id,
            ]);
        } finally {
            this.state.isBusy = false;
        }
        this.notification.add(_t("%(name)s now works “%(shift)s”.", {
            name: person.name, shift: this.state.shift.name,
        }), { type: "success" });
        this.props.close();
        this.props.onChanged();
    }
}
