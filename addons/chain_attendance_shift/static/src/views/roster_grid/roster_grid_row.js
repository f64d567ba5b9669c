import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { MARKS, PENDING, SHIFT, SOURCE, totals } from "./roster_grid_sheet";
import { hoursWords, WARNINGS } from "./roster_grid_words";

/** Marks that change how a whole cell looks; the others are small signs in it. */
const HOLIDAYS = ["public_holiday", "moved_rest_day", "make_up_workday"];

/** One person. It is drawn again only when the row is another. */
export class RosterGridRow extends Component {
    static template = "chain_attendance_shift.RosterGridRow";
    static props = { row: Object, index: Number, shifts: Object, isWide: Boolean, mayEdit: Boolean };

    get cells() {
        return this.props.row.cells.map((cell) => this.look(cell));
    }

    look(cell) {
        const marks = cell[MARKS];
        const shift = this.props.shifts[cell[SHIFT]];
        const away = marks.includes("not_employed");
        const css = marks.map((mark) => `o_is_${mark}`);
        if (cell[SOURCE] === "override") {
            css.push("o_is_override");
        }
        if (cell[PENDING]) {
            css.push("o_is_pending");
        }
        if (!marks.some((mark) => HOLIDAYS.includes(mark))) {
            css.push("o_is_ordinary");
        }
        return {
            css: css.join(" "),
            shift: away ? null : shift,
            text: away ? "" : this.text(cell, shift),
            chip: shift
                ? `o_attendance_shift_color_${shift.color}`
                : cell[SHIFT] === 0
                ? "o_rest"
                : "o_none",
            isWarning: marks.some((mark) => WARNINGS.includes(mark)),
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
        return { days, hours: hoursWords(minutes) };
    }
}
