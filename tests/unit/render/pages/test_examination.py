from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from tesoma_geo.errors import TesomaError
from tesoma_geo.render.pages.examination import Examination, Obstacle, examined

DAY = date(2026, 11, 26)


def test_the_file_says_who_looked_when_at_what_and_what_was_found() -> None:
    obstacle = Obstacle("image-alt", "critical", "Images must have alternative text", ("a.html", "b.html"))
    told = Examination(DAY, "4.12.1", 57, (obstacle,)).as_json()
    assert told["examined_on"] == "2026-11-26"
    assert told["by"] == "axe-core 4.12.1"
    assert told["pages"] == 57
    assert told["obstacles"] == [
        {"rule": "image-alt", "impact": "critical", "says": obstacle.says, "pages": ["a.html", "b.html"]}
    ]


def test_without_a_browser_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESOMA_GEO_CHROMIUM", str(tmp_path / "none"))
    # In a thread of its own: a browser of other tests may be driven by this one.
    with ThreadPoolExecutor(1) as apart, pytest.raises(TesomaError, match="no browser starts") as refused:
        apart.submit(examined, tmp_path, DAY).result()
    assert "leave out --check" in refused.value.remedy
