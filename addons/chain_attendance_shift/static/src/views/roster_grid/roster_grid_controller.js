import { Component, onWillStart } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";
import { useModel } from "@web/model/model";
import { useSetupAction } from "@web/search/action_hook";
import { CogMenu } from "@web/search/cog_menu/cog_menu";
import { Layout } from "@web/search/layout";
import { usePager } from "@web/search/pager_hook";
import { SearchBar } from "@web/search/search_bar/search_bar";
import { useSearchBarToggler } from "@web/search/search_bar/search_bar_toggler";
import { ActionHelper } from "@web/views/action_helper";
import { standardViewProps } from "@web/views/standard_view_props";
import { RosterGridBatchDialog } from "./roster_grid_batch_dialog";
import { RosterGridEditor } from "./roster_grid_editor";
import { RosterGridLegend } from "./roster_grid_legend";
import { RosterGridRange } from "./roster_grid_range";
import { RosterGridToolbar } from "./roster_grid_toolbar";

const ADDON = "chain_attendance_shift";

export class RosterGridController extends Component {
    static template = "chain_attendance_shift.RosterGridView";
    static components = {
        ActionHelper,
        CogMenu,
        Dropdown,
        DropdownItem,
        Layout,
        RosterGridLegend,
        RosterGridToolbar,
        SearchBar,
    };
    static props = { ...standardViewProps, Model: Function, Renderer: Function };

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        const { context, state } = this.props;
        const { scale, date } = state?.range || {
            scale: context.roster_grid_scale,
            date: context.roster_grid_date,
        };
        this.model = useModel(this.props.Model, {
            fields: this.props.fields,
            range: RosterGridRange.fromISO(scale, date),
            offset: state?.offset,
            limit: state?.limit || this.props.limit,
        });
        this.editor = new RosterGridEditor(this.model, useService("notification"));
        // Only what tells by its properties that it is another is drawn again.
        useBus(this.model.bus, "update", () => this.render());
        useBus(this.model.bus, "loaded", () => this.editor.forget());
        useSetupAction({
            getLocalState: () => {
                const { range, offset, limit } = this.model;
                return { range: { scale: range.scale, date: range.dateFrom }, offset, limit };
            },
        });
        usePager(() => ({
            offset: this.model.offset,
            limit: this.model.limit,
            total: this.model.data.people_count,
            onUpdate: (page) => this.model.show(page),
        }));
        this.searchBarToggler = useSearchBarToggler();
        onWillStart(async () => {
            this.mayPlan = await user.hasGroup("chain_attendance_base.function_rosters_create");
        });
    }

    get isEmpty() {
        return !this.model.sheet.rows.length;
    }

    /** The employees that are selected, or null. */
    get employeeIds() {
        const people = this.editor.people;
        return people.length ? people.map((row) => row.id) : null;
    }

    plan(name) {
        const ids = this.employeeIds || [];
        const byRange = name === "attendance_rotation_plan_action";
        const { dateFrom, dateTo } = this.model.range;
        const chosen = byRange
            ? {
                  default_person_ids: ids.map((id) => [0, 0, { employee_id: id }]),
                  default_date_to: dateTo,
              }
            : { default_employee_ids: ids };
        return this.action.doAction(`${ADDON}.${name}`, {
            additionalContext: { ...chosen, default_date_from: dateFrom, is_roster_grid: true },
            onClose: () => this.model.reload(),
        });
    }

    openPerson(row) {
        return this.action.doAction(`${ADDON}.attendance_roster_month_action`, {
            additionalContext: { employee_id: row.id, month: this.model.range.dateFrom },
        });
    }

    openBatch() {
        this.dialog.add(RosterGridBatchDialog, { editor: this.editor });
    }

    async runAction(entry) {
        const { dateFrom, dateTo } = this.model.range;
        const { employeeIds } = this;
        await entry.run(this.env, { domain: this.model.domain, dateFrom, dateTo, employeeIds });
        await this.model.reload();
    }
}
