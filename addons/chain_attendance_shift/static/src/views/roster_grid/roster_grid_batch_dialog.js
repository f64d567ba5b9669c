import { Component, useState } from "@odoo/owl";
import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { Dialog } from "@web/core/dialog/dialog";
import { serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { RosterGridShiftChips } from "./roster_grid_shift_chips";

const { DateTime, Info } = luxon;

/** Change many days of many people at once (the manual's 批量修改). */
export class RosterGridBatchDialog extends Component {
    static template = "chain_attendance_shift.RosterGridBatchDialog";
    static components = { DateTimeInput, Dialog, RosterGridShiftChips };
    static props = { editor: Object, close: Function };

    setup() {
        const { selection, model } = this.props.editor;
        const box = selection.box;
        const days = model.sheet.days;
        const date = (column) => DateTime.fromISO(days[column].date);
        this.state = useState({
            ofSelection: Boolean(box),
            first: date(box ? box.left : 0),
            last: date(box ? box.right : days.length - 1),
            weekdays: [true, true, true, true, true, true, true],
            shift: undefined,
            reason: "",
        });
        this.selected = this.props.editor.people.filter((row) => row.may_edit);
        this.everybody = model.people.filter((row) => row.may_edit);
        this.weekdayNames = Info.weekdays("short");
        this.minDate = date(0);
        this.maxDate = date(days.length - 1);
    }

    get selectedWords() {
        return _t("Selected people (%s)", this.selected.length);
    }

    get everybodyWords() {
        return _t("Everybody on this page (%s)", this.everybody.length);
    }

    get people() {
        return this.state.ofSelection ? this.selected : this.everybody;
    }

    get dates() {
        const { first, last, weekdays } = this.state;
        if (!first || !last) {
            return [];
        }
        const [from, to] = [serializeDate(first), serializeDate(last)];
        return this.props.editor.model.sheet.days
            .filter((day) => from <= day.date && day.date <= to && weekdays[day.weekday - 1])
            .map((day) => day.date);
    }

    get isReady() {
        return this.state.shift !== undefined && this.people.length && this.dates.length;
    }

    get summary() {
        return _t("%(people)s people × %(days)s days", {
            people: this.people.length,
            days: this.dates.length,
        });
    }

    toggleWeekday(index) {
        this.state.weekdays[index] = !this.state.weekdays[index];
    }

    choose(shift) {
        this.state.shift = shift;
    }

    async change() {
        const { people, dates } = this;
        const { shift, reason } = this.state;
        this.props.close();
        await this.props.editor.batch({ people, dates, shift, reason: reason.trim() || false });
    }
}
