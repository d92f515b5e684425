"""A table: rows of text under a caption, as Markdown, and the numbers behind them, tidy."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from minirelprune.experiments.tidy import Row


@dataclass(frozen=True)
class Table:
    """Rows of text under a caption, and one dictionary a number in `tidy`."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    tidy: Sequence[Row] = field(default_factory=list)

    def markdown(self) -> str:
        """The caption, and a table whose columns line up in plain text too."""
        lines = [self.header, *self.rows]
        widths = [max(len(line[k]) for line in lines) for k in range(len(self.header))]
        rule = ["-" * width for width in widths]
        aligned = [
            "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
            for line in (self.header, rule, *self.rows)
        ]
        return "\n".join([self.caption, "", *aligned]) + "\n"


def scientific(value: float) -> str:
    """A power of ten, or a number near one, as the paper writes them.

    >>> scientific(0.0001), scientific(1e-5), scientific(0.0)
    ('1e-4', '1e-5', '0')
    """
    return np.format_float_scientific(value, trim="-", exp_digits=1) if value else "0"
