"""Pages examined by a program in a browser, and what the statement says of it."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import tesoma_geo as tg
from tesoma_geo.render.pages.examination import FILE, SCREENS, Examination, Obstacle
from tesoma_geo.render.pages.write import write_statement

GOOD = '<!DOCTYPE html><html lang="en"><title>A page</title><main><h1>A page</h1><p>Text.</p></main></html>'
BAD = GOOD.replace("<p>", '<img src="data:,"><details><summary>More</summary><a href="#"></a></details><p>')
SMALL = '<button style="width:9px;height:9px;padding:0;border:0" aria-label="A"></button>'
IMAGE = Obstacle("image-alt", "critical", "no text", ("bad.html",))
DAY = date(2026, 11, 26)


@pytest.fixture
def pages_apart(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.html").write_text(BAD, encoding="utf-8")
    return tmp_path


def test_what_is_wrong_is_found_by_page_also_in_what_is_folded(pages_apart: Path) -> None:
    result = json.loads(_examined_apart(pages_apart))
    assert {one["rule"] for one in result["obstacles"]} == {"image-alt", "link-name"}
    assert all(one["pages"] == ["bad.html"] for one in result["obstacles"])
    assert (result["examined_on"], result["pages"]) == ("2026-11-26", 2)
    assert result["screens"] == [list(screen) for screen in SCREENS]


def test_what_is_too_small_to_press_is_found(tmp_path: Path) -> None:
    (tmp_path / "small.html").write_text(GOOD.replace("<p>", f"<div>{SMALL}{SMALL}</div><p>"), encoding="utf-8")
    result = json.loads(_examined_apart(tmp_path))
    assert [one["rule"] for one in result["obstacles"]] == ["target-size"]


def _examined_apart(folder: Path) -> str:
    """In a process of its own: the tests' browser is driven by this one."""
    code = (
        "import sys; from datetime import date; from pathlib import Path;"
        "from tesoma_geo.render.pages.examination import examined; examined(Path(sys.argv[1]), date(2026, 11, 26))"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True)
    return (folder / FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("obstacles", "says"),
    [((), "none of the obstacles"), ((IMAGE,), "1 kind of obstacle")],
)
def test_the_statement_says_who_looked_when_and_what_came_of_it(
    assessment: tg.Assessment, tmp_path: Path, obstacles: tuple[Obstacle, ...], says: str
) -> None:
    write_statement(assessment, tmp_path, Examination(DAY, "4.12.1", 57, obstacles))
    text = (tmp_path / "accessibility-en.html").read_text(encoding="utf-8")
    assert "axe-core 4.12.1 checked 57 pages of this site on 26\u00a0November 2026" in text
    assert says in text


def test_a_site_that_nobody_examined_says_nothing_of_it(site: Path) -> None:
    assert "axe-core" not in (site / "accessibility-en.html").read_text(encoding="utf-8")
    assert not (site / FILE).exists()
