"""A faithful fake attendance terminal that speaks the PUSH protocol.

Test equipment: it connects to loopback addresses only.
"""

from .clock import FakeTime, FastTime, SystemTime, TerminalClock
from .device import Device, GaveUp
from .log import LocalLog
from .punch import Punch
from .quirks import Quirks
from .statistics import Statistics
from .transport import SocketTransport
from .wire import Target, TargetRefused
