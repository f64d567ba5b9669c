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
    r"longpolling: .* (Invalid HTTP method: |Expected GET method; Got command=)",
    # A page that closes says that its login is away, one that opens that it is there;
    # Odoo does not try the former again.
    r"odoo\.addons\.bus\.websocket: could not serialize access",
    # Odoo's daily cleaning, when there is nothing to clean.
    r"ir_cron: Job 'Base: Auto-vacuum internal data' \(\d+\) processed no record",
    # Odoo's own export of a list: its page sends what its route does not take.
    r"odoo\.http: .*web_export_xlsx> called ignoring args \{'token'\}",
)
# Two write the same row: Odoo logs the statement and tries the request again. What
# fails all the same, and a job that meets this, says so in a line of its own.
TRIED_AGAIN = re.compile(r"^ERROR: +could not serialize access", re.MULTILINE)


STAMP = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} ")
# Odoo logs a refusal that offers a way out like an error of its own.
WAY_OUT = re.compile(r"^odoo\.exceptions\.RedirectWarning: \(['\"](.*)", re.MULTILINE)


def complaints(path, refusals=()):
    """Warnings and errors of a log file that are not listed in :data:`KNOWN`.

    :param refusals: sentences with which the server was meant to refuse something,
        as a person saw them.
    """
    if not path.exists():
        return [f"there is no log at {path}"]
    first_lines = [text.splitlines()[0].strip() for text in refusals if text.strip()]
    return [
        entry.splitlines()[0]
        for entry in _entries(path.read_text(errors="replace"))
        if (found := LINE.match(entry))
        and not any(re.search(known, entry.splitlines()[0]) for known in KNOWN)
        and not _is_tried_again(found, entry)
        and not _is_refusal(found, entry, first_lines)
    ]


def _entries(text):
    """The log's entries; an entry goes on until the next one's time stamp."""
    entry = []
    for line in text.splitlines():
        if STAMP.match(line) and entry:
            yield "\n".join(entry)
            entry = []
        entry.append(line)
    if entry:
        yield "\n".join(entry)


def _is_tried_again(found, entry):
    return found[3] == "odoo.sql_db" and bool(TRIED_AGAIN.search(entry))


def _is_refusal(found, entry, sentences):
    """Whether the server said one of these sentences, and nothing else went wrong."""
    if found[3] != "odoo.http":
        return False
    if found[1] == "WARNING":
        return found[4].strip() in sentences
    way_out = WAY_OUT.search(entry)
    return bool(way_out) and any(way_out[1].startswith(text) for text in sentences)
