import { _t } from "@web/core/l10n/translation";

import { Component } from "@odoo/owl";

const { DateTime } = luxon;
const WIDTH = 300;
const HEIGHT = 56;

/** One figure of the last dates as bars; a bar leads to its date. */
export class OverviewTrend extends Component {
    static template = "chain_attendance_report.OverviewTrend";
    static props = {
        title: String,
        figure: String,
        days: Array,
        isMinutes: { type: Boolean, optional: true },
        onDay: Function,
    };

    get value() {
        return (day) => this.props.days[day][this.props.figure];
    }

    get most() {
        return Math.max(...this.props.days.map((day) => day[this.props.figure]), 0);
    }

    get size() {
        return { width: WIDTH, height: HEIGHT };
    }

    get bars() {
        const step = WIDTH / this.props.days.length;
        return this.props.days.map((day, number) => {
            const value = day[this.props.figure];
            // What is there at all is seen.
            const height = value ? Math.max(2, (value / this.most) * HEIGHT) : 0;
            return {
                date: day.date,
                x: number * step + 1,
                y: HEIGHT - height,
                width: step - 2,
                step,
                left: number * step,
                height,
                title: _t("%(date)s: %(value)s", {
                    date: this.dateText(day.date),
                    value: this.text(value),
                }),
            };
        });
    }

    get total() {
        return this.text(this.props.days.reduce((sum, day) => sum + day[this.props.figure], 0));
    }

    get ends() {
        return [this.props.days[0], this.props.days.at(-1)].map((day) => this.dateText(day.date));
    }

    dateText(date) {
        return DateTime.fromISO(date).toLocaleString({ month: "numeric", day: "numeric" });
    }

    text(value) {
        return this.props.isMinutes ? _t("%s h", Math.round(value / 6) / 10) : `${value}`;
    }
}
