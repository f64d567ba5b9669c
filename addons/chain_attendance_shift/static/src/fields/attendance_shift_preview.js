import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";

const HOUR = 60;
const DAY = 24 * HOUR;
// A tick every so many hours, so that a longer day has no more of them.
const TICK_STEPS = [1, 2, 3, 4, 6, 12];
const MOST_TICKS = 14;

function clock(minutes) {
    const rest = ((minutes % DAY) + DAY) % DAY;
    const pad = (number) => String(number).padStart(2, "0");
    return `${pad(Math.floor(rest / HOUR))}:${pad(rest % HOUR)}`;
}

/**
 * The day of a shift, as it is typed: its window, timetables, breaks and allowances,
 * and what comes out of punches typed for a try.
 */
export class AttendanceShiftPreviewField extends Component {
    static template = "chain_attendance_shift.AttendanceShiftPreview";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ text: "", answer: null });
        this.asked = 0;
        onWillStart(() => this.propose(this.preview));
        onWillUpdateProps((next) => {
            const preview = next.record.data[next.name];
            if (JSON.stringify(preview) !== this.shown) {
                this.ask(preview);
            }
        });
    }

    get preview() {
        return this.props.record.data[this.props.name] || {};
    }

    get drawing() {
        return this.preview.drawing;
    }

    /** A little late and a little over, so that there is something to see. */
    propose(preview) {
        const pieces = preview.drawing?.pieces || [];
        if (pieces.length) {
            const first = pieces[0].span[0] + 6;
            const last = pieces[pieces.length - 1].span[1] + 10;
            this.state.text = `${clock(first)} ${clock(last)}`;
        } else {
            this.state.text = "08:36 17:40";
        }
        return this.ask(preview);
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.ask(this.preview);
    }

    async ask(preview) {
        this.shown = JSON.stringify(preview);
        const number = ++this.asked;
        if (!preview?.drawing) {
            this.state.answer = null;
            return;
        }
        const answer = await this.orm.silent.call("attendance.shift", "try_punches", [
            preview.definition,
            preview.company,
            this.state.text,
        ]);
        // Of several answers under way the last one asked for counts.
        if (number === this.asked) {
            this.state.answer = answer;
        }
    }

    get axis() {
        const [start, stop] = this.drawing.window;
        const first = Math.floor(start / HOUR) * HOUR;
        return { first, length: Math.ceil(stop / HOUR) * HOUR - first };
    }

    place(start, stop) {
        const { first, length } = this.axis;
        const left = ((start - first) * 100) / length;
        const width = ((stop - start) * 100) / length;
        return `left: ${left.toFixed(3)}%; width: ${width.toFixed(3)}%`;
    }

    get ticks() {
        const { first, length } = this.axis;
        const hours = length / HOUR;
        const step = TICK_STEPS.find((each) => hours / each <= MOST_TICKS) || 24;
        const ticks = [];
        const start = Math.ceil(first / (step * HOUR)) * step * HOUR;
        for (let at = start; at <= first + length; at += step * HOUR) {
            ticks.push({ at, label: clock(at), style: this.place(at, at) });
        }
        return ticks;
    }

    get midnights() {
        const { first, length } = this.axis;
        return [0, DAY, 2 * DAY].filter((at) => at > first && at < first + length);
    }

    dayName(at) {
        return at === 0 ? _t("work date") : _t("next day");
    }

    has(condition) {
        return this.drawing.pieces.some(condition);
    }

    get windowText() {
        const [start, stop] = this.drawing.window;
        return this.spanText([start, stop - (this.drawing.pieces.length ? 1 : 0)]);
    }

    spanText([start, stop]) {
        return `${clock(start)} – ${clock(stop)}`;
    }

    breakText(pause) {
        const span = this.spanText(pause.span);
        return {
            fixed: _t("Break %s", span),
            beyond: _t("Break %s, only beyond a presence", span),
            punched: _t("Break %s, where it is punched", span),
        }[pause.kind];
    }
}

export const attendanceShiftPreviewField = {
    component: AttendanceShiftPreviewField,
    displayName: _t("Day of a shift"),
    supportedTypes: ["json"],
    isEmpty: () => false,
};

registry.category("fields").add("attendance_shift_preview", attendanceShiftPreviewField);
