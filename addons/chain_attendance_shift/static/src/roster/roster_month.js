import {
    deserializeDate,
    deserializeDateTime,
    serializeDate,
    toLocaleDateString,
    toLocaleDateTimeString,
    today,
} from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { downloadFile } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { useService } from "@web/core/utils/hooks";
import { ControlPanel } from "@web/search/control_panel/control_panel";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { Component, onWillStart, useState } from "@odoo/owl";

const DAYS_OF_WEEK = 7;

/** Minutes as hours, `7.5 h`. */
function hours(minutes) {
    return _t("%s h", Math.round((minutes / 60) * 100) / 100);
}

/** An instant of the server as its date and time here. */
function shownTime(text) {
    return toLocaleDateTimeString(deserializeDateTime(text));
}

/**
 * One person's month: what is planned, told and changed on each day. Who may edit the
 * rosters of the person picks days and gives them another shift.
 */
export class AttendanceRosterMonth extends Component {
    static template = "chain_attendance_shift.AttendanceRosterMonth";
    static components = { ControlPanel, Dropdown, DropdownItem };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.hours = hours;
        const { context } = this.props.action;
        this.employeeId = context.employee_id || context.active_id || false;
        this.state = useState({ data: null, picked: new Set(), reason: "" });
        this.month = context.month ? deserializeDate(context.month) : today();
        useHotkey("escape", () => this.unpick());
        onWillStart(() => this.load());
    }

    async load(month = this.month) {
        const data = await this.orm.call("attendance.roster.month", "get_month", [
            this.employeeId,
            serializeDate(month),
        ]);
        if (!data.employee) {
            Object.assign(this.state, { data });
            return;
        }
        this.month = deserializeDate(data.month);
        this.employeeId = data.employee.id;
        this.props.updateActionState?.({ active_id: data.employee.id });
        this.env.config.setDisplayName(
            data.is_own ? _t("My Roster") : _t("Roster of %s", data.employee.name)
        );
        Object.assign(this.state, { data, picked: new Set(), reason: "" });
    }

    goToday() {
        return this.load(deserializeDate(this.state.data.today));
    }

    get title() {
        return this.month.toLocaleString({ year: "numeric", month: "long" });
    }

    get weekdays() {
        return this.days
            .slice(0, DAYS_OF_WEEK)
            .map((day) => ({ number: day.at.weekday, name: day.at.toFormat("cccc") }));
    }

    get days() {
        return this.state.data.days.map((day) => this.shown(day));
    }

    shown(day) {
        const { data, picked } = this.state;
        const at = deserializeDate(day.date);
        const isInMonth = at.hasSame(this.month, "month");
        const has = (mark) => day.marks.includes(mark);
        return {
            ...day,
            at,
            isInMonth,
            isToday: day.date === data.today,
            isPicked: picked.has(day.date),
            planned: data.shifts[day.shift],
            isEmployed: !has("not_employed"),
            isOff: has("public_holiday") || has("moved_rest_day"),
            canPick: data.may_edit && isInMonth && !has("locked") && !has("not_employed"),
        };
    }

    dayClass(day) {
        return {
            o_attendance_month_other: !day.isInMonth,
            o_attendance_month_today: day.isToday,
            o_attendance_month_picked: day.isPicked,
            o_attendance_month_news: day.marks.includes("news"),
            o_attendance_month_off: day.isOff,
            o_attendance_month_out: !day.isEmployed,
            o_attendance_month_locked: day.marks.includes("locked"),
            o_attendance_month_pickable: day.canPick,
        };
    }

    /** What is to be said of a day beside its shift: `{ name, icon, text }`. */
    remarks(day) {
        const has = (mark) => day.marks.includes(mark);
        return [
            has("leave") && { name: "leave", icon: "fa-plane", text: _t("On leave") },
            has("other_store") && {
                name: "store",
                icon: "fa-map-marker",
                text: day.store,
                title: _t("Lent to %s", day.store),
            },
            day.source === "override" && {
                name: "changed",
                icon: "fa-pencil",
                text: _t("Changed by hand"),
            },
            has("unpublished") && {
                name: "unpublished",
                icon: "fa-bullhorn",
                text: _t("Told: %s", day.told),
                title: _t("Not published yet. The person was told: %s", day.told),
            },
            has("news") && {
                name: "news",
                icon: "fa-star",
                text: day.before ? _t("Before: %s", day.before) : _t("New"),
            },
            has("locked") && { name: "locked", icon: "fa-lock", text: _t("Locked") },
        ].filter(Boolean);
    }

    get shiftTotals() {
        const { shifts, totals } = this.state.data;
        return totals.shifts.map((total) => ({ ...total, ...shifts[total.id] }));
    }

    get choices() {
        return Object.values(this.state.data.shifts).filter((shift) => shift.active);
    }

    get pickedText() {
        return _t("%s days chosen", this.state.picked.size);
    }

    get publishedText() {
        const { at, by, days, seen_at } = this.state.data.publication;
        const said = { at: shownTime(at), by };
        if (seen_at) {
            said.seen = shownTime(seen_at);
            return _t("Published on %(at)s by %(by)s, seen on %(seen)s.", said);
        }
        said.count = days.length;
        return this.state.data.is_own
            ? _t(
                  "Published on %(at)s by %(by)s: %(count)s days are new or changed since you last saw it.",
                  said
              )
            : _t(
                  "Published on %(at)s by %(by)s: %(count)s days are new or changed, not seen yet.",
                  said
              );
    }

    get publishedSpan() {
        const { date_from, date_to } = this.state.data.publication;
        return [date_from, date_to]
            .map((day) => toLocaleDateString(deserializeDate(day)))
            .join(" – ");
    }

    /** The first date that was told, if it lies in another month. */
    get toldElsewhere() {
        const { days, date_from } = this.state.data.publication;
        const told = (days.length ? days : [date_from]).map((day) => deserializeDate(day));
        return told.some((day) => day.hasSame(this.month, "month")) ? null : told[0];
    }

    async confirmSeen() {
        const { lines } = this.state.data.publication;
        await this.orm.call("attendance.roster.publication.line", "action_seen", [lines]);
        await this.load();
    }

    /** The month for the calendar of a telephone. */
    async saveFile() {
        const { data } = this.state;
        const text = await this.orm.call("attendance.roster.month", "get_calendar_file", [
            this.employeeId,
            data.month,
        ]);
        downloadFile(text, `${data.employee.number || "roster"}-${data.month}.ics`, "text/calendar");
    }

    pick(day, ev) {
        if (!day.canPick) {
            return;
        }
        const { picked } = this.state;
        if (ev.shiftKey && this.anchor) {
            const [first, last] = [this.anchor, day.date].sort();
            for (const other of this.days) {
                if (other.canPick && first <= other.date && other.date <= last) {
                    picked.add(other.date);
                }
            }
        } else if (!picked.delete(day.date)) {
            picked.add(day.date);
        }
        this.anchor = day.date;
    }

    pickWeekday(number) {
        for (const day of this.days) {
            if (day.canPick && day.at.weekday === number) {
                this.state.picked.add(day.date);
            }
        }
    }

    unpick() {
        this.state.picked.clear();
    }

    onKeydown(day, ev) {
        if (["Enter", " "].includes(ev.key)) {
            ev.preventDefault();
            this.pick(day, ev);
        }
    }

    /** Give the chosen days a shift, `0` for rest, or `null` for what rosters say. */
    async change(shift) {
        const dates = [...this.state.picked].sort();
        const span = [dates[0], dates.at(-1)];
        const cells = dates.map((day) => [this.employeeId, day, shift]);
        const { step } = await this.orm.call("attendance.roster.grid", "set_cells", [
            cells,
            ...span,
            this.state.reason || false,
        ]);
        await this.load();
        const close = this.notification.add(_t("%s days changed", dates.length), {
            type: "success",
            buttons: [{ name: _t("Undo"), onClick: () => this.undo(step, span, close) }],
        });
    }

    async undo(step, span, close) {
        close();
        await this.orm.call("attendance.roster.grid", "toggle_step", [step, ...span]);
        await this.load();
    }
}

registry.category("actions").add("attendance_roster_month", AttendanceRosterMonth);
