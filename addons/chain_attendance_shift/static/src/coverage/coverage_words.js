import { _t } from "@web/core/l10n/translation";

const HOUR = 60;

/** Minutes after midnight as ``08:30``; a time of the next day as ``26:00`` is ``02:00``. */
export function clock(minutes) {
    const day = 24 * HOUR;
    const within = minutes > day ? minutes % day : Math.max(minutes, 0);
    const pad = (number) => String(number).padStart(2, "0");
    return `${pad(Math.floor(within / HOUR))}:${pad(within % HOUR)}`;
}

/** Minutes of people as hours with at most one decimal. */
export function peopleHours(minutes) {
    return _t("%s h", Math.round(minutes / 6) / 10);
}

export function stateWord(state) {
    return {
        short: _t("Short"),
        over: _t("More than needed"),
        met: _t("Met"),
        empty: _t("Nobody needed"),
        closed: _t("Closed"),
        unknown: _t("Not known yet"),
    }[state];
}

export function whyFree(why) {
    return {
        rest: _t("Rest"),
        none: _t("Nothing planned"),
        holiday: _t("Holiday"),
    }[why];
}

export function kindWord(kind) {
    return {
        public_holiday: _t("Public Holiday"),
        moved_rest_day: _t("Moved Rest Day"),
        make_up_workday: _t("Make-up Workday"),
    }[kind];
}
