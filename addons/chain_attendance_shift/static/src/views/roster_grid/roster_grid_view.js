import { registry } from "@web/core/registry";
import { RosterGridController } from "./roster_grid_controller";
import { RosterGridModel } from "./roster_grid_model";
import { RosterGridRenderer } from "./roster_grid_renderer";

export const rosterGridView = {
    type: "attendance_roster_grid",
    Controller: RosterGridController,
    Model: RosterGridModel,
    Renderer: RosterGridRenderer,
    searchMenuTypes: ["filter", "groupBy", "favorite"],

    props: (props, { Model, Renderer }) => ({ ...props, Model, Renderer }),
};

registry.category("views").add("attendance_roster_grid", rosterGridView);
