import { Component, useEffect, useExternalListener, useRef } from "@odoo/owl";
import { usePopover } from "@web/core/popover/popover_hook";
import { useBus } from "@web/core/utils/hooks";
import { stretch } from "./roster_grid_edits";
import { RosterGridFooter } from "./roster_grid_footer";
import { RosterGridHistoryPopover } from "./roster_grid_history_popover";
import { onGridKeydown } from "./roster_grid_keys";
import { RosterGridRow } from "./roster_grid_row";
import { cellWords, dayWords } from "./roster_grid_words";

const { DateTime } = luxon;

/**
 * The table. Cells have no handlers: what is done to them is heard by the table.
 */
export class RosterGridRenderer extends Component {
    static template = "chain_attendance_shift.RosterGridRenderer";
    static components = { RosterGridRow, RosterGridFooter };
    static props = { model: Object, editor: Object, revision: Number, openPerson: Function };

    setup() {
        this.scroll = useRef("scroll");
        this.frame = useRef("frame");
        this.popover = usePopover(RosterGridHistoryPopover, { position: "bottom" });
        // What the mouse is doing while it is down: "select", "paint" or "fill".
        this.doing = null;
        this.last = null;
        useBus(this.props.model.bus, "selection", () => this.drawFrame());
        useBus(this.props.model.bus, "changed", () => this.render());
        useBus(this.props.model.bus, "focus", () => this.focus());
        // Asking where things are is slow while cells have just changed, and they stay
        // where they are.
        useEffect(
            () => this.drawFrame(),
            () => [this.sheet, this.props.model.lines.length, this.isWide]
        );
        useExternalListener(window, "pointerup", () => this.onPointerUp());
        useExternalListener(window, "pointercancel", () => this.onPointerUp());
        useExternalListener(window, "resize", () => this.drawFrame());
    }

    get sheet() {
        return this.props.model.sheet;
    }

    get editor() {
        return this.props.editor;
    }

    get isWide() {
        return this.props.model.range.scale === "week";
    }

    /** Made once for the dates that are shown. */
    get heads() {
        if (this.headsOf !== this.sheet) {
            this.headsOf = this.sheet;
            this.headsMade = this.makeHeads();
        }
        return this.headsMade;
    }

    makeHeads() {
        const isMonth = this.props.model.range.scale === "month";
        const lock = this.props.model.data.lock_date;
        return this.sheet.days.map((day) => {
            const date = DateTime.fromISO(day.date);
            const names = Object.entries(day.names);
            return {
                date: day.date,
                number: date.day,
                weekday: date.toFormat(isMonth ? "ccccc" : "ccc"),
                name: names.map(([, name]) => name).join(", "),
                title: [dayWords(day.date), ...names.map(([, name]) => name)].join("\n"),
                isLocked: Boolean(lock) && day.date <= lock,
                is: [
                    ...names.map(([kind]) => kind),
                    day.today ? "today" : "",
                    day.weekday > 5 ? "weekend" : "",
                ].join(" "),
            };
        });
    }

    //--------------------------------------------------------------------------
    // Where things are
    //--------------------------------------------------------------------------

    placeOf(target) {
        const cell = target.closest?.("td[data-column]");
        if (!cell) {
            return null;
        }
        const row = Number(cell.parentElement.dataset.row);
        return { row, column: Number(cell.dataset.column), cell };
    }

    /** Where a cell lies in what scrolls; by its row and its head, which are drawn. */
    boundsOf({ row, column }) {
        const line = this.scroll.el.querySelector(`tr[data-row="${row}"]`);
        const head = this.scroll.el.querySelector(`th[data-column="${column}"]`);
        if (!line || !head) {
            return null;
        }
        const { scrollTop, scrollLeft } = this.scroll.el;
        const origin = this.scroll.el.getBoundingClientRect();
        const [across, down] = [head.getBoundingClientRect(), line.getBoundingClientRect()];
        return {
            left: across.left - origin.left + scrollLeft,
            right: across.right - origin.left + scrollLeft,
            top: down.top - origin.top + scrollTop,
            bottom: down.bottom - origin.top + scrollTop,
        };
    }

    /** Draw the frame around what is selected, over the table. */
    drawFrame(box = this.editor.selection.box) {
        const frame = this.frame.el;
        if (!frame) {
            return;
        }
        const first = box && this.boundsOf({ row: box.top, column: box.left });
        const last = box && this.boundsOf({ row: box.bottom, column: box.right });
        frame.classList.toggle("d-none", !first || !last);
        if (first && last) {
            frame.style.left = `${first.left}px`;
            frame.style.top = `${first.top}px`;
            frame.style.width = `${last.right - first.left}px`;
            frame.style.height = `${last.bottom - first.top}px`;
        }
    }

    focus() {
        this.scroll.el.focus({ preventScroll: true });
    }

    /** Bring the moving corner of the selection on the screen. */
    follow() {
        const head = this.editor.selection.head;
        const row = head && this.scroll.el.querySelector(`tr[data-row="${head.row}"]`);
        const cell = row?.querySelector(`td[data-column="${head.column}"]`);
        cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
    }

    //--------------------------------------------------------------------------
    // Mouse
    //--------------------------------------------------------------------------

    onPointerDown(ev) {
        if (ev.button !== 0 || ev.pointerType === "touch") {
            return;
        }
        const place = this.placeOf(ev.target);
        const isHandle = ev.target.classList.contains("o_roster_grid_handle");
        if (!place && !isHandle) {
            return;
        }
        // Nothing of the page is to be selected or dragged; the keys come here.
        ev.preventDefault();
        this.focus();
        this.last = place;
        if (isHandle) {
            this.doing = "fill";
        } else if (this.editor.brush !== undefined) {
            this.doing = "paint";
            this.editor.paint(place.row, place.column);
        } else {
            this.doing = "select";
            this.editor.select(place.row, place.column, ev.shiftKey);
        }
    }

    onPointerMove(ev) {
        const place = this.doing && this.placeOf(ev.target);
        if (!place || (this.last?.row === place.row && this.last?.column === place.column)) {
            return;
        }
        this.last = place;
        if (this.doing === "paint") {
            this.editor.paint(place.row, place.column);
        } else if (this.doing === "select") {
            this.editor.select(place.row, place.column, true);
            this.follow();
        } else {
            this.drawFrame(stretch(this.editor.selection.box, place));
        }
    }

    onPointerUp() {
        const { doing, last } = this;
        this.doing = null;
        if (doing === "paint") {
            return this.editor.endStroke();
        }
        if (doing === "fill" && last) {
            return this.editor.fillTo(last.row, last.column);
        }
    }

    /** The words of a tooltip are made when the mouse comes, not for thousands of cells. */
    onPointerOver(ev) {
        const place = this.placeOf(ev.target);
        if (place && !this.doing) {
            const row = this.props.model.people[place.row];
            const day = this.sheet.days[place.column];
            const info = cellWords(row, day, row.cells[place.column], this.sheet.shifts);
            place.cell.dataset.tooltipTemplate = "chain_attendance_shift.RosterGridTooltip";
            place.cell.dataset.tooltipInfo = JSON.stringify(info);
        }
    }

    onClick(ev) {
        const group = ev.target.closest(".o_roster_grid_group");
        const person = ev.target.closest(".o_roster_grid_person");
        const day = ev.target.closest("th[data-column]");
        if (group) {
            const id = Number(group.dataset.group) || false;
            this.props.model.toggleGroup(id);
        } else if (ev.target.closest(".o_roster_grid_name")) {
            this.props.openPerson(this.rowOf(person));
        } else if (person && this.editor.mayEdit) {
            const row = Number(person.parentElement.dataset.row);
            this.selectLine({ row, right: this.sheet.days.length - 1 }, ev.shiftKey);
        } else if (day && this.editor.mayEdit) {
            const column = Number(day.dataset.column);
            this.selectLine({ column, bottom: this.props.model.people.length - 1 }, ev.shiftKey);
        }
    }

    rowOf(person) {
        return this.props.model.people[Number(person.parentElement.dataset.row)];
    }

    /** A whole row or column; with shift up to it. */
    selectLine({ row, column, right, bottom }, extend) {
        const { selection } = this.editor;
        const [top, left] = [row ?? 0, column ?? 0];
        if (!extend || selection.isEmpty) {
            selection.start(top, left);
        }
        selection.extend(bottom ?? row, right ?? column);
        this.focus();
        this.editor.told();
    }

    onKeydown(ev) {
        if (onGridKeydown(ev, this.editor)) {
            ev.preventDefault();
            ev.stopPropagation();
            if (ev.key.startsWith("Arrow")) {
                this.follow();
            }
        }
    }

    async openHistory(ev) {
        const place = this.placeOf(ev.target);
        if (!place) {
            return;
        }
        ev.preventDefault();
        const row = this.props.model.people[place.row];
        const day = this.sheet.days[place.column];
        const entries = await this.props.model.entriesOf(row.id, day.date);
        this.popover.open(place.cell, {
            title: `${row.name} · ${dayWords(day.date)}`,
            entries,
        });
    }

    onDblClick(ev) {
        if (this.editor.brush === undefined) {
            return this.openHistory(ev);
        }
    }
}
