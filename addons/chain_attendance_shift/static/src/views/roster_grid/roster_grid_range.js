import { getEndOfLocalWeek, getStartOfLocalWeek, serializeDate, today } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const { DateTime } = luxon;

export const SCALES = {
    month: { description: _t("Month"), hotkey: "m" },
    fortnight: { description: _t("Fortnight"), hotkey: "f" },
    week: { description: _t("Week"), hotkey: "w" },
};

/** The dates that are shown: those of a scale around a date. */
export class RosterGridRange {
    constructor(scale, date) {
        this.scale = scale in SCALES ? scale : "month";
        this.date = (date || today()).startOf("day");
        if (this.scale === "month") {
            this.first = this.date.startOf("month");
            this.last = this.date.endOf("month").startOf("day");
        } else {
            this.first = getStartOfLocalWeek(this.date);
            const weeks = this.scale === "week" ? 0 : 1;
            this.last = getEndOfLocalWeek(this.date).plus({ weeks }).startOf("day");
        }
    }

    static fromISO(scale, text) {
        const date = text ? DateTime.fromISO(text) : null;
        return new RosterGridRange(scale, date?.isValid ? date : null);
    }

    get dateFrom() {
        return serializeDate(this.first);
    }

    get dateTo() {
        return serializeDate(this.last);
    }

    /** In words, as a heading. */
    get title() {
        if (this.scale === "month") {
            return this.first.toLocaleString({ year: "numeric", month: "long" });
        }
        return luxon.Interval.fromDateTimes(this.first, this.last).toLocaleString(
            DateTime.DATE_MED
        );
    }

    /** The range before (-1) or after (1). */
    moved(steps) {
        if (this.scale === "month") {
            return new RosterGridRange("month", this.first.plus({ months: steps }));
        }
        const weeks = (this.scale === "week" ? 1 : 2) * steps;
        return new RosterGridRange(this.scale, this.first.plus({ weeks }));
    }

    scaled(scale) {
        // This month's week is the one of today, not its first.
        const now = today();
        const date = this.first <= now && now <= this.last ? now : this.date;
        return new RosterGridRange(scale, date);
    }
}
