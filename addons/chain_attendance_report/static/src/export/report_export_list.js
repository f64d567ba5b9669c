import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

import { onWillUnmount } from "@odoo/owl";

/** The files in the making: the list goes on as they do. */
export class ReportExportListController extends ListController {
    setup() {
        super.setup();
        const bus = useService("bus_service");
        const read = async () => {
            await this.model.mutex.getUnlockedDef();
            if (!this.model.root.selection?.length) {
                await this.model.root.load();
            }
        };
        bus.subscribe("attendance_report_export", read);
        onWillUnmount(() => bus.unsubscribe("attendance_report_export", read));
    }
}

registry.category("views").add("attendance_report_export_list", {
    ...listView,
    Controller: ReportExportListController,
});
