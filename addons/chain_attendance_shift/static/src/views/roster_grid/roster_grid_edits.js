/**
 * Which cells an edit gives which shift. Plain functions over boxes of
 * `{ top, bottom, left, right }`, all included; `valueAt(row, column)` is the shift
 * there. Each returns `[{ row, column, shift }, ...]`.
 */

function* cellsOf({ top, bottom, left, right }) {
    for (let row = top; row <= bottom; row++) {
        for (let column = left; column <= right; column++) {
            yield { row, column };
        }
    }
}

export function fill(box, shift) {
    return [...cellsOf(box)].map((cell) => ({ ...cell, shift }));
}

/** The shifts of a box, row by row. */
export function copy(box, valueAt) {
    const block = [];
    for (const { row, column } of cellsOf(box)) {
        (block[row - box.top] ||= []).push(valueAt(row, column));
    }
    return block;
}

/** What a box becomes that a block is laid over again and again, from a corner on. */
export function tile(block, box, { top, left } = box) {
    const nth = (list, place) => list.at(place % list.length);
    return [...cellsOf(box)].map(({ row, column }) => {
        return { row, column, shift: nth(nth(block, row - top), column - left) };
    });
}

/**
 * Where a block goes when it is pasted: over the whole selection if that is larger, else
 * as it is from the selection's corner, as far as there are `rows` and `columns`.
 */
export function pasteBox(block, box, { rows, columns }) {
    const high = Math.max(block.length, box.bottom - box.top + 1);
    const wide = Math.max(block[0].length, box.right - box.left + 1);
    return {
        top: box.top,
        left: box.left,
        bottom: Math.min(box.top + high, rows) - 1,
        right: Math.min(box.left + wide, columns) - 1,
    };
}

export function fillDown(box, valueAt) {
    const first = copy({ ...box, bottom: box.top }, valueAt);
    return tile(first, { ...box, top: box.top + 1 });
}

/** The first row of a box gets what the last one has, and the other way round. */
export function swap({ top, bottom, left, right }, valueAt) {
    const columns = [...Array(right - left + 1)].map((_, index) => left + index);
    return columns.flatMap((column) => [
        { row: top, column, shift: valueAt(bottom, column) },
        { row: bottom, column, shift: valueAt(top, column) },
    ]);
}

/** The cells on the way of a mouse that moves faster than it tells. */
export function line(from, to) {
    const steps = Math.max(Math.abs(to.row - from.row), Math.abs(to.column - from.column), 1);
    return [...Array(steps + 1)].map((_, step) => ({
        row: Math.round(from.row + ((to.row - from.row) * step) / steps),
        column: Math.round(from.column + ((to.column - from.column) * step) / steps),
    }));
}

/** A box drawn out to a cell, along the one direction in which it is farther. */
export function stretch(box, { row, column }) {
    const down = Math.max(box.top - row, row - box.bottom, 0);
    const across = Math.max(box.left - column, column - box.right, 0);
    if (down >= across) {
        const [top, bottom] = [Math.min(box.top, row), Math.max(box.bottom, row)];
        return { ...box, top, bottom };
    }
    const [left, right] = [Math.min(box.left, column), Math.max(box.right, column)];
    return { ...box, left, right };
}
