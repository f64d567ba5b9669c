import { Component } from "@odoo/owl";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { SOURCES } from "./roster_grid_words";

/** Who planned a day, and when. */
export class RosterGridHistoryPopover extends Component {
    static template = "chain_attendance_shift.RosterGridHistoryPopover";
    static props = { title: String, entries: Array, close: Function };

    source(entry) {
        return entry.source === "override" ? "" : SOURCES[entry.source];
    }

    at(entry) {
        return entry.at ? formatDateTime(deserializeDateTime(entry.at)) : "";
    }
}
