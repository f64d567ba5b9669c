"""Reading Odoo's log: which lines are complaints."""

import re

LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ "
    r"(WARNING|ERROR|CRITICAL) (\S+) (\S+): (.*)"
)

# Complaints that are known and harmless, each with its reason.
KNOWN = (
    # Odoo asks to name the interface on the command line; the tests do not serve.
    r"odoo\.tools\.config: missing --http-interface",
)


def complaints(path):
    """Warnings and errors of a log file that are not listed in :data:`KNOWN`."""
    if not path.exists():
        return [f"there is no log at {path}"]
    return [
        line
        for line in path.read_text(errors="replace").splitlines()
        if LINE.match(line) and not any(re.search(known, line) for known in KNOWN)
    ]
