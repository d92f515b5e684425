from pathlib import Path

from minirelprune.experiments.outputs import Contents, Table, write_files


def test_markdown_columns_line_up() -> None:
    lines = Table("A caption.", ["a", "bb"], [["ccc", "d"]]).markdown().splitlines()
    assert lines == ["A caption.", "", "| a   | bb |", "| --- | -- |", "| ccc | d  |"]


def test_tables_and_numbers_are_written_under_their_names(tmp_path: Path) -> None:
    table = Table("A caption.", ["a"], [["1"]])
    contents = Contents([table, table], {"x": [{"v": 1}], "x_more": [{"v": None, "w": 2}]})
    assert write_files("x", contents, tmp_path) == ["x.md", "x.csv", "x_more.csv"]
    assert (tmp_path / "x.md").read_text() == table.markdown() + "\n" + table.markdown()
    assert (tmp_path / "x.csv").read_text() == "v\n1\n"
    assert (tmp_path / "x_more.csv").read_text() == "v,w\n,2\n"
