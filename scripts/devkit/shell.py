"""Running other programs, with an error a person can act on."""

import subprocess

from .errors import Failure

TAIL_LINES = 15


def run(command, doing, *, hint="", **options):
    """Run ``command`` to its end and return its output as text.

    :param doing: what the command is for, used in the error sentence.
    :param hint: what the person can do about a failure.
    :raises Failure: the program is missing or ended with an error.
    """
    options.setdefault("stdin", subprocess.DEVNULL)
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            **options,
        )
    except FileNotFoundError as error:
        raise Failure(f"{doing} needs the program '{command[0]}'. {hint}") from error
    except subprocess.TimeoutExpired as error:
        raise Failure(
            f"{doing} did not end in {error.timeout:.0f} s. {hint}"
        ) from error
    if done.returncode:
        tail = "\n".join(done.stdout.strip().splitlines()[-TAIL_LINES:])
        raise Failure(f"{doing} failed (exit code {done.returncode}). {hint}\n{tail}")
    return done.stdout


def succeeds(command, **options):
    """Whether ``command`` exists and ends without an error."""
    try:
        return not subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            **options,
        ).returncode
    except OSError:
        return False
