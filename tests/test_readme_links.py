"""The README shows every picture once, with words for those who do not see it, and no dead link."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PICTURES = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", README)


def test_every_picture_is_shown_once() -> None:
    shown = sorted(Path(path).name for _, path in PICTURES)
    assert shown == sorted(path.name for path in (ROOT / "figures").glob("*.png"))


@pytest.mark.parametrize(("words", "path"), PICTURES)
def test_a_picture_has_words_for_those_who_do_not_see_it(words: str, path: str) -> None:
    assert len(words.split()) >= 5, path


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#\s]+)", README))))
def test_a_link_leads_to_a_file_or_to_a_paper(link: str) -> None:
    assert link.startswith("https://arxiv.org/abs/") or (ROOT / link).exists()


def test_the_contents_lead_to_sections() -> None:
    titles = re.findall(r"^## (.+)", README, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
    contents = README.partition("## Contents")[2].partition("##")[0]
    asked = re.findall(r"\]\(#([\w-]+)\)", contents)
    assert asked
    assert set(asked) <= anchors
