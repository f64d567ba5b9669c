"""Time and memory of a piece of work."""

import gc
import time
from contextlib import contextmanager
from dataclasses import dataclass
from os import sysconf
from pathlib import Path

# What this sets to what is in use now is the most that was in use.
RESET_PEAK = ("/proc/self/clear_refs", "5")
STATUS = Path("/proc/self/status")


@dataclass
class Taken:
    """Seconds by the wall clock and of a core, the database's included, and MB."""

    wall: float = 0
    cpu: float = 0
    growth: float = 0


class Clock:
    """Measures what this process and its connection to the database take."""

    def __init__(self, env):
        self.env = env

    @contextmanager
    def measure(self):
        """``with clock.measure() as taken:`` fills in a :class:`Taken`."""
        taken = Taken()
        self.env.flush_all()
        self.env.invalidate_all()
        gc.collect()
        Path(RESET_PEAK[0]).write_text(RESET_PEAK[1], "ascii")
        before = memory("VmRSS")
        wall, cpu = time.perf_counter(), self.cpu()
        yield taken
        taken.wall = time.perf_counter() - wall
        taken.cpu = self.cpu() - cpu
        taken.growth = memory("VmHWM") - before

    def cpu(self):
        stat = Path(f"/proc/{self.env.cr._cnx.info.backend_pid}/stat")
        ticks = stat.read_text("ascii").rpartition(")")[2].split()[11:13]
        return time.process_time() + sum(map(int, ticks)) / sysconf("SC_CLK_TCK")


def memory(name):
    """Megabytes of this process."""
    (line,) = (one for one in STATUS.read_text().splitlines() if one.startswith(name))
    return int(line.split()[1]) / 1024


@dataclass(frozen=True)
class Result:
    """A line of the table: what came out, and how much it may be."""

    name: str
    found: float
    wanted: float

    @property
    def is_good(self):
        return self.found <= self.wanted

    def __str__(self):
        mark = "" if self.is_good else "  <- more"
        ratio = self.found / self.wanted
        return f"{self.name:58} {self.found:9.2f} {self.wanted:9.2f} {ratio:6.2f}{mark}"
