"""Rules and wall clocks of the engine as fields of Odoo."""

from odoo.addons.chain_attendance_shift.models.shift_definition import POLICY_NAMES

from .limits import DEFAULTS


def minutes_of(wall):
    return wall.hour * 60 + wall.minute


def engine_name(name):
    """The engine's name of a figure that a shift has of its own."""
    for end in ("late", "early"):
        if name == f"is_{end}_limited":
            return f"{end}_limit_minutes"
    for what in ("in", "out", "overtime"):
        if name.startswith(f"round_{what}_"):
            return f"round_{what}"
    return POLICY_NAMES.get(name, name)


def figure(name, engine, policy):
    """A field of a shift and its value for a policy."""
    value = getattr(policy, engine)
    if name.startswith("is_"):
        return {name: value is not None}
    if name.startswith("round_"):
        if value is None:
            return {name: 0} if name.endswith("_minutes") else {}
        unit = name.endswith("_minutes")
        return {name: value.unit_minutes if unit else value.direction.value}
    if value is None:
        return {name: getattr(DEFAULTS, engine)}
    return {name: getattr(value, "value", value)}
