import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const EXPORT = "attendance.roster.sheet.export";
const IMPORT_ACTION = "chain_attendance_shift.attendance_roster_sheet_action";
const gridActions = registry.category("attendance_roster_grid_actions");

/** What the grid shows, or of the people selected there, as a file. */
gridActions.add(
    "roster_sheet_export",
    {
        label: () => _t("Export to Excel"),
        icon: "fa-download",
        isAvailable: (grid) => grid.may_export,
        async run(env, { domain, dateFrom, dateTo, employeeIds }) {
            const { action, orm } = env.services;
            const people = employeeIds?.length ? [["id", "in", employeeIds]] : domain;
            const [id] = await orm.create(EXPORT, [
                {
                    date_from: dateFrom,
                    date_to: dateTo,
                    people_domain: JSON.stringify(people),
                },
            ]);
            await action.doAction(await orm.call(EXPORT, "action_export", [[id]]));
        },
    },
    { sequence: 60 }
);

gridActions.add(
    "roster_sheet_import",
    {
        label: () => _t("Import from Excel"),
        icon: "fa-upload",
        isAvailable: (grid) => grid.may_edit,
        run(env) {
            return new Promise((resolve) => {
                env.services.action.doAction(IMPORT_ACTION, { onClose: resolve });
            });
        },
    },
    { sequence: 61 }
);
