const ARROWS = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
};

/** What a key does to the grid; returns whether it does anything. */
export function onGridKeydown(ev, editor) {
    if (ev.target.closest("input, button, select, textarea") || ev.altKey) {
        return false;
    }
    const does = ev.ctrlKey || ev.metaKey ? withControl(ev, editor) : alone(ev, editor);
    if (does) {
        does();
    }
    return Boolean(does);
}

function withControl(ev, editor) {
    const key = ev.key.toLowerCase();
    const does = {
        a: () => editor.selectAll(),
        c: () => editor.copy(),
    };
    if (editor.mayEdit) {
        Object.assign(does, {
            v: () => editor.paste(),
            d: () => editor.fillDown(),
            z: () => (ev.shiftKey ? editor.redo() : editor.undo()),
            y: () => editor.redo(),
        });
    }
    return does[key];
}

function alone(ev, editor) {
    if (ev.key in ARROWS) {
        return () => editor.move(...ARROWS[ev.key], ev.shiftKey);
    }
    if (ev.key === "Escape") {
        return () => (editor.brush === undefined ? editor.forget() : editor.choose(editor.brush));
    }
    if (!editor.mayEdit || editor.selection.isEmpty) {
        return undefined;
    }
    if (["Delete", "Backspace"].includes(ev.key)) {
        return () => editor.set(null);
    }
    if (ev.key.toLowerCase() === "r") {
        return () => editor.set(0);
    }
    const shift = /^[1-9]$/.test(ev.key) && editor.palette[Number(ev.key) - 1];
    return shift ? () => editor.set(shift.id) : undefined;
}
