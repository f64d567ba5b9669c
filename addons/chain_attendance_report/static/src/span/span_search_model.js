/** Whether a filter says which span of dates a row of the monthly report sums up. */
const isSpan = ({ context }) => Boolean(context?.attendance_from);

/**
 * A search that knows spans: with one there are no months, and the other way round.
 *
 * A span is a filter that says nothing but a context, so that it is a facet like any
 * other: it can be taken away, and favourites keep it.
 */
export const withSpan = (SearchModel) =>
    class extends SearchModel {
        /** `{ from, to }` as text, or nothing. */
        get attendanceSpan() {
            const item = this.query
                .map(({ searchItemId }) => this.searchItems[searchItemId])
                .find(isSpan);
            return item && { from: item.context.attendance_from, to: item.context.attendance_to };
        }

        /** Sum up from one date to the other, both inside. */
        setAttendanceSpan(from, to, description) {
            this._leaveOut((item) => isSpan(item) || item.type === "dateFilter");
            this.createNewFilters([
                {
                    description: description || `${from} – ${to}`,
                    domain: "[]",
                    context: { attendance_from: from, attendance_to: to },
                },
            ]);
        }

        toggleDateFilter(...args) {
            this._leaveOut(isSpan);
            return super.toggleDateFilter(...args);
        }

        /** Without its span the report shows months again: this one. */
        deactivateGroup(groupId) {
            const wasSpan = Boolean(this.attendanceSpan);
            this.blockNotification = true;
            super.deactivateGroup(groupId);
            if (wasSpan && !this.attendanceSpan) {
                const [month] = this.getSearchItems(({ type }) => type === "dateFilter");
                if (month && !month.isActive) {
                    super.toggleDateFilter(month.id);
                }
            }
            this.blockNotification = false;
            this._notify();
        }

        _leaveOut(isUnwanted) {
            this.query = this.query.filter(
                ({ searchItemId }) => !isUnwanted(this.searchItems[searchItemId])
            );
        }
    };
