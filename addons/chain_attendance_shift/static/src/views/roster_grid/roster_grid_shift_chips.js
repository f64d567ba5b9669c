import { Component } from "@odoo/owl";

/** What a day can be made: one of the shifts, rest, or what the rosters say. */
export class RosterGridShiftChips extends Component {
    static template = "chain_attendance_shift.RosterGridShiftChips";
    static props = { shifts: Array, chosen: { optional: true }, choose: Function };
}
