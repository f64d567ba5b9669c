import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { MARK_WORDS } from "./roster_grid_words";

/** What the signs in the cells mean; those that look alike have one line. */
export class RosterGridLegend extends Component {
    static template = "chain_attendance_shift.RosterGridLegend";
    static props = {};

    setup() {
        const marks = { override: _t("Changed by hand"), ...MARK_WORDS };
        delete marks.moved_rest_day;
        delete marks.long_run;
        marks.short_rest = _t("Rest under 11 h, or more than 6 days on end");
        this.marks = Object.entries(marks).map(([mark, words]) => ({ mark, words }));
    }
}
