"""Nothing of a page moves by itself: what scripts bring has its room from the start."""

from pathlib import Path

import pytest
from watched import DESKTOP, PHONE, Watch, moved

#: Two phones; the second is that of Lighthouse.
PHONES = (PHONE, (412, 823))


@pytest.mark.parametrize("size", [*PHONES, DESKTOP])
def test_no_kind_of_page_moves_while_it_becomes_ready(site: Path, watch: Watch, size: tuple[int, int]) -> None:
    files = ["sv.html", *sorted(path.name for path in site.glob("*-en.html"))]
    assert {"by-transit-en.html", "figures-en.html", "voices-en.html", "embed-en.html"} < set(files)
    moves = {file: moved(watch(size), site / file) for file in files}
    assert {file: move for file, move in moves.items() if move >= 0.02} == {}


def test_a_page_that_moves_is_found(site: Path, watch: Watch, tmp_path: Path) -> None:
    late = "document.querySelector('h1').before('Moved', document.createElement('hr'))"
    (tmp_path / "late.js").write_text(f"requestAnimationFrame(() => setTimeout(() => {late}))", encoding="utf-8")
    text = (site / "accessibility-en.html").read_text(encoding="utf-8").replace('"assets/', f'"{site.as_uri()}/assets/')
    (tmp_path / "moving.html").write_text(
        text.replace("</body>", '<script src="late.js"></script></body>'), encoding="utf-8"
    )
    assert moved(watch(PHONE), tmp_path / "moving.html") > 0.02
