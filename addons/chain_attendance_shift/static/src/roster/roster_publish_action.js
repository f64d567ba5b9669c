import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** What the roster grid offers besides: to tell its people what is planned. */
registry.category("attendance_roster_grid_actions").add("publish", {
    label: () => _t("Publish"),
    icon: "fa-bullhorn",
    isAvailable: (grid) => Boolean(grid.data?.may_publish),
    async run(env, { domain, dateFrom, dateTo, employeeIds }) {
        const action = await env.services.orm.call("attendance.roster.publish", "open_for", [
            domain,
            dateFrom,
            dateTo,
            employeeIds || false,
        ]);
        // Done is it when the dialog is closed.
        await new Promise((onClose) => env.services.action.doAction(action, { onClose }));
    },
});
