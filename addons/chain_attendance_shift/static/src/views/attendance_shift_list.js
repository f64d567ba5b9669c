import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

/** "New" opens the wizard; the plain form is for later. */
export class AttendanceShiftListController extends ListController {
    setup() {
        super.setup();
        this.action = useService("action");
    }

    async createRecord() {
        await this.action.doAction("chain_attendance_shift.attendance_shift_action_wizard", {
            onClose: () => this.model.load(),
        });
    }
}

registry.category("views").add("attendance_shift_list", {
    ...listView,
    Controller: AttendanceShiftListController,
});
