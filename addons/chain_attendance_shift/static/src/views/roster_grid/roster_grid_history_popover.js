import { Component } from "@odoo/owl";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";

/** Who planned a day, and when. */
export class RosterGridHistoryPopover extends Component {
    static template = "chain_attendance_shift.RosterGridHistoryPopover";
    static props = { title: String, now: String, entries: Array, close: Function };

    at(entry) {
        return entry.at ? formatDateTime(deserializeDateTime(entry.at)) : "";
    }
}
