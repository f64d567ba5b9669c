"""Batches make many values, and no cycles of them."""

import gc
from contextlib import contextmanager


@contextmanager
def without_collection():
    """Python does not look for cycles among the values of a batch over and over again.

    Values go as ever when nothing names them any more. Odoo's own ``disabling_gc``
    leaves the collector off after an error.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
