/** What can be undone and done again, latest last. */
export class RosterGridHistory {
    done = [];
    undone = [];

    add(entry) {
        this.done.push(entry);
        this.undone = [];
    }

    take(undo) {
        return (undo ? this.done : this.undone).pop();
    }

    /** Put an entry that was taken on the other side. */
    give(entry, undo) {
        (undo ? this.undone : this.done).push(entry);
    }
}
