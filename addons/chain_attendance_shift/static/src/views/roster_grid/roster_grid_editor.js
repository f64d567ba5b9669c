import { _t } from "@web/core/l10n/translation";
import { copy, fill, fillDown, line, pasteBox, stretch, swap, tile } from "./roster_grid_edits";
import { RosterGridSelection } from "./roster_grid_selection";
import { SHIFT } from "./roster_grid_sheet";

/**
 * What a person does to the grid, whether with the mouse, the keyboard or the buttons.
 * The bus of the model tells "selection" when what is selected, copied or painted with
 * is another.
 */
export class RosterGridEditor {
    constructor(model, notification) {
        this.model = model;
        this.notification = notification;
        this.selection = new RosterGridSelection();
        this.block = null;
        /** undefined: nothing; else the shift to paint with, 0 for rest, null for as planned */
        this.brush = undefined;
        this.valueAt = (row, column) => this.model.people[row].cells[column][SHIFT];
        this.stroke = null;
    }

    get mayEdit() {
        return this.model.may_edit;
    }

    get size() {
        return { rows: this.model.people.length, columns: this.model.sheet.days.length };
    }

    /** Shifts to plan with; the keys 1 to 9 stand for the first of them. */
    get palette() {
        return Object.values(this.model.sheet.shifts).filter((shift) => shift.active);
    }

    get people() {
        const box = this.selection.box;
        return box ? this.model.people.slice(box.top, box.bottom + 1) : [];
    }

    get canSwap() {
        const box = this.selection.box;
        return Boolean(box) && box.bottom - box.top === 1;
    }

    get canFillDown() {
        const box = this.selection.box;
        return Boolean(box) && box.bottom > box.top;
    }

    told() {
        this.model.bus.trigger("selection");
    }

    forget() {
        this.selection.clear();
        this.stroke = null;
        this.told();
    }

    //--------------------------------------------------------------------------
    // Selecting and painting
    //--------------------------------------------------------------------------

    choose(brush) {
        this.brush = brush === this.brush ? undefined : brush;
        this.selection.clear();
        this.told();
    }

    select(row, column, extend) {
        extend ? this.selection.extend(row, column) : this.selection.start(row, column);
        this.told();
    }

    move(down, right, extend) {
        if (this.size.rows) {
            this.selection.move(down, right, { ...this.size, extend });
            this.told();
        }
    }

    selectAll() {
        if (this.size.rows) {
            this.selection.selectAll(this.size);
            this.told();
        }
    }

    /** Paint from where the mouse was to where it is now. */
    paint(row, column) {
        const to = { row, column };
        this.stroke ||= { cells: [], leftOut: 0 };
        const cells = line(this.stroke.at || to, to);
        this.stroke.at = to;
        this._preview(this.stroke, cells.map((cell) => ({ ...cell, shift: this.brush })));
    }

    endStroke() {
        const stroke = this.stroke;
        this.stroke = null;
        return stroke && this._send(stroke);
    }

    //--------------------------------------------------------------------------
    // Changing what is selected
    //--------------------------------------------------------------------------

    set(shift) {
        return this._edit((box) => fill(box, shift));
    }

    copy() {
        if (!this.selection.isEmpty) {
            this.block = copy(this.selection.box, this.valueAt);
            this.told();
        }
    }

    paste() {
        if (!this.block) {
            return;
        }
        return this._edit((box) => {
            const target = pasteBox(this.block, box, this.size);
            this.selection.select(target);
            this.told();
            return tile(this.block, target);
        });
    }

    fillDown() {
        return this.canFillDown && this._edit((box) => fillDown(box, this.valueAt));
    }

    /** Draw what is selected out to a cell. */
    fillTo(row, column) {
        return this._edit((box) => {
            const target = stretch(box, { row, column });
            const block = copy(box, this.valueAt);
            this.selection.select(target);
            this.told();
            return tile(block, target, box);
        });
    }

    swap() {
        return this.canSwap && this._edit((box) => swap(box, this.valueAt));
    }

    /**
     * @param {Object} batch `people` (rows), `dates` (ISO), `shift`, `reason`
     */
    batch({ people, dates, shift, reason }) {
        const rows = people.map((person) =>
            this.model.people.findIndex((row) => row.id === person.id)
        );
        const columns = dates.map((date) => this.model.sheet.dates.get(date));
        const cells = rows.flatMap((row) => columns.map((column) => ({ row, column, shift })));
        return this._change(cells, reason);
    }

    undo() {
        return this.model.toggle(true);
    }

    redo() {
        return this.model.toggle(false);
    }

    //--------------------------------------------------------------------------
    // Sending
    //--------------------------------------------------------------------------

    _edit(cellsOf) {
        if (this.mayEdit && !this.selection.isEmpty) {
            return this._change(cellsOf(this.selection.box));
        }
    }

    _change(cells, reason) {
        const change = { cells: [], leftOut: 0 };
        this._preview(change, cells);
        return this._send(change, reason);
    }

    /** Show those cells that may be changed and are not so already. */
    _preview(change, cells) {
        const { people, sheet } = this.model;
        const open = cells
            .filter(({ row, column }) => {
                const may = sheet.mayChange(people[row].id, column);
                change.leftOut += may ? 0 : 1;
                return may;
            })
            .filter(({ row, column, shift }) => !sheet.isSame(people[row].id, column, shift))
            .map(({ row, column, shift }) => [people[row].id, sheet.days[column].date, shift]);
        if (open.length) {
            this.model.preview(change, open);
        }
    }

    async _send(change, reason) {
        if (change.leftOut) {
            const words = _t(
                "%s days were left as they are: they are locked, lie outside the employment, or are not yours to change.",
                change.leftOut
            );
            this.notification.add(words, { type: "warning" });
        }
        if (change.cells.length) {
            await this.model.send(change, reason);
        }
    }
}
