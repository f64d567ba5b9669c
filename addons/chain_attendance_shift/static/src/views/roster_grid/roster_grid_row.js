import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { MARKS, PENDING, SHIFT, SOURCE, totals } from "./roster_grid_sheet";
import { hoursWords, numberWords } from "./roster_grid_words";

/** One person. It is drawn again only when the row is another. */
export class RosterGridRow extends Component {
    static template = "chain_attendance_shift.RosterGridRow";
    static props = {
        row: Object,
        index: Number,
        days: Array,
        shifts: Object,
        isWide: Boolean,
        mayEdit: Boolean,
    };

    get cells() {
        const { row, days } = this.props;
        return row.cells.map((cell, column) => this.look(cell, days[column]));
    }

    look(cell, day) {
        const shift = this.props.shifts[cell[SHIFT]];
        const away = cell[MARKS].includes("not_employed");
        const signs = [...cell[MARKS]];
        if (cell[SOURCE] === "override") {
            signs.push("override");
        }
        if (cell[PENDING]) {
            signs.push("pending");
        }
        if (day.weekday > 5) {
            signs.push("weekend");
        }
        return {
            is: signs.join(" "),
            color: shift ? shift.color : cell[SHIFT] === 0 ? "rest" : "none",
            hours: shift ? shift.hours : "",
            text: away ? "" : this.text(cell, shift),
        };
    }

    text(cell, shift) {
        if (shift) {
            return this.props.isWide ? shift.name : shift.code;
        }
        return cell[SHIFT] === 0 ? _t("Rest") : "–";
    }

    get below() {
        const { number, department, job } = this.props.row;
        return [number, job || department].filter(Boolean).join(" · ");
    }

    get title() {
        const { name, number, store, department, job } = this.props.row;
        return [`${name} ${number || ""}`, store, department, job].filter(Boolean).join("\n");
    }

    get totals() {
        const { days, minutes } = totals(this.props.row.cells, this.props.shifts);
        return { days: numberWords(days), hours: hoursWords(minutes) };
    }
}
