/**
 * What other parts add to the roster grid. Entries of the registry category
 * "attendance_roster_grid_actions" are shown as buttons above it:
 *
 * - label(): the words on the button, translated
 * - icon: a class, as "fa-download"
 * - isAvailable(grid): `grid` says `may_edit`, `may_publish`, `may_export`, and has the
 *   answer of `get_grid` as `data`
 * - run(env, { domain, dateFrom, dateTo, employeeIds }): may take its time (of a dialog,
 *   resolve in its `onClose`); the grid is loaded again when it is done. `employeeIds` are
 *   those of the selection, or null.
 */
import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";

export class RosterGridActions extends Component {
    static template = "chain_attendance_shift.RosterGridActions";
    static props = { grid: Object, revision: Number, run: Function };

    get entries() {
        const entries = registry.category("attendance_roster_grid_actions").getEntries();
        return entries
            .map(([name, entry]) => ({ name, ...entry, label: entry.label() }))
            .filter((entry) => entry.isAvailable(this.props.grid));
    }
}
