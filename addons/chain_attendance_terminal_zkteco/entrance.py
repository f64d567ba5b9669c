"""The fast entrance: terminals are answered ahead of Odoo's own handling.

Loaded server-wide, this addon looks at each request before Odoo opens a session,
chooses a database and parses a form. What a terminal sends is seen here as it was
sent: any content type, HTTP/1.0, no Host. The answer is the same handler's that the
ordinary controller asks.
"""

import contextlib
import functools
import logging
import socket
import threading
import time
from http import HTTPStatus
from urllib.parse import unquote_plus

from werkzeug.middleware.proxy_fix import ProxyFix

from odoo import http
from odoo.modules.registry import Registry
from odoo.service import server
from odoo.tools import config

from .const import (
    ADDON,
    JUNK_LIMIT,
    QUERY_LIMIT,
    STRANGER_LIMIT,
    WAITING_CONNECTIONS,
)
from .handler import answer, refuse
from .messages import BUSY, TerminalAnswer, TerminalRequest, read_path, with_body

_logger = logging.getLogger(__name__)

BAD_LENGTH = TerminalAnswer(400, "BAD LENGTH\n")
WRONG_METHOD = TerminalAnswer(405, "METHOD NOT ALLOWED\n")
NO_LENGTH = TerminalAnswer(411, "LENGTH REQUIRED\n")
TOO_LARGE = TerminalAnswer(413, "TOO LARGE\n")


def install():
    """Put the entrance in front of Odoo's application, once."""
    ordinary = http.Application.__call__
    if getattr(ordinary, "is_terminal_entrance", False):
        return

    @functools.wraps(ordinary)
    def enter(self, environ, start_response):
        reply = reply_to(environ)
        if reply is None:
            return ordinary(self, environ, start_response)
        return _send(reply, start_response)

    enter.is_terminal_entrance = True
    http.Application.__call__ = enter


def reply_to(environ):
    """The answer to a terminal's request; ``None`` if it is Odoo's to answer.

    Never raises: trouble is answered 503, and the unit comes again.
    """
    place = read_path(environ.get("PATH_INFO", ""))
    if place is None:
        return None
    try:
        _make_room()
        registry = _registry()
        if registry is None:
            return None
        request = read_request(environ, place, registry)
        if isinstance(request, TerminalAnswer):
            return request
        _end_reading(environ)
        return answer(registry, request, is_fresh=False)
    except Exception:
        _logger.exception("A terminal's request went wrong")
        return BUSY


@functools.cache
def _make_room():
    """Let a whole chain wait in line that comes back at once; once in a process.

    Odoo's line holds eight connections for each worker; who finds it full tries again
    after seconds, and a proxy gives up.
    """
    waiting = getattr(server.server, "socket", None)
    if waiting:
        with contextlib.suppress(OSError):
            waiting.listen(WAITING_CONNECTIONS)


def _registry():
    """The one database of this server, if terminals are at home in it."""
    names = config["db_name"]
    if isinstance(names, str):
        names = names.split(",")
    if not names or len(names) != 1:
        return None
    thread = threading.current_thread()
    thread.query_count, thread.query_time, thread.perf_t0 = 0, 0, time.time()
    thread.cursor_mode = None
    thread.dbname = names[0]
    registry = Registry(names[0])
    # Terminals without this addon are another vendor's, and so may the path be.
    return registry if ADDON in registry._init_modules else None


def read_request(environ, place, registry):
    """A :class:`TerminalRequest`, or the answer to one that cannot be read.

    :param place: what :func:`~.messages.read_path` made of the path.
    """
    method = environ.get("REQUEST_METHOD", "")
    if method not in ("GET", "POST"):
        return WRONG_METHOD
    verb, secret = place
    request = TerminalRequest(
        method=method,
        verb=verb,
        query=read_query(environ.get("QUERY_STRING", "")),
        body=b"",
        # Nothing has eaten the body here, whatever its type says.
        content_type="",
        address=_address(environ),
        path_secret=secret,
    )
    if method == "GET":
        return request
    body = read_body(environ, lambda: refuse(registry, request, is_fresh=False))
    return body if isinstance(body, TerminalAnswer) else with_body(request, body)


def read_query(text):
    """Parameters by lower-case name; of two with one name the first counts."""
    found = {}
    for pair in text.split("&", QUERY_LIMIT)[:QUERY_LIMIT]:
        name, _equals, value = pair.partition("=")
        found.setdefault(_plain(name).lower(), _plain(value))
    return found


def _plain(text):
    """Percent signs undone; bytes that are no UTF-8 become question marks."""
    if text.isascii() and "%" not in text and "+" not in text:
        return text
    raw = text.encode("latin-1", "replace").decode("utf-8", "replace")
    return unquote_plus(raw, errors="replace")


def read_body(environ, refuse_stranger):
    """The whole body, or the answer to one that is cut, endless or a stranger's.

    :param refuse_stranger: is asked before a large body is read, of which a stranger
        could send any number: an answer, or ``None`` if the unit is known.
    """
    source, length = environ.get("wsgi.input"), _length(environ)
    if isinstance(length, TerminalAnswer):
        return length
    body, is_chunked = b"", length is None
    is_large = not is_chunked and length > STRANGER_LIMIT
    if is_chunked:
        # How long it is shows only when it is read.
        body = _read(source, STRANGER_LIMIT + 1)
        is_large = body is not None and len(body) > STRANGER_LIMIT
    if is_large and (answered := refuse_stranger()):
        return answered
    if body is not None and (is_large or not is_chunked):
        rest = _read(source, (JUNK_LIMIT + 1 if is_chunked else length) - len(body))
        body = None if rest is None else body + rest
    if body is None or (not is_chunked and len(body) < length):
        return BAD_LENGTH
    return TOO_LARGE if len(body) > JUNK_LIMIT else body


def _length(environ):
    """How long the body is said to be; ``None`` if it comes in chunks to its end."""
    if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
        return None if environ.get("wsgi.input_terminated") else NO_LENGTH
    text = environ.get("CONTENT_LENGTH") or "0"
    if not (text.isascii() and text.isdigit()):
        return BAD_LENGTH
    return TOO_LARGE if len(text) > 18 or int(text) > JUNK_LIMIT else int(text)


def _read(source, size):
    """Up to ``size`` bytes; ``None`` if the line broke."""
    parts, missing = [], size
    try:
        while missing and (part := source.read(missing)):
            parts.append(part)
            missing -= len(part)
    except OSError:
        return None
    return b"".join(parts)


def _address(environ):
    """Where the unit is; what a proxy says is believed under Odoo's own condition."""
    if config["proxy_mode"] and environ.get("HTTP_X_FORWARDED_HOST"):
        ProxyFix(lambda _environ, _start: [])(environ, None)
    return environ.get("REMOTE_ADDR", "")


def _end_reading(environ):
    """Tell the WSGI server that the whole request has been read.

    Werkzeug otherwise waits 10 ms for more of it before it closes, and a worker
    could not answer a hundred polls in a second.
    """
    connection = environ.get("werkzeug.socket")
    if connection:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RD)


def _send(reply, start_response):
    body = reply.data
    start_response(
        f"{reply.status} {HTTPStatus(reply.status).phrase}",
        [
            ("Content-Type", "text/plain"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
        ],
    )
    return [body]
