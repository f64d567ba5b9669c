"""Requests and leave of a scenario as records of Odoo."""

from zoneinfo import ZoneInfo

from chain_attendance_engine import RequestKind, RequestState

from .rules_of import minutes_of

NOON, HALF = 12, 0.5


def is_half(request):
    """Half a day is written as its hours with 0.5 days typed."""
    return not request.is_by_days and request.typed_days == HALF


def waits(request):
    """Time Off has no drafts: what is not decided takes nothing, as a draft does."""
    is_draft = request.state is RequestState.DRAFT
    return request.needs_approval or is_draft


class Filing:
    """What is filed for the person of a ``Loaded``."""

    def file(self, requests):
        for request in requests:
            if request.kind is RequestKind.LEAVE:
                record = self.take_leave(request)
            else:
                record = self.file_request(request)
            self.requests[request.key] = record
            record.flush_recordset()
            # Each is filed at a time of its own, which one transaction has not.
            self.env.cr.execute(
                f"UPDATE {record._table} SET create_date ="
                " timestamp '2026-01-01' + %s * interval '1 min' WHERE id = %s",
                [request.filed, record.id],
            )
            record.invalidate_recordset(["create_date"])

    def file_request(self, request):
        values = {
            "kind": request.kind.value,
            "employee_id": self.employee.id,
            "is_by_days": request.is_by_days,
            "state": request.state.value,
            **self.times(request),
        }
        if request.kind is RequestKind.CORRECTION and request.state_key.value != (
            "undefined"
        ):
            values["direction"] = request.state_key.value
        if request.work_date:
            values["work_date"] = request.work_date
        if request.claimed_kind:
            values["overtime_kind"] = request.claimed_kind.value
        if request.typed_minutes is not None:
            values["typed_hours"] = request.typed_minutes / 60
        if request.typed_days is not None:
            values["typed_days"] = request.typed_days
        return self.env["attendance.request"].create(values)

    def times(self, request):
        if request.is_by_days:
            return {"date_from": request.first_date, "date_to": request.last_date}
        zone = ZoneInfo(self.zone)
        start = request.start.astimezone(zone)
        values = {"date_from": start.date(), "start_minutes": minutes_of(start)}
        if request.stop:
            stop = request.stop.astimezone(zone)
            values |= {"date_to": stop.date(), "stop_minutes": minutes_of(stop)}
        return values

    def take_leave(self, request):
        leave_type = self.loader.type_of(self.company, request)
        self.types[str(leave_type.id)] = request.type_key
        values = {
            "employee_id": self.employee.id,
            "holiday_status_id": leave_type.id,
            "is_by_days": request.is_by_days,
        }
        if request.is_by_days:
            first, last = request.first_date, request.last_date
        else:
            zone = ZoneInfo(self.zone)
            start, stop = (at.astimezone(zone) for at in (request.start, request.stop))
            first = last = start.date()
            if is_half(request):
                half = "am" if start.hour < NOON else "pm"
                values |= {
                    "request_date_from_period": half,
                    "request_date_to_period": half,
                }
            else:
                values |= {
                    "request_hour_from": minutes_of(start) / 60,
                    "request_hour_to": minutes_of(stop) / 60,
                }
        values |= {"request_date_from": first, "request_date_to": last}
        if request.typed_minutes is not None:
            values["typed_hours"] = request.typed_minutes / 60
        if request.typed_days is not None and request.is_by_days:
            values["typed_days"] = request.typed_days
        leave = self.env["hr.leave"].create(values)
        if request.state is RequestState.APPROVED and leave.state != "validate":
            leave.action_approve()
        elif request.state is RequestState.REFUSED:
            leave.action_refuse()
        elif request.state is RequestState.CANCELLED:
            leave.write({"state": "cancel"})
        return leave

    def withdraw(self, name):
        record = self.requests.pop(name)
        is_leave = record._name == "hr.leave"
        record.write({"state": "cancel" if is_leave else "cancelled"})
