import { Domain } from "@web/core/domain";
import { Mutex } from "@web/core/utils/concurrency";
import { Model } from "@web/model/model";
import { RosterGridHistory } from "./roster_grid_history";
import { RosterGridRange } from "./roster_grid_range";
import { RosterGridSheet } from "./roster_grid_sheet";

const SERVER = "attendance.roster.grid";
export const PAGE = 80;
export const LARGEST_PAGE = 200;

export class RosterGridModel extends Model {
    setup(params) {
        this.fields = params.fields;
        this.range = params.range;
        this.offset = params.offset || 0;
        this.limit = params.limit || PAGE;
        // Everything goes to the server in order, so that what is read holds what was
        // changed before.
        this.mutex = new Mutex();
        this.history = new RosterGridHistory();
        this.folded = new Set();
        this.loads = 0;
        // Rises with every change, for what is shown and has nothing else to tell by.
        this.revision = 0;
    }

    async load(search) {
        const asked = ({ domain, groupBy }) => JSON.stringify([domain, groupBy]);
        if (search && this.search && asked(search) !== asked(this.search)) {
            this.offset = 0;
            this.folded.clear();
        }
        this.search = search || this.search;
        const turn = ++this.loads;
        await this.mutex.exec(async () => {
            if (turn === this.loads) {
                this._take(await this._ask());
            }
        });
    }

    get may_edit() {
        return this.data.may_edit;
    }

    get may_publish() {
        return this.data.may_publish;
    }

    get may_export() {
        return this.data.may_export;
    }

    get domain() {
        return new Domain(this.search.domain).toList();
    }

    get groupBy() {
        const [name] = this.search.groupBy;
        return this.fields[name]?.type === "many2one" ? name : false;
    }

    /** Show other dates or another page, then tell. */
    async show({ range, offset, limit }) {
        this.range = range || this.range;
        this.offset = offset ?? this.offset;
        this.limit = Math.min(limit || this.limit, LARGEST_PAGE);
        await this.load();
        this.notify();
    }

    async reload() {
        await this.load();
        this.notify();
    }

    _ask() {
        const { dateFrom, dateTo } = this.range;
        return this.orm.call(SERVER, "get_grid", [this.domain, dateFrom, dateTo], {
            groupby: this.groupBy,
            offset: this.offset,
            limit: this.limit,
        });
    }

    _take(data) {
        this.data = data;
        this.sheet = new RosterGridSheet(data);
        this._arrange();
        this.bus.trigger("loaded");
    }

    //--------------------------------------------------------------------------
    // Lines on the screen
    //--------------------------------------------------------------------------

    /** Headings of groups, and under those that are open the people, by `index`. */
    _arrange() {
        this.revision++;
        this.lines = [];
        this.people = [];
        let last;
        for (const row of this.sheet.rows) {
            if (this.data.groups.length && row.group !== last) {
                last = row.group;
                const group = this.data.groups.find((each) => each.id === last);
                this.lines.push({ key: `group ${last}`, group });
            }
            if (!this.data.groups.length || !this.folded.has(row.group)) {
                this.lines.push({ key: row.id, row, index: this.people.length });
                this.people.push(row);
            }
        }
    }

    toggleGroup(id) {
        this.folded.has(id) ? this.folded.delete(id) : this.folded.add(id);
        this._arrange();
        this.bus.trigger("loaded");
        this.notify();
    }

    /** Only rows are others, and what is counted of them. */
    _refresh() {
        this._arrange();
        this.bus.trigger("changed");
    }

    //--------------------------------------------------------------------------
    // Changing
    //--------------------------------------------------------------------------

    /** Show cells before they are sent, as the beginning or more of a change. */
    preview(change, cells) {
        this.sheet.show(change, cells);
        this._refresh();
    }

    /**
     * Send a change that is shown. When the server refuses, the cells go back and the
     * promise fails with the server's sentence.
     */
    async send(change, reason = false) {
        const sheet = this.sheet;
        return this.mutex.exec(async () => {
            try {
                const args = [change.cells, ...sheet.span];
                const answer = await this.orm.call(SERVER, "set_cells", args, { reason });
                sheet.settle(change, answer.rows);
                const { range, offset } = this;
                const { on, off } = answer.step;
                if (on.length || off.length) {
                    this.history.add({ step: answer.step, range, offset });
                }
            } catch (error) {
                sheet.settle(change);
                throw error;
            } finally {
                this._refresh();
            }
        });
    }

    /** Undo the latest step, or do again the one undone last. */
    async toggle(undo) {
        let entry, answer;
        await this.mutex.exec(async () => {
            entry = this.history.take(undo);
            if (entry) {
                const args = [entry.step, ...this.sheet.span, undo];
                answer = await this.orm.call(SERVER, "toggle_step", args);
                this.history.give(entry, undo);
                this.sheet.settle(null, answer.rows);
                this._refresh();
            }
        });
        // What a person undoes, the person sees.
        const elsewhere =
            entry &&
            (entry.range.dateFrom !== this.range.dateFrom ||
                entry.range.dateTo !== this.range.dateTo ||
                Object.keys(answer.rows).some((id) => !this.sheet.has(Number(id))));
        if (elsewhere) {
            await this.show(entry);
        }
    }

    async entriesOf(id, date) {
        return this.orm.call(SERVER, "get_history", [id, date]);
    }
}
