import { _t } from "@web/core/l10n/translation";
import { MARKS, SHIFT, SOURCE } from "./roster_grid_sheet";

const { DateTime } = luxon;

export const SOURCES = {
    override: _t("Changed by hand"),
    dated: _t("Dated roster"),
    standing: _t("Standing roster"),
    default: _t("Default shift of the store or department"),
};

export const MARK_WORDS = {
    public_holiday: _t("Holiday"),
    moved_rest_day: _t("Moved rest day"),
    make_up_workday: _t("Make-up workday"),
    leave: _t("On leave"),
    not_employed: _t("Not employed"),
    other_store: _t("Works in another store"),
    locked: _t("Locked"),
    short_rest: _t("Rest under 11 h"),
    long_run: _t("More than 6 days on end"),
    unpublished: _t("Not published yet"),
};
export const WARNINGS = ["short_rest", "long_run"];

export function shiftWords(shift, shifts) {
    if (shift) {
        return `${shifts[shift].name} ${shifts[shift].hours}`;
    }
    return shift === 0 ? _t("Rest") : _t("Nothing planned");
}

export function dayWords(date) {
    return DateTime.fromISO(date).toLocaleString({ ...DateTime.DATE_MED_WITH_WEEKDAY });
}

/** What the tooltip of a cell says. */
export function cellWords(row, day, cell, shifts) {
    return {
        who: row.name,
        day: dayWords(day.date),
        what: shiftWords(cell[SHIFT], shifts),
        source: SOURCES[cell[SOURCE]] || "",
        marks: cell[MARKS].map((mark) => ({
            words: MARK_WORDS[mark],
            isWarning: WARNINGS.includes(mark),
            name: day.names[mark] || "",
        })),
    };
}

/** As short as it can be said. */
export function numberWords(number) {
    return String(Math.round(number * 100) / 100);
}

export function hoursWords(minutes) {
    return numberWords(minutes / 60);
}
