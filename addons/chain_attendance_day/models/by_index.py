"""How the server finds the rows of a batch."""

from contextlib import contextmanager

# Where no index serves, a way that is off counts as very dear, and what is very dear
# would be compiled first.
WAYS = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin", "jit")
BY_INDEX = "; ".join(f"SET LOCAL {way} = off" for way in WAYS)
AS_USUAL = "; ".join(f"SET LOCAL {way} = DEFAULT" for way in WAYS)


@contextmanager
def by_index(cr):
    """Statements within look up the rows of a batch, and read no whole tables.

    A batch is small beside the months of a chain. Until the server knows what a table
    holds it would read all of it for every batch, and the more of it the later.
    """
    cr.execute(BY_INDEX)
    yield
    # Not after an error: what was set goes with the savepoint or the transaction.
    cr.execute(AS_USUAL)
