import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

/** Says on every page that a file is ready, or why there is none. */
export const reportExportService = {
    dependencies: ["bus_service", "notification"],
    start(env, { bus_service: bus, notification }) {
        bus.subscribe("attendance_report_export", ({ state, title, message, download, url }) => {
            if (state === "done") {
                const close = notification.add(message, {
                    title,
                    type: "success",
                    sticky: true,
                    buttons: [
                        {
                            name: download,
                            primary: true,
                            onClick: () => {
                                browser.location.assign(url);
                                close();
                            },
                        },
                    ],
                });
            } else if (state === "failed") {
                notification.add(message, { title, type: "danger", sticky: true });
            }
        });
        bus.start();
    },
};

registry.category("services").add("attendance_report_export", reportExportService);
