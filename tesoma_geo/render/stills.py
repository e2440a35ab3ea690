"""Still pictures of the map: PNG, SVG and PDF at a given size and resolution, drawn with matplotlib."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.errors import InputError
from tesoma_geo.render import facts, still_map
from tesoma_geo.render.i18n import words
from tesoma_geo.render.webmap import band_labels, ramp_steps
from tesoma_geo.workspace import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from tesoma_geo.access.assess import Assessment

FORMATS = ("png", "svg", "pdf")
MM_PER_INCH = 25.4
#: A4 across.
SIZE_MM = (297.0, 210.0)


@dataclass(frozen=True)
class Picture:
    """How large a still is.

    Attributes
    ----------
    size_mm
        Width and height on paper.
    dpi
        Dots an inch; of a PNG, and of nothing in SVG and PDF.
    """

    size_mm: tuple[float, float] = SIZE_MM
    dpi: float = 200.0

    @classmethod
    def of_pixels(cls, width: int, height: int, dpi: float = 100.0) -> "Picture":
        """A picture of so many dots."""
        return cls((width / dpi * MM_PER_INCH, height / dpi * MM_PER_INCH), dpi)


def write_still(
    assessment: "Assessment",
    path: Path,
    profile: str | None = None,
    language: Language | None = None,
    picture: Picture | None = None,
) -> None:
    """Draw one profile's map with title, legend, scale bar, north arrow and credits.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    path
        Ends in ``.png``, ``.svg`` or ``.pdf``.
    profile, language
        The workspace's first unless named.
    picture
        Size and resolution; A4 across at 200 dpi unless given.

    Raises
    ------
    InputError
        An unknown format or profile, or a size that cannot be drawn.
    """
    picture = picture or Picture()
    kind = checked(path, picture)
    done = facts.profiles(assessment)
    if profile is not None and profile not in done:
        raise InputError(f"no profile {profile!r} was assessed", f"Choose of {', '.join(done)}")
    _write(_figure(assessment, profile or done[0], language, picture), path, kind, picture.dpi)


def checked(path: Path, picture: Picture) -> str:
    """The format of a still, known before anything is computed.

    Raises
    ------
    InputError
        An unknown format, or a size that cannot be drawn.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise InputError(f"{path.name}: {kind or 'no'} format", f"Name a file that ends in .{', .'.join(FORMATS)}")
    if not all(40 <= side <= 2000 for side in picture.size_mm) or not 30 <= picture.dpi <= 1200:
        raise InputError(
            f"a picture of {picture.size_mm[0]:g} × {picture.size_mm[1]:g} mm at {picture.dpi:g} dpi",
            "Take sides of 40 to 2000 mm and 30 to 1200 dpi",
        )
    return kind


def write_stills(
    assessment: "Assessment", folder: Path, languages: tuple[Language, ...], picture: Picture
) -> dict[tuple[str, Language], str]:
    """A PNG for each profile in each language; the names of the files by both."""
    place = still_map.place(assessment, picture.size_mm)
    window = shapely.box(*place.metres)
    streets = _raster(place, picture, lambda axes: still_map.streets(axes, assessment, window, place.scale))
    names: dict[tuple[str, Language], str] = {}
    for number, profile in enumerate(facts.profiles(assessment)):
        paint = partial(still_map.ground, assessment=assessment, profile=profile, at=place, raster=streets)
        ground = _raster(place, picture, paint, still_map.palette()["map-land"])
        for language in languages:
            names[profile, language] = f"still-{number}-{language}.png"
            figure = _figure(assessment, profile, language, picture, ground)
            _write(figure, folder / names[profile, language], "png", picture.dpi)
    return names


def _write(figure: "Figure", path: Path, kind: str, dpi: float) -> None:
    """The same bytes for the same figure: no date, no random names, the palette of a map for PNG."""
    import matplotlib as mpl

    dateless: dict[str, Any] = {
        "png": {"Software": None},
        "svg": {"Date": None, "Creator": None},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    }[kind]
    with mpl.rc_context({"svg.hashsalt": "tesoma_geo", "svg.fonttype": "none", "pdf.fonttype": 42}):
        if kind != "png":
            figure.savefig(path, format=kind, metadata=dateless)
            return
        from PIL import Image

        figure.set_dpi(dpi)
        canvas: Any = figure.canvas
        canvas.draw()
        drawn = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
        flat = drawn.quantize(200, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        flat.save(path, format="PNG", dpi=(dpi, dpi))


def _raster(
    place: still_map.Place, picture: Picture, paint: "Callable[[Axes], None]", background: str = "none"
) -> NDArray[np.uint8]:
    """What is painted into the place, as colours: the same under every picture of it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=place.box[2:], dpi=picture.dpi, facecolor=background)
    canvas: Any = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    paint(axes)
    axes.set(xlim=place.metres[::2], ylim=place.metres[1::2])
    canvas.draw()
    return np.array(canvas.buffer_rgba())


def _figure(
    assessment: "Assessment",
    profile: str,
    language: Language | None,
    picture: Picture,
    ground: NDArray[np.uint8] | None = None,
) -> "Figure":
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    text = words(language or assessment.workspace.district.languages[0])
    place = still_map.place(assessment, picture.size_mm)
    unit = place.unit
    width, height = (side / MM_PER_INCH for side in picture.size_mm)
    figure = Figure(figsize=(width, height), dpi=picture.dpi, facecolor="#ffffff")
    FigureCanvasAgg(figure)
    left, bottom, wide, high = place.box
    axes = figure.add_axes((left / width, bottom / height, wide / width, high / height))
    still_map.draw(axes, assessment, profile, place, text.of(assessment.workspace.hub.name), ground)

    hub = text.of(assessment.workspace.hub.name)
    reach = next(row for row in facts.reaches(assessment) if row.profile == profile)
    _say(figure, 0.15 / width, 1 - 0.12 * unit / height, text("legend.title", hub=hub), 15 * unit, "top", weight="bold")
    card = facts.card(text, reach, hub, facts.headline_cutoff(assessment))
    _say(figure, 0.15 / width, 1 - 0.4 * unit / height, card, 10 * unit, "top")
    credited = " · ".join(facts.credit_lines(assessment))
    _say(figure, 0.15 / width, 0.09 * unit / height, credited, 7 * unit, "bottom")
    _legend(figure, assessment, reach, text, 1 - (2.45 * unit - 0.05) / width, 1 - 0.62 * unit / height, unit)
    if assessment.workspace.district.made_up:
        _say(
            figure, 1 - 0.15 / width, 0.09 * unit / height, text("made_up.short"), 9 * unit, "bottom",
            ha="right", weight="bold", bbox={"facecolor": "#ffd94a", "edgecolor": "none", "pad": 2},
        )  # fmt: skip
    return figure


def _legend(
    figure: "Figure", assessment: "Assessment", reach: facts.Reach, text: Any, left: float, top: float, unit: float
) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    colours = still_map.palette()
    cutoffs = assessment.workspace.access.cutoffs_min
    looks = [*(f"ramp-{step}" for step in ramp_steps(len(cutoffs))), "map-beyond", "map-unreachable"]
    labels = [
        f"{label}  ({text.percent(reach.share(count))})"
        for label, count in zip(band_labels(text, cutoffs), reach.bands, strict=True)
    ]
    signs = ("o", "s", "^", "D", "v", "P", "X", "p", "h", "8")
    handles: list[Any] = [
        Patch(facecolor=colours[look], edgecolor="#5c5366", linewidth=0.6, label=label)
        for look, label in zip(looks, labels, strict=True)
    ]
    figure.legend(
        handles=handles, title=text.named("profile", reach.profile), loc="upper left", bbox_to_anchor=(left, top),
        frameon=False, fontsize=8.5 * unit, title_fontproperties={"size": 10 * unit, "weight": "bold"},
        alignment="left", borderaxespad=0, handlelength=1.4,
    )  # fmt: skip
    kinds = [
        Line2D(
            [], [], linestyle="none", marker=signs[number % len(signs)], markersize=6 * unit,
            label=still_map.plain(text.named("kind", kind)),
            markerfacecolor=colours["map-service"], markeredgecolor="#ffffff",
        )
        for number, kind in enumerate(facts.service_kinds(assessment.services))
    ]  # fmt: skip
    used = (len(handles) + 2.3) * 8.5 * 1.55 * unit / 72 / figure.get_figheight()
    if kinds:
        figure.legend(
            handles=kinds[:12], loc="upper left", bbox_to_anchor=(left, top - used), frameon=False,
            fontsize=8.5 * unit, borderaxespad=0, handlelength=1.4,
        )  # fmt: skip


def _say(figure: "Figure", x: float, y: float, said: str, size: float, va: str, **look: Any) -> None:
    """A line of text, shortened to what fits the picture."""
    room = int((1 - x) * figure.get_figwidth() * 72 / (0.52 * size)) if look.get("ha") != "right" else 40
    shown = said if len(said) <= room else said[: room - 1] + "…"
    figure.text(x, y, still_map.plain(shown), fontsize=size, va=va, color="#231b2e", **look)
