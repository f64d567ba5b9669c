"""Screens of reports; what is shared by all screens is one folder up."""

import sys
from pathlib import Path

# For the modules beside the tests.
sys.path.insert(0, str(Path(__file__).resolve().parent))
