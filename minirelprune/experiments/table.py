"""A table: rows of text under a caption, as Markdown, and the numbers behind them, tidy."""

from collections.abc import Sequence
from dataclasses import dataclass, field

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
