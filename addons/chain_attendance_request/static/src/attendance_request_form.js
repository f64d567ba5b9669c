import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";

/**
 * A request counts as soon as it is saved. Odoo saves a new form when its page is
 * closed, loaded anew or out of sight; nobody files overtime by looking elsewhere.
 */
export class AttendanceRequestFormController extends formView.Controller {
    async beforeUnload(ev) {
        if (!this.model.root.isNew) {
            return super.beforeUnload(ev);
        }
        if (this.model.root.dirty) {
            ev.preventDefault();
            ev.returnValue = "Unsaved changes";
        }
    }

    beforeVisibilityChange() {
        return this.model.root.isNew ? undefined : super.beforeVisibilityChange();
    }
}

registry.category("views").add("attendance_request_form", {
    ...formView,
    Controller: AttendanceRequestFormController,
});
