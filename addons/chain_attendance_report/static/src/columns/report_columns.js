import { reactive } from "@odoo/owl";

const MODEL = "attendance.report.layout";
// The number of the row: it stands first, whatever else is shown.
const FIXED = "id";

// The widget of that number.
const NUMBER_WIDGET = "attendance_row_number";

/** Those that can be shown at all: not the ones that are there for others to read. */
function isChoosable(column) {
    return column.type === "field" && column.name !== FIXED && !isNeverShown(column);
}

function isNeverShown({ column_invisible: invisible }) {
    return invisible === true || ["1", "True", "true"].includes(invisible);
}

/**
 * Which columns of a report are shown, and in which order: as the person left them, on
 * the server, so that they are the same in every browser.
 */
export class ReportColumns {
    /**
     * @param {Object} orm
     * @param {string} report the report's model
     * @param {Object[]} columns the columns of the view, in its order
     */
    constructor(orm, report, columns) {
        this.orm = orm;
        this.report = report;
        this.columns = columns;
        this.choices = null;
        this.layoutId = false;
        this.layouts = [];
        this.canShare = false;
        return reactive(this);
    }

    async load() {
        const found = await this.orm.call(MODEL, "read_layouts", [this.report]);
        this.choices = found.columns || null;
        this.layoutId = found.layout_id;
        this.layouts = found.layouts;
        this.canShare = found.can_share;
    }

    get layout() {
        return this.layouts.find(({ id }) => id === this.layoutId);
    }

    isShown(column) {
        const choice = this.choices?.find(([name]) => name === column.name);
        if (choice && isChoosable(column)) {
            return choice[1];
        }
        return !column.optional || column.optional === "show";
    }

    /**
     * The columns in the person's order. One that came to be later, of a new leave type,
     * stands after the one that it follows in the view; a button stays where it is.
     */
    arrange(columns) {
        if (!this.choices) {
            return columns;
        }
        const places = new Map(this.choices.map(([name], index) => [name, index]));
        let place = -1;
        const placed = columns.map((column, index) => {
            place = places.get(column.name) ?? place;
            return { column, index, place };
        });
        placed.sort((left, right) => left.place - right.place || left.index - right.index);
        return placed.map(({ column }) => column);
    }

    /** `[{ name, label, isShown }]` of all that can be chosen, in the person's order. */
    get choosable() {
        return this.arrange(this.columns)
            .filter(isChoosable)
            .map((column) => ({
                name: column.name,
                label: column.label,
                isShown: this.isShown(column),
            }));
    }

    /** `[{ name, label }]` of what a file shows: the columns on the screen. */
    get exported() {
        const isNumber = ({ name, widget }) => name === FIXED && widget === NUMBER_WIDGET;
        return [
            ...this.columns.filter(isNumber),
            ...this.choosable.filter(({ isShown }) => isShown),
        ].map(({ name, label }) => ({ name, label }));
    }

    /** Keep the columns as they are now: `[[name, isShown], ...]`. */
    async choose(choices, layoutId = false) {
        this.choices = choices;
        this.layoutId = layoutId;
        await this.orm.call(MODEL, "remember", [this.report, choices, layoutId]);
    }

    /** Show or hide some, by `{ name: isShown }`. */
    show(isShown) {
        return this.choose(
            this.choosable.map(({ name, isShown: before }) => [name, isShown[name] ?? before])
        );
    }

    chooseLayout(layout) {
        return this.choose(layout.columns, layout.id);
    }

    async saveAs(name, choices, isShared) {
        await this.orm.call(MODEL, "save_as", [this.report, name, choices, isShared]);
        await this.load();
    }

    async remove(layout) {
        await this.orm.unlink(MODEL, [layout.id]);
        await this.load();
    }

    async reset() {
        await this.orm.call(MODEL, "forget", [this.report]);
        await this.load();
    }
}
