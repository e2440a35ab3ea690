"""A new still is a function and a line: it is drawn when it is asked for by its name."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tesoma_geo as tg
from tesoma_geo.errors import InputError
from tesoma_geo.render.stills import registry
from tesoma_geo.render.stills.picture import Picture
from tesoma_geo.render.stills.write import write_still
from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def dummy(assessment: tg.Assessment, profile: str, catalogue: Catalogue, picture: Picture) -> "Figure":
    """A picture with the name of the profile on it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4, 3), dpi=picture.dpi, label="dummy")
    FigureCanvasAgg(figure)
    figure.text(0.5, 0.5, f"{catalogue.named('profile', profile)}: a dummy")
    return figure


def test_a_new_still_is_one_line(assessment: tg.Assessment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(registry, "STILLS", (*registry.STILLS, registry.Still("dummy", dummy)))
    write_still(assessment, tmp_path / "dummy.svg", "walk", "en", still="dummy")
    assert "Walking: a dummy" in (tmp_path / "dummy.svg").read_text("utf-8")
    write_still(assessment, tmp_path / "usual.svg", "walk", "en", Picture.of_pixels(480, 320, dpi=60))
    assert "a dummy" not in (tmp_path / "usual.svg").read_text("utf-8")


def test_an_unknown_still_is_refused(assessment: tg.Assessment, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no still 'walrus'"):
        write_still(assessment, tmp_path / "map.svg", still="walrus")
    assert list(tmp_path.iterdir()) == []
