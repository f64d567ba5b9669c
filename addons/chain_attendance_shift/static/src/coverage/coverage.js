import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { _t } from "@web/core/l10n/translation";
import { Pager } from "@web/core/pager/pager";
import { usePopover } from "@web/core/popover/popover_hook";
import { MultiRecordSelector } from "@web/core/record_selectors/multi_record_selector";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { ControlPanel } from "@web/search/control_panel/control_panel";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { Component, onWillStart, useState } from "@odoo/owl";

import { CoveragePeople } from "./coverage_people";
import { clock, kindWord, peopleHours, stateWord } from "./coverage_words";

const { DateTime } = luxon;

const MODEL = "attendance.coverage";
const PAGE = 40;
const NEEDS = "chain_attendance_shift.attendance_coverage_need_action";
const LEGEND = ["short", "met", "over", "closed"];

/**
 * People needed against those who are there: the hours of one store's week, the hours of
 * one day in many stores, or the days of many stores.
 */
export class AttendanceCoverage extends Component {
    static template = "chain_attendance_shift.Coverage";
    static components = { ControlPanel, DateTimeInput, MultiRecordSelector, Pager, RecordSelector };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.popover = usePopover(CoveragePeople, { position: "right" });
        this.legend = LEGEND.map((state) => ({ state, word: stateWord(state) }));
        this.clock = clock;
        this.peopleHours = peopleHours;
        this.kindWord = kindWord;
        this.storeDomain = [["attendance_scope", "=", "rosters.view"]];
        // What was asked for last; the screen follows when its figures are there.
        this.wanted = {
            storeIds: this.props.action.context?.coverage_store_ids || [],
            jobId: false,
            measure: "rostered",
            step: 60,
            from: false,
            day: false,
            offset: 0,
            ...this.props.state?.choice,
        };
        this.state = useState({ options: null, data: null, count: 0 });
        useSetupAction({ getLocalState: () => ({ choice: this.wanted }) });
        onWillStart(async () => {
            this.state.options = await this.orm.call(MODEL, "get_options", []);
            this.wanted.from ||= this.firstOfWeek(DateTime.fromISO(this.state.options.today));
            await this.load();
            // Who has one store sees its hours at once.
            if (this.mode === "stores" && this.state.count === 1 && !this.props.state) {
                await this.openStore(this.state.data.stores[0]);
            }
        });
    }

    // Which screen it is ---------------------------------------------------------------

    modeOf({ day, storeIds }) {
        return day ? "day" : storeIds.length === 1 ? "store" : "stores";
    }

    get mode() {
        return this.modeOf(this.state);
    }

    datesOf({ day, from }) {
        const first = DateTime.fromISO(day || from);
        return [first, day ? first : first.plus({ days: 6 })];
    }

    get dates() {
        return this.datesOf(this.state);
    }

    /** Rosters are made by weeks from Monday on, in every language. */
    firstOfWeek(date) {
        return date.startOf("week").toISODate();
    }

    // Loading --------------------------------------------------------------------------

    async load() {
        this.popover.close();
        const choice = { ...this.wanted };
        Object.assign(this.state, choice, await this.keepLast.add(this.fetch(choice)));
    }

    async fetch(choice) {
        const { storeIds, offset, step, jobId, measure } = choice;
        const [from, to] = this.datesOf(choice).map((date) => date.toISODate());
        const chosen = storeIds.length ? storeIds : false;
        const { ids, count } = await this.orm.call(MODEL, "get_stores", [chosen, offset, PAGE]);
        const data = await this.orm.call(MODEL, "get_coverage", [
            ids, from, to, step, jobId, measure, this.modeOf(choice) !== "stores",
        ]);
        return { count, data };
    }

    async choose(values) {
        const before = this.wanted;
        this.wanted = { ...before, ...values };
        try {
            await this.load();
        } catch (error) {
            this.wanted = before;
            throw error;
        }
    }

    onStores(storeIds) {
        return this.choose({ storeIds, offset: 0 });
    }

    onJob(jobId) {
        return this.choose({ jobId });
    }

    onDate(date) {
        if (!date) {
            return;
        }
        const from = this.firstOfWeek(date);
        return this.choose(this.wanted.day ? { day: date.toISODate(), from } : { from });
    }

    /** One day or week on, or back. */
    move(by) {
        const step = this.wanted.day ? { days: by } : { weeks: by };
        return this.onDate(this.datesOf(this.wanted)[0].plus(step));
    }

    toToday() {
        return this.onDate(DateTime.fromISO(this.state.options.today));
    }

    onPage({ offset }) {
        return this.choose({ offset });
    }

    openStore(store) {
        return this.choose({ storeIds: [store.id], day: false, offset: 0 });
    }

    openDay(day) {
        return this.choose({ day: day.date, offset: 0 });
    }

    showWeek() {
        return this.choose({ day: false });
    }

    showAllStores() {
        return this.choose({ storeIds: [], offset: 0 });
    }

    print() {
        window.print();
    }

    async enterNeeds(store) {
        const action = await this.action.loadAction(NEEDS);
        if (store) {
            // Without groups a new line is entered in the list itself.
            action.context = {
                default_store_id: store.id,
                search_default_store_id: store.id,
            };
        }
        return this.action.doAction(action);
    }

    // What is shown --------------------------------------------------------------------

    get chosenStore() {
        return this.state.data.stores[0];
    }

    get measure() {
        return this.state.options.measures.find(([key]) => key === this.state.measure);
    }

    /** Numbers of the slots between the first and the last with anything to say. */
    get shownSlots() {
        const days = this.state.data.stores.flatMap((store) => store.days);
        const count = (24 * 60) / this.state.data.step;
        const used = [...Array(count).keys()].filter((number) =>
            days.some(({ slots }) => {
                const [there, needed, , state] = slots[number];
                return there || needed || !["closed", "unknown"].includes(state);
            })
        );
        const shown = [];
        for (let number = used[0]; number <= used.at(-1); number++) {
            shown.push(number);
        }
        return shown;
    }

    slotStart(number) {
        return number * this.state.data.step;
    }

    rangeText() {
        const [from, to] = this.dates;
        const format = { month: "short", day: "numeric", weekday: "short" };
        return from.equals(to)
            ? from.toLocaleString({ ...format, year: "numeric" })
            : `${from.toLocaleString(format)} – ${to.toLocaleString({ ...format, year: "numeric" })}`;
    }

    dayText(date) {
        const day = DateTime.fromISO(date);
        return [day.toFormat("ccc"), day.toLocaleString({ month: "numeric", day: "numeric" })];
    }

    slotText([there, needed, short, state], hasNeeds) {
        if (state === "unknown") {
            return needed ? `– / ${needed}` : "";
        }
        if (!hasNeeds || (!needed && state !== "over")) {
            return there || "";
        }
        // Enough people, but not of the position that is needed.
        return `${there} / ${needed}` + (short > Math.max(0, needed - there) ? " *" : "");
    }

    slotTitle([there, needed, short, state]) {
        const words = [_t("%(there)s there, %(needed)s needed", { there, needed }), stateWord(state)];
        if (short) {
            words[1] = _t("%s too few", short);
        }
        return words.join(" · ");
    }

    slotClass([, , short, state], hasNeeds) {
        if (!hasNeeds && state === "over") {
            return "o_coverage_plain";
        }
        return `o_coverage_${state} ${this.degree(short)}`;
    }

    /** The more people are missing, the darker. */
    degree(short) {
        return short > 2 ? "o_coverage_worst" : short > 1 ? "o_coverage_worse" : "";
    }

    /** One day of a store in the overview: its worst moment decides. */
    daySlot(day) {
        if (!day.is_known) {
            return { state: "unknown", text: "", sub: "" };
        }
        if (day.worst) {
            return {
                state: `short ${this.degree(day.worst)}`,
                text: `−${day.worst}`,
                sub: _t("at %(time)s, %(hours)s", {
                    time: clock(day.worst_at), hours: peopleHours(day.short_minutes),
                }),
            };
        }
        if (day.over_minutes) {
            return { state: "over", text: `+${peopleHours(day.over_minutes)}`, sub: "" };
        }
        return day.most_needed
            ? { state: "met", text: "✓", sub: "" }
            : { state: "empty", text: "–", sub: "" };
    }

    unplacedText(count) {
        return this.state.measure === "rostered"
            ? _t("%s on flexible hours, not counted", count)
            : _t("%s lack a punch or are still at work, not counted", count);
    }

    showPeople(ev, store, day, number) {
        const start = this.slotStart(number);
        const end = start + this.state.data.step;
        const [weekday, date] = this.dayText(day.date);
        this.popover.open(ev.currentTarget, {
            title: `${store.name} · ${weekday} ${date} ${clock(start)}–${clock(end)}`,
            storeId: store.id,
            date: day.date,
            start,
            end,
            measure: this.state.measure,
            onChanged: () => this.load(),
        });
    }
}

registry.category("actions").add("attendance_coverage", AttendanceCoverage);
