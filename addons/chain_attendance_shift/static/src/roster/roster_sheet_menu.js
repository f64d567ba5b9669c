import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";

import { Component } from "@odoo/owl";

const MODELS = ["attendance.roster", "attendance.roster.override"];
const ADDON = "chain_attendance_shift";
const AREA = "chain_attendance_base.function_rosters";

/** Behind the gear of the lists of rosters: the roster as a file of Excel. */
class RosterSheetItem extends Component {
    static components = { DropdownItem };
    static props = {};

    open(name) {
        return this.env.services.action.doAction(`${ADDON}.${name}`, {
            onClose: () => this.env.services.action.doAction("soft_reload"),
        });
    }
}

export class RosterSheetExportItem extends RosterSheetItem {
    static template = "chain_attendance_shift.RosterSheetExportItem";
}

export class RosterSheetImportItem extends RosterSheetItem {
    static template = "chain_attendance_shift.RosterSheetImportItem";
}

function shownFor(operation) {
    return async (env) =>
        MODELS.includes(env.searchModel?.resModel) &&
        !env.model?.root.selection?.length &&
        (await user.hasGroup(`${AREA}_${operation}`));
}

const cogMenu = registry.category("cogMenu");
const groupNumber = STATIC_ACTIONS_GROUP_NUMBER;
cogMenu.add(
    "roster_sheet_export",
    { Component: RosterSheetExportItem, groupNumber, isDisplayed: shownFor("export") },
    { sequence: 20 }
);
cogMenu.add(
    "roster_sheet_import",
    { Component: RosterSheetImportItem, groupNumber, isDisplayed: shownFor("edit") },
    { sequence: 21 }
);
