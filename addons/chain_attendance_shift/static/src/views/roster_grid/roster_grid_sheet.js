/** What is in the marks of a cell and keeps it from being changed. */
const CLOSED = ["locked", "not_employed"];
/** Marks that hold only until something else is planned. */
const OF_THE_PLAN = ["short_rest", "long_run", "unpublished"];

export const SHIFT = 0;
export const SOURCE = 1;
export const MARKS = 2;
/** Set on a cell that the server has not answered for yet. */
export const PENDING = 3;

/** What a cell shows after a change that the server has not answered for yet. */
function changed(cell, shift) {
    const marks = cell[MARKS].filter((mark) => !OF_THE_PLAN.includes(mark));
    // What the rosters say is known to the server only.
    const back = shift === null;
    return [back ? cell[SHIFT] : shift, back ? cell[SOURCE] : "override", marks, true];
}

/**
 * People and days as the server told them, with the changes that are on their way to it
 * on top. A row is replaced, never changed, so that what shows it can tell by identity.
 */
export class RosterGridSheet {
    /** @param {Object} data the answer of `get_grid` */
    constructor(data) {
        this.days = data.days;
        this.shifts = data.shifts;
        this.headcounts = data.headcounts;
        this.rows = data.rows;
        this.dates = new Map(data.days.map((day, column) => [day.date, column]));
        this.told = new Map(data.rows.map((row) => [row.id, row.cells]));
        this.places = new Map(data.rows.map((row, index) => [row.id, index]));
        this.changes = [];
    }

    row(id) {
        return this.rows[this.places.get(id)];
    }

    /** The first and the last date. */
    get span() {
        return [this.days[0].date, this.days.at(-1).date];
    }

    has(id) {
        return this.places.has(id);
    }

    mayChange(id, column) {
        const row = this.row(id);
        return row.may_edit && !row.cells[column][MARKS].some((mark) => CLOSED.includes(mark));
    }

    /** Whether a change would leave the cell as it is. */
    isSame(id, column, shift) {
        const cell = this.row(id).cells[column];
        if (cell[PENDING]) {
            return false;
        }
        return shift === null ? cell[SOURCE] !== "override" : cell[SHIFT] === shift;
    }

    /**
     * Show cells before they are sent; more may be added to the same change.
     *
     * @param {Object} change `{ cells: [[employee id, date, shift], ...] }`
     */
    show(change, cells) {
        if (!this.changes.includes(change)) {
            this.changes.push(change);
        }
        change.cells.push(...cells);
        this._refresh(cells.map(([id]) => id));
    }

    /** Forget a change: `rows` are what the server answered, if it took it. */
    settle(change, rows = {}) {
        this.changes = this.changes.filter((other) => other !== change);
        for (const [id, cells] of Object.entries(rows)) {
            this.told.set(Number(id), cells);
        }
        const touched = change ? change.cells.map(([id]) => id) : [];
        this._refresh([...touched, ...Object.keys(rows).map(Number)]);
    }

    _refresh(ids) {
        for (const id of new Set(ids)) {
            if (!this.has(id)) {
                continue;
            }
            const cells = [...this.told.get(id)];
            for (const change of this.changes) {
                for (const [employee, date, shift] of change.cells) {
                    if (employee === id) {
                        const column = this.dates.get(date);
                        cells[column] = changed(cells[column], shift);
                    }
                }
            }
            const index = this.places.get(id);
            this._recount(this.rows[index].cells, cells);
            this.rows[index] = { ...this.rows[index], cells };
        }
    }

    /** Headcounts are of everybody found, on other pages too: add the difference. */
    _recount(before, after) {
        before.forEach((cell, column) => {
            if (cell !== after[column]) {
                this._count(cell, column, -1);
                this._count(after[column], column, 1);
            }
        });
    }

    _count(cell, column, number) {
        const { shifts, working, away, rest, none } = this.headcounts;
        const shift = cell[SHIFT];
        if (works(cell, this.shifts)) {
            shifts[shift] ||= this.days.map(() => 0);
            shifts[shift][column] += number;
            working[column] += number;
        } else {
            (shift ? away : shift === 0 ? rest : none)[column] += number;
        }
    }
}

/** Whether a person works a shift: neither leave nor a holiday takes it away. */
export function works(cell, shifts) {
    const marks = cell[MARKS];
    const isHoliday = marks.includes("public_holiday") || marks.includes("moved_rest_day");
    return (
        cell[SHIFT] > 0 &&
        !marks.includes("leave") &&
        (!isHoliday || shifts[cell[SHIFT]].works_on_holidays)
    );
}

/** `{ days, minutes }` that a person is planned to work. */
export function totals(cells, shifts) {
    const planned = cells
        .filter((cell) => works(cell, shifts))
        .map((cell) => shifts[cell[SHIFT]]);
    const sum = (name) => planned.reduce((total, shift) => total + shift[name], 0);
    return { days: sum("workday_value"), minutes: sum("minutes") };
}
