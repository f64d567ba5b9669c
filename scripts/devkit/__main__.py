"""``python -m devkit run|test ...``, called by the scripts of the same name."""

import importlib
import sys

from .console import complain
from .errors import Failure


def main(arguments):
    command, *rest = arguments
    try:
        return importlib.import_module(f".{command}_command", __package__).main(rest)
    except Failure as failure:
        complain(failure)
        return 1
    except OSError as error:
        if error.errno != 28:  # no space left on device
            raise
        complain("The disk is full; make room or set CHAIN_ATTENDANCE_CACHE.")
        return 1
    except KeyboardInterrupt:
        complain("interrupted; start again to go on where it stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
