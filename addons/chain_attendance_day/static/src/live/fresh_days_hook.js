import { browser } from "@web/core/browser/browser";
import { useService } from "@web/core/utils/hooks";

import { onWillUnmount } from "@odoo/owl";

// A punch is on the screen within five seconds; computing its day takes up to two.
const PAUSE_MILLISECONDS = 3000;

/**
 * Calls `read` when days were computed: at once, then at most every few seconds, and
 * not as long as nobody looks at the page.
 */
export function useFreshDays(read) {
    const bus = useService("bus_service");
    let timer = null;
    let isWanted = false;

    const wake = () => {
        if (timer || document.hidden || !isWanted) {
            return;
        }
        isWanted = false;
        timer = browser.setTimeout(() => {
            timer = null;
            wake();
        }, PAUSE_MILLISECONDS);
        read();
    };
    const note = () => {
        isWanted = true;
        wake();
    };

    bus.subscribe("attendance_days", note);
    document.addEventListener("visibilitychange", wake);
    onWillUnmount(() => {
        bus.unsubscribe("attendance_days", note);
        document.removeEventListener("visibilitychange", wake);
        browser.clearTimeout(timer);
    });
}
