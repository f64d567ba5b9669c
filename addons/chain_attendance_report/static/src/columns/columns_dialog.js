import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { useSortable } from "@web/core/utils/sortable_owl";

import { Component, useRef, useState } from "@odoo/owl";

/** Which columns a report shows and in which order; also to be kept under a name. */
export class ColumnsDialog extends Component {
    static template = "chain_attendance_report.ColumnsDialog";
    static components = { Dialog };
    static props = { close: Function, columns: Object, isNaming: { type: Boolean, optional: true } };

    setup() {
        const { columns, isNaming } = this.props;
        this.notification = useService("notification");
        this.title = _t("Columns");
        this.state = useState({
            lines: columns.choosable,
            isNaming: Boolean(isNaming),
            name: columns.layout?.is_mine ? columns.layout.name : "",
            isShared: Boolean(columns.layout?.is_mine && columns.layout.is_shared),
        });
        this.listRef = useRef("list");
        useSortable({
            ref: this.listRef,
            elements: ".o_attendance_column",
            handle: ".o_attendance_column_handle",
            onDrop: ({ element, previous }) => this.drop(element, previous),
        });
    }

    get choices() {
        return this.state.lines.map(({ name, isShown }) => [name, isShown]);
    }

    get isNothingShown() {
        return !this.state.lines.some(({ isShown }) => isShown);
    }

    drop(element, previous) {
        const { lines } = this.state;
        const [line] = lines.splice(this.indexOf(element.dataset.name), 1);
        lines.splice(previous ? this.indexOf(previous.dataset.name) + 1 : 0, 0, line);
    }

    indexOf(name) {
        return this.state.lines.findIndex((line) => line.name === name);
    }

    move(index, by) {
        const { lines } = this.state;
        const [line] = lines.splice(index, 1);
        lines.splice(index + by, 0, line);
    }

    showAll() {
        for (const line of this.state.lines) {
            line.isShown = true;
        }
    }

    async apply() {
        await this.props.columns.choose(this.choices);
        this.props.close();
    }

    async save() {
        const { name, isShared } = this.state;
        if (!name.trim()) {
            this.notification.add(_t("A layout needs a name."), { type: "danger" });
            return;
        }
        await this.props.columns.saveAs(name, this.choices, isShared);
        this.props.close();
    }

    async reset() {
        await this.props.columns.reset();
        this.props.close();
    }
}
