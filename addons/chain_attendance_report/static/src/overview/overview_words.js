import { _t } from "@web/core/l10n/translation";

/** What a number of the board is called, and what is counted in it. */
export function numberWords() {
    return {
        due: [
            _t("Due Now"),
            _t("Their shift is going on and nothing excuses them. They came, or they are missing."),
        ],
        came: [
            _t("Came"),
            _t(
                "Somebody punched, or an outing stands for the punch, and the shift is not over. " +
                    "Whether they are still there no terminal can tell."
            ),
        ],
        late: [_t("Came Late"), _t("The first clock-in was later than the grace allows.")],
        missing: [
            _t("Missing"),
            _t("The shift has begun, the grace is over and there is no punch."),
        ],
        away: [_t("Away"), _t("On leave, on an outing or on a business trip.")],
        later: [
            _t("Not Due Yet"),
            _t("The shift has not begun, or nobody can say when it does: flexible hours."),
        ],
        done: [_t("Done"), _t("They came, and the shift is over or they clocked out after its end.")],
        absent: [_t("Did Not Come"), _t("The shift is over and there is no punch.")],
        extra: [_t("Not Planned"), _t("They punched on a day without a shift.")],
    };
}

export const NUMBERS = ["due", "came", "late", "missing", "away", "later", "done", "absent", "extra"];

/** The parts of a bar, in their order; each person is in one of them. */
export const PARTS = ["came", "done", "away", "later", "extra", "missing", "absent"];

export function whyWord(why) {
    return { leave: _t("Leave"), outing: _t("Outing"), trip: _t("Business Trip") }[why] || "";
}

/** 75 is "1 h 15 min". */
export function minutesWord(minutes) {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    if (!hours) {
        return _t("%s min", rest);
    }
    return rest ? _t("%(hours)s h %(minutes)s min", { hours, minutes: rest }) : _t("%s h", hours);
}
