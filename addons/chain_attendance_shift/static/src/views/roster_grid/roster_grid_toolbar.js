import { Component } from "@odoo/owl";
import { DateTimePicker } from "@web/core/datetime/datetime_picker";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useBus } from "@web/core/utils/hooks";
import { ViewScaleSelector } from "@web/views/view_components/view_scale_selector";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { RosterGridActions } from "./grid_actions";
import { RosterGridRange, SCALES } from "./roster_grid_range";
import { RosterGridShiftChips } from "./roster_grid_shift_chips";

/** Which dates are shown, what can be done to the selection, and what to paint with. */
export class RosterGridToolbar extends Component {
    static template = "chain_attendance_shift.RosterGridToolbar";
    static components = {
        DateTimePicker,
        Dropdown,
        RosterGridActions,
        RosterGridShiftChips,
        ViewScaleSelector,
    };
    static props = {
        model: Object,
        editor: Object,
        revision: Number,
        openBatch: Function,
        runAction: Function,
    };

    setup() {
        this.scales = SCALES;
        this.picker = useDropdownState();
        useBus(this.props.model.bus, "selection", () => this.render());
        useBus(this.props.model.bus, "changed", () => this.render());
    }

    get editor() {
        return this.props.editor;
    }

    get model() {
        return this.props.model;
    }

    /** The keys go on working on what is selected. */
    focusGrid() {
        this.model.bus.trigger("focus");
    }

    show(range) {
        return this.model.show({ range });
    }

    move(steps) {
        return this.show(this.model.range.moved(steps));
    }

    goToday() {
        return this.show(new RosterGridRange(this.model.range.scale));
    }

    setScale(scale) {
        return this.show(this.model.range.scaled(scale));
    }

    setDate(date) {
        this.picker.close();
        return this.show(new RosterGridRange(this.model.range.scale, date));
    }
}
