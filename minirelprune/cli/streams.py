"""What is printed, on terminals and pipes that cannot take all of it."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

BROKEN_PIPE = 128 + 13  # what a shell reports of a program that SIGPIPE ended


@contextmanager
def degrading() -> Iterator[None]:
    """Print "?" for what the encoding of stdout lacks, and print nothing where there is no stdout.

    Without this, cp1252 or ascii would end a run whose work is done with a UnicodeEncodeError.
    An error handler that the user chose, in PYTHONIOENCODING, is kept.
    """
    stdout = sys.stdout
    strict = stdout if isinstance(stdout, io.TextIOWrapper) and stdout.errors == "strict" else None
    if strict:
        strict.reconfigure(errors="replace")
    try:
        if stdout is None:  # it was closed, as by `>&-`
            with open(os.devnull, "w", encoding="utf-8") as sys.stdout:
                yield
        else:
            yield
    finally:
        sys.stdout = stdout
        if strict and not strict.closed:
            strict.reconfigure(errors="strict")


def give_up_stdout() -> None:
    """Let nothing more be written to a stdout that failed: at its end Python would try again."""
    try:
        sys.stdout.flush()
    except OSError:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
