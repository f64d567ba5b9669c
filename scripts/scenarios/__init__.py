"""Attendance scenarios as text files, run through the engine.

The format is described in ``docs/scenarios.md``. The engine imports nothing from here.
"""

from .errors import ScenarioError
from .load import load_file
from .run import Outcome, run
from .scenario import Scenario
