"""Figures and logs as text for a person."""

from __future__ import annotations

from .log import LocalLog


def figures_text(fleet) -> str:
    """What a fleet did, latencies in milliseconds."""
    figures = fleet.statistics
    lines = [
        f"{len(fleet.devices)} terminals: {figures.total_requests} requests, "
        f"{figures.acknowledged_lines} of {figures.sent_lines} lines acknowledged, "
        f"{figures.retries} retries, {figures.refused} refused, "
        f"{figures.commands} commands"
    ]
    for verb, count in sorted(figures.requests.items()):
        middle, most, longest = (
            figures.percentile(share, verb) * 1000 for share in (0.5, 0.99, 1)
        )
        lines.append(
            f"  {verb:<10}{count:>8}   p50 {middle:.1f} ms   p99 {most:.1f} ms   "
            f"longest {longest:.1f} ms"
        )
    lines.append(f"  latest start of a step: {fleet.latest_seconds:.2f} s behind time")
    if figures.dangerous:
        lines.append(f"  DANGEROUS COMMANDS RECEIVED: {len(figures.dangerous)}")
    return "\n".join(lines)


def log_text(log: LocalLog, last: int) -> str:
    """Users, then the ``last`` punches; ``+`` marks acknowledged ones."""
    lines = [f"{len(log.users)} users, {len(log.templates)} templates"]
    for pin, user in sorted(log.users.items()):
        name = user["Name"].encode("utf-8", "replace").decode()
        lines.append(f"  {pin:>9}  Pri={user['Pri']}  Card={user['Card']}  {name}")
    waiting = set(log.open_numbers())
    lines.append(f"{len(log.punches)} punches, {len(waiting)} not acknowledged")
    for number, punch in list(log.numbered())[-last:] if last > 0 else []:
        mark = " " if number in waiting else "+"
        lines.append(
            f"{mark} {number:>7}  {punch.pin:>9}  {punch.wall}  state {punch.state}  "
            f"verify {punch.verify}"
        )
    if log.rows:
        lines.append(f"{len(log.rows)} rows of other tables wait")
    return "\n".join(lines)
