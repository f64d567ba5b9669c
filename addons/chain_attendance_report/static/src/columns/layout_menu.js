import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

import { ColumnsDialog } from "./columns_dialog";

import { Component, useState } from "@odoo/owl";

const GEAR_GROUP = 1;

/** The layout that is shown, and those to choose from. */
export class LayoutMenu extends Component {
    static template = "chain_attendance_report.LayoutMenu";
    static components = { Dropdown, DropdownItem };
    static props = {};

    setup() {
        this.columns = useState(this.env.reportColumns);
        this.dialog = useService("dialog");
    }

    open(isNaming = false) {
        this.dialog.add(ColumnsDialog, { columns: this.columns, isNaming });
    }

    /** A click on the bin is not one on the layout. */
    remove(layout) {
        return this.columns.remove(layout);
    }
}

/** The same dialog, behind the gear. */
export class ColumnsGearItem extends Component {
    static template = "chain_attendance_report.ColumnsGearItem";
    static components = { DropdownItem };
    static props = {};

    setup() {
        this.dialog = useService("dialog");
    }

    open() {
        this.dialog.add(ColumnsDialog, { columns: this.env.reportColumns });
    }
}

registry.category("cogMenu").add(
    "attendance_report_columns",
    {
        Component: ColumnsGearItem,
        groupNumber: GEAR_GROUP,
        isDisplayed: (env) => Boolean(env.reportColumns),
    },
    { sequence: 5 }
);
