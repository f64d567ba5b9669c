"""The one error of a scenario file: a sentence that says what and where."""


class ScenarioError(Exception):
    """A scenario file that cannot be read; the message is for the person who wrote."""
