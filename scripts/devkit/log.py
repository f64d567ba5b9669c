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
    # The shipped configuration names the container's folder for addons.
    r"odoo\.tools\.config: option addons_path, no such directory '/mnt/extra-addons'",
    # The tests' own client speaks XML-RPC, which goes with Odoo 20.
    r"odoo\.addons\.rpc\.controllers\.xmlrpc: The /xmlrpc",
    # Odoo's own code against a newer gevent.
    r"py\.warnings: .*/bus/websocket\.py:\d+: DeprecationWarning: Queue\(0\)",
    # A browser that closes while its websocket is being opened.
    r"longpolling: .* Invalid HTTP method: ",
    # Two tabs of Odoo's chat mark the same message as read; Odoo tries again.
    r"odoo\.sql_db: bad query: b' UPDATE \"discuss_channel_member\"",
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
