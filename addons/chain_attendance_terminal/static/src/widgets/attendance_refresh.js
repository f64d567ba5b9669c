import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, onMounted, onWillUnmount, xml } from "@odoo/owl";

const PAUSE_MILLISECONDS = 5000;

/** Reads the record of a form again every few seconds, for as long as it is there. */
export class AttendanceRefreshWidget extends Component {
    static template = xml`<span class="d-none"/>`;
    static props = { ...standardWidgetProps };

    setup() {
        this.isBusy = false;
        onMounted(() => {
            this.timer = browser.setInterval(() => this.refresh(), PAUSE_MILLISECONDS);
        });
        onWillUnmount(() => this.stop());
    }

    stop() {
        browser.clearInterval(this.timer);
    }

    async refresh() {
        if (this.isBusy || document.hidden) {
            return;
        }
        this.isBusy = true;
        try {
            await this.props.record.load();
        } catch (error) {
            // Said once, not every few seconds.
            this.stop();
            throw error;
        } finally {
            this.isBusy = false;
        }
    }
}

registry.category("view_widgets").add("attendance_refresh", {
    component: AttendanceRefreshWidget,
});
