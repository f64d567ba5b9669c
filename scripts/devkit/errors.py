class Failure(Exception):
    """The work cannot go on; the text is one sentence that says what to do."""
