import { registry } from "@web/core/registry";
import { formatFloat } from "@web/core/utils/numbers";

/** Minutes as hours, such as 2.5, in the statistics. */
export function formatRequestHours(minutes) {
    return formatFloat((minutes || 0) / 60, { digits: [16, 2], trailingZeros: false });
}

registry.category("formatters").add("attendance_request_hours", formatRequestHours);
