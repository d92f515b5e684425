"""A parser whose error is one line: what is wrong, and how to see what is allowed."""

import argparse
from typing import Any, NoReturn


class Parser(argparse.ArgumentParser):
    """As `argparse.ArgumentParser`, without the lines of usage before an error."""

    def parse_known_args(self, *arguments: Any, **options: Any) -> Any:
        """Refuse what this parser does not know: a command names itself, not the whole program."""
        found, unknown = super().parse_known_args(*arguments, **options)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found, unknown

    def error(self, message: str) -> NoReturn:
        """Print the error and exit with 2."""
        self.exit(2, f"{self.prog}: {message} (`{self.prog} --help` lists what is allowed)\n")
