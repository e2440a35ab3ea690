"""SVG and PDF that are the same twice, from a process that leaves this one's settings alone."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

from tesoma_geo.render.stills import vector
from tesoma_geo.render.stills.vector import SETTINGS, write_vector


@pytest.fixture
def figure() -> Figure:
    drawn = Figure(figsize=(3, 2), label="Kuva & <otsikko>")
    axes = drawn.add_axes((0, 0, 1, 1))
    axes.imshow(np.arange(12.0).reshape(3, 4))
    axes.plot([0, 1, 2], [0, 2, 1], marker="o", clip_on=True)
    axes.text(1, 1, "Länsikeskus", family="serif")
    return drawn


@pytest.mark.parametrize("kind", ["svg", "pdf"])
def test_the_bytes_are_those_of_matplotlib_with_these_settings(figure, tmp_path, kind):
    write_vector(figure, tmp_path / "own", kind)
    nothing = dict.fromkeys({"svg": ("Date", "Creator"), "pdf": ("CreationDate", "Creator", "Producer")}[kind])
    with mpl.rc_context(SETTINGS):
        figure.savefig(tmp_path / "its", format=kind, metadata={"Title": "Kuva & <otsikko>", **nothing})
    own, its = (tmp_path / "own").read_bytes(), (tmp_path / "its").read_bytes()
    assert own.startswith(its) if kind == "pdf" else own == its  # the tags of a PDF stand after it


def test_letters_stay_letters_and_the_title_is_escaped(figure, tmp_path):
    write_vector(figure, tmp_path / "map.svg", "svg")
    drawn = (tmp_path / "map.svg").read_text("utf-8")
    assert ">Länsikeskus</text>" in drawn
    assert "Kuva &amp; &lt;otsikko&gt;" in drawn


def test_settings_that_the_caller_chose_hold(figure, tmp_path):
    write_vector(figure, tmp_path / "usual", "svg")
    with mpl.rc_context({"font.serif": ["DejaVu Sans Mono"]}):
        write_vector(figure, tmp_path / "chosen", "svg")
    assert (tmp_path / "usual").read_bytes() != (tmp_path / "chosen").read_bytes()


def test_settings_of_this_process_are_only_read(figure, tmp_path, monkeypatch):
    def refuse(*_):
        raise AssertionError("a setting of the whole process")

    before = dict(mpl.rcParams)
    monkeypatch.setattr(mpl.RcParams, "__setitem__", refuse)
    monkeypatch.setattr(mpl.RcParams, "_set", refuse)
    write_vector(figure, tmp_path / "map.svg", "svg")
    assert dict(mpl.rcParams) == before


def test_a_failure_says_what_matplotlib_said(figure, tmp_path, monkeypatch):
    monkeypatch.setattr(vector, "SETTINGS", {"svg.fonttype": "stone"})
    with pytest.raises(RuntimeError, match=r"(?s)could not write the svg.*'stone' is not a valid value"):
        write_vector(figure, tmp_path / "map.svg", "svg")
    assert list(tmp_path.iterdir()) == []
