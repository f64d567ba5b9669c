import { browser } from "@web/core/browser/browser";
import { formatDateTime, deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { Pager } from "@web/core/pager/pager";
import { MultiRecordSelector } from "@web/core/record_selectors/multi_record_selector";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { ControlPanel } from "@web/search/control_panel/control_panel";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { useFreshDays } from "@chain_attendance_day/live/fresh_days_hook";

import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";

import { OverviewPeople } from "./overview_people";
import { OverviewTrend } from "./overview_trend";
import { NUMBERS, PARTS, numberWords } from "./overview_words";

const { DateTime } = luxon;

const MODEL = "attendance.overview";
const DAILY = "chain_attendance_report.attendance_report_daily_action";
const EXCEPTIONS = "chain_attendance_day.attendance_exception_action";
const APPROVALS = "chain_attendance_request.attendance_request_approval_action";
const TERMINALS = "chain_attendance_terminal.attendance_terminal_status_action";
const PAGE = 80;
// Without a punch, people become due and missing all the same.
const MINUTE = 60000;
const COLUMNS = ["due", "came", "late", "missing", "away", "later", "done", "absent"];
const TREND_DOMAINS = {
    late: [["late_minutes", ">", 0]],
    absent: [["absent_minutes", ">", 0]],
    overtime: [
        "|", "|",
        ["overtime_workday_minutes", ">", 0],
        ["overtime_rest_day_minutes", ">", 0],
        ["overtime_holiday_minutes", ">", 0],
    ],
};

/** Today's board: who should be there, who came, who is late or missing. */
export class AttendanceOverview extends Component {
    static template = "chain_attendance_report.Overview";
    static components = {
        ControlPanel, MultiRecordSelector, OverviewTrend, Pager, RecordSelector,
    };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.keepLast = new KeepLast();
        this.keepTrend = new KeepLast();
        this.isShown = false;
        this.words = numberWords();
        this.columns = COLUMNS;
        this.parts = PARTS;
        this.pageSize = PAGE;
        this.state = useState({
            storeIds: [],
            departmentId: false,
            offset: 0,
            ...this.props.state?.choice,
            board: null,
            trend: null,
            options: null,
            readAt: null,
        });
        useSetupAction({
            getLocalState: () => ({
                choice: {
                    storeIds: this.state.storeIds,
                    departmentId: this.state.departmentId,
                    offset: this.state.offset,
                },
            }),
        });
        onWillStart(async () => {
            // What is asked for meanwhile would leave the first answer waited for.
            const [options] = await Promise.all([
                this.orm.call(MODEL, "get_options", []),
                this.load(),
            ]);
            this.state.options = options;
            this.isShown = true;
            // The board does not wait for thirty days.
            this.loadTrend();
        });
        useFreshDays(() => this.readAgain());
        const clock = browser.setInterval(() => document.hidden || this.readAgain(), MINUTE);
        onWillUnmount(() => browser.clearInterval(clock));
    }

    // Loading --------------------------------------------------------------------------

    get choice() {
        return {
            store_ids: this.state.storeIds.length ? [...this.state.storeIds] : false,
            department_id: this.state.departmentId,
        };
    }

    async load() {
        const board = await this.keepLast.add(
            this.orm.silent.call(MODEL, "get_board", [], {
                ...this.choice,
                offset: this.state.offset,
            })
        );
        Object.assign(this.state, { board, readAt: DateTime.now().toFormat("HH:mm:ss") });
    }

    readAgain() {
        return this.isShown && this.load();
    }

    async loadTrend() {
        this.state.trend = await this.keepTrend.add(
            this.orm.silent.call(MODEL, "get_trend", [], this.choice)
        );
    }

    choose(values) {
        Object.assign(this.state, { offset: 0, ...values });
        return Promise.all([this.load(), this.loadTrend()]);
    }

    onPage({ offset }) {
        this.state.offset = offset;
        return this.load();
    }

    // What is shown --------------------------------------------------------------------

    get shownNumbers() {
        const { numbers } = this.state.board;
        return NUMBERS.filter((name) => name !== "extra" || numbers.extra);
    }

    get isEmpty() {
        return !this.state.board.stores.length;
    }

    /** How many people there are today in a store. */
    people(numbers) {
        return PARTS.reduce((sum, part) => sum + numbers[part], 0);
    }

    share(numbers, part) {
        return (100 * numbers[part]) / Math.max(1, this.people(numbers));
    }

    barTitle(numbers) {
        return PARTS.filter((part) => numbers[part])
            .map((part) => `${this.words[part][0]} ${numbers[part]}`)
            .join(" · ");
    }

    /** Numbers that want something done about them. */
    tone(name, value) {
        if (!value) {
            return "text-muted";
        }
        return { missing: "o_overview_bad", absent: "o_overview_bad", late: "o_overview_doubtful" }[name] || "";
    }

    get hasManyClocks() {
        return new Set(this.state.board.stores.map((store) => store.clock)).size > 1;
    }

    get liveText() {
        return _t("Live, %s", this.state.readAt);
    }

    get silentText() {
        return _t("All %s silent terminals", this.state.board.terminals.silent);
    }

    get neverText() {
        return _t("%s registered terminals never called", this.state.board.terminals.never);
    }

    exceptionText({ name }) {
        return _t("Exceptions: %s", name);
    }

    since(at) {
        return deserializeDateTime(at).toRelative();
    }

    instant(at) {
        return formatDateTime(deserializeDateTime(at));
    }

    // Where it leads -------------------------------------------------------------------

    showPeople(number, store) {
        const title = store ? `${this.words[number][0]} · ${store.name}` : this.words[number][0];
        this.dialog.add(OverviewPeople, {
            number,
            title,
            options: this.state.options,
            query: { ...this.choice, store_id: store ? store.id : null },
        });
    }

    get placeDomain() {
        const domain = [];
        if (this.state.storeIds.length) {
            domain.push(["store_id", "in", [...this.state.storeIds]]);
        }
        if (this.state.departmentId) {
            domain.push(["department_id", "child_of", this.state.departmentId]);
        }
        return domain;
    }

    async open(xmlId, values) {
        const action = await this.action.loadAction(xmlId);
        return this.action.doAction({ ...action, ...values });
    }

    openTrend(figure, date) {
        return this.open(DAILY, {
            domain: [["work_date", "=", date], ...TREND_DOMAINS[figure], ...this.placeDomain],
            context: {},
        });
    }

    openExceptions(severity) {
        return this.open(EXCEPTIONS, {
            domain: [["severity", "=", severity], ...this.placeDomain],
            context: { search_default_open: 1 },
        });
    }

    openApprovals() {
        return this.action.doAction(APPROVALS);
    }

    openTerminals(state) {
        const domain = [["connection_state", "=", state]];
        if (this.state.storeIds.length) {
            domain.push(["store_id", "in", [...this.state.storeIds]]);
        }
        return this.open(TERMINALS, { domain, context: {} });
    }

    openTerminal(terminal) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Terminal"),
            res_model: "attendance.terminal",
            res_id: terminal.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("attendance_overview", AttendanceOverview);
