/**
 * A rectangle of cells, by row and column: from the anchor, where it began, to the head,
 * which moves. Rows are those on the screen, so folded groups are passed over.
 */
export class RosterGridSelection {
    anchor = null;
    head = null;

    get isEmpty() {
        return this.anchor === null;
    }

    /** `{ top, bottom, left, right }`, all included. */
    get box() {
        if (this.isEmpty) {
            return null;
        }
        return {
            top: Math.min(this.anchor.row, this.head.row),
            bottom: Math.max(this.anchor.row, this.head.row),
            left: Math.min(this.anchor.column, this.head.column),
            right: Math.max(this.anchor.column, this.head.column),
        };
    }

    clear() {
        this.anchor = this.head = null;
    }

    start(row, column) {
        this.anchor = this.head = { row, column };
    }

    extend(row, column) {
        if (this.isEmpty) {
            this.start(row, column);
        }
        this.head = { row, column };
    }

    select({ top, bottom, left, right }) {
        this.anchor = { row: top, column: left };
        this.head = { row: bottom, column: right };
    }

    /** Move by some rows and columns, staying within `rows` × `columns`. */
    move(down, right, { rows, columns, extend }) {
        const from = this.head || { row: -down, column: -right };
        const row = Math.min(Math.max(from.row + down, 0), rows - 1);
        const column = Math.min(Math.max(from.column + right, 0), columns - 1);
        extend ? this.extend(row, column) : this.start(row, column);
    }

    /** All days of the rows first; everything, if that is selected already. */
    selectAll({ rows, columns }) {
        const box = this.box;
        const whole = box && box.left === 0 && box.right === columns - 1;
        this.select({
            top: box && !whole ? box.top : 0,
            bottom: box && !whole ? box.bottom : rows - 1,
            left: 0,
            right: columns - 1,
        });
    }
}
