"""What happens in a shop, for tests: a unit hangs there, people punch and file."""

from terminal_simulator import Device, Quirks, Target


def hang_terminal(rpc, store, code, name, serial_number):
    """A terminal of the store that takes the punches of this serial number."""
    return rpc.create(
        "attendance.terminal",
        code=code,
        name=name,
        serial_number=serial_number,
        vendor="zkteco",
        store_id=store,
    )


def punch(site, serial_number, code, *moments):
    """Somebody punches at these moments, and the unit has delivered them."""
    unit = Device(serial_number, Target.from_url(site.url), quirks=Quirks(language=83))
    for at in moments:
        unit.punch(code, at=at)
    unit.settle(seconds=30)
    unit.close()


def file_overtime(rpc, person, day, start, stop):
    """Overtime of a day, from minute to minute."""
    return rpc.create(
        "attendance.request",
        kind="overtime",
        employee_id=person,
        date_from=day,
        start_minutes=start,
        stop_minutes=stop,
    )


def file_leave(rpc, person, leave_type, day, **values):
    """Leave on a day; ``values`` say whether it is the whole day."""
    return rpc.create(
        "hr.leave",
        employee_id=person,
        holiday_status_id=leave_type,
        request_date_from=day,
        request_date_to=day,
        **values,
    )
