"""Tables as a notebook shows them: the best cells marked, and the differences to the control."""

from html import escape
from typing import NamedTuple

from minirelprune.experiments.intervals import estimate
from minirelprune.experiments.outputs import Table
from minirelprune.experiments.paper.cells import Cell, cells
from minirelprune.experiments.paper.labels import column_label, row_label
from minirelprune.experiments.trials.trial import CONTROL
from minirelprune.lab.stored import accuracies, compare, compute

WIDTHS = {3: 4, 5: 3}  # columns side by side, where a table has too many for a page
CAPTION = (
    "Measured: test accuracy in percent after fine-tuning, mean over seeds. To control: the "
    "difference to the control of the same column in percentage points, paired by seed, with its "
    "95% interval (grey if the interval contains 0). Bold: the highest mean in its column among "
    "the rows of the paper."
)


def show(*tables: Table) -> None:
    """Show tables as a notebook does, and not as text."""
    from IPython.display import Markdown, display

    for table in tables:
        display(Markdown(table.markdown()))


def show_claims(*parts: str) -> None:
    """Show the claims that have one of these parts in their sentence, with their verdicts.

    Parameters
    ----------
    parts : such as "Table 1".
    """
    verdicts = compute("claims").tables[0]
    chosen = [row for row in verdicts.rows if any(part in row[0] for part in parts)]
    show(Table("", verdicts.header, chosen))


def show_table(name: str) -> None:
    """Show a table of the paper: measured, the difference to the control, and published.

    Parameters
    ----------
    name : "table1" to "table5".
    """
    from IPython.display import Markdown, display

    asked = cells(int(name.removeprefix("table")), "mnist")
    columns = list(dict.fromkeys(cell.column for cell in asked))
    width = WIDTHS.get(asked[0].table, len(columns))
    for start in range(0, len(columns), width):
        block = [cell for cell in asked if cell.column in columns[start : start + width]]
        names = list(dict.fromkeys(map(column_label, block)))
        grid: Grid = {row_label(cell): {} for cell in block}
        for cell in block:
            grid[row_label(cell)][column_label(cell)] = _numbers(cell, block)
        display({"text/html": _html(names, grid), "text/plain": _text(names, grid)}, raw=True)
    display(Markdown(CAPTION))


class Numbers(NamedTuple):
    """A cell in words: its mean, its difference to the control, and the published accuracy."""

    mean: str
    difference: str
    published: str
    best: bool
    unclear: bool  # the interval of the difference contains 0


Grid = dict[str, dict[str, Numbers]]  # row -> column -> what stands there


def _numbers(cell: Cell, block: list[Cell]) -> Numbers:
    column = [one for one in block if one.column == cell.column]
    means = {one: round(estimate(list(accuracies(one).values())).mean, 2) for one in column}
    best = max(mean for one, mean in means.items() if one.published is not None)
    (control,) = (one for one in column if one.trial.criterion == CONTROL)
    difference = compare(cell, control)
    return Numbers(
        mean=f"{means[cell]:.2f}",
        difference="" if cell is control else difference.text("+.2f"),
        published="" if cell.published is None else f"{cell.published:.2f}",
        best=cell.published is not None and means[cell] == best,
        unclear=difference.low <= 0 <= difference.high,
    )


def _html(names: list[str], grid: Grid) -> str:
    """Three columns for each of the paper's. What a page strips of the style, <b> still says."""
    heads = "".join(f'<th colspan="3">{escape(name)}</th>' for name in names)
    under = "<th>measured</th><th>to control</th><th>published</th>" * len(names)
    lines = []
    for row, at in grid.items():
        line = [f'<th style="text-align:left">{escape(row)}</th>']
        for one in (at[name] for name in names):
            shaded = ' style="background:#fff1c9;color:#000"' if one.best else ""
            grey = ' style="color:#888"' if one.unclear else ""
            line.append(f"<td{shaded}>{f'<b>{one.mean}</b>' if one.best else one.mean}</td>")
            line.append(f"<td{grey}>{one.difference}</td><td>{one.published}</td>")
        lines.append(f"<tr>{''.join(line)}</tr>")
    return (
        f"<table><thead><tr><th></th>{heads}</tr><tr><th></th>{under}</tr></thead>"
        f"<tbody>{''.join(lines)}</tbody></table>"
    )


def _text(names: list[str], grid: Grid) -> str:
    """The same as text: measured (* the best), the difference to the control, [published]."""
    lines = []
    for row, at in grid.items():
        shown = [at[name] for name in names]
        words = [f"{one.mean}{'*' if one.best else ''} {one.difference}" for one in shown]
        paper = [f" [{one.published}]" if one.published else "" for one in shown]
        lines.append([row, *(a + b for a, b in zip(words, paper, strict=True))])
    return Table("", ["", *names], lines).markdown()
