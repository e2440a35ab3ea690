"""Still pictures of the map: PNG, SVG and PDF at a given size and resolution, drawn with matplotlib."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.errors import InputError
from tesoma_geo.render.figures import headline
from tesoma_geo.render.stills import basemap, travel_time
from tesoma_geo.render.stills.layout import Layout, layout
from tesoma_geo.render.stills.picture import Picture
from tesoma_geo.render.stills.registry import find_still
from tesoma_geo.render.stills.vector import write_vector
from tesoma_geo.render.text.catalogue import catalogue_of
from tesoma_geo.workspace import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from tesoma_geo.assessment.assess import Assessment

FORMATS = ("png", "svg", "pdf")
#: Colours of a PNG beside those that the legend explains.
MIXED = 200


def write_still(
    assessment: "Assessment",
    path: Path,
    profile: str | None = None,
    language: Language | None = None,
    picture: Picture | None = None,
    still: str | None = None,
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
    still
        One of :data:`~tesoma_geo.render.stills.registry.STILLS` by its name, the first unless named.

    Raises
    ------
    InputError
        An unknown format, profile or still, or a size that cannot be drawn.
    """
    picture = picture or Picture()
    kind = checked(path, picture)
    done = headline.profiles(assessment)
    if profile is not None and profile not in done:
        raise InputError(f"no profile {profile!r} was assessed", f"Choose of {', '.join(done)}")
    catalogue = catalogue_of(assessment.workspace, language)
    draw = find_still(still).draw
    _write(draw(assessment, profile or done[0], catalogue, picture), path, kind, picture.dpi)


def checked(path: Path, picture: Picture) -> str:
    """The format of a still, known before anything is computed.

    Parameters
    ----------
    path
        Its name tells the format.
    picture
        How large.

    Returns
    -------
    str
        The format: the ending without its dot.

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


def still_tasks(
    assessment: "Assessment", folder: Path, languages: tuple[Language, ...], picture: Picture
) -> tuple[dict[tuple[str, Language], str], list[Callable[[], None]]]:
    """A PNG for each profile in each language: what they are called, and what draws them, one profile a task.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    folder
        Where to; must be there when the tasks are done.
    languages
        Tags.
    picture
        How large each is.

    Returns
    -------
    names : dict
        Profile and language → file name.
    tasks : list of functions
        Independent of one another; each writes the files of one profile.
    """
    at = layout(assessment, picture.size_mm)
    window = shapely.box(*at.metres)
    streets = _raster(at, picture, lambda axes: basemap.streets(axes, assessment, window, at.scale))
    names: dict[tuple[str, Language], str] = {}
    tasks: list[Callable[[], None]] = []
    for number, profile in enumerate(headline.profiles(assessment)):
        of_profile = {language: f"still-{number}-{language}.png" for language in languages}
        names |= {(profile, language): name for language, name in of_profile.items()}
        paths = {language: folder / name for language, name in of_profile.items()}
        tasks.append(partial(_write_profile, assessment, profile, paths, picture, at, streets))
    return names, tasks


def _write_profile(
    assessment: "Assessment",
    profile: str,
    paths: Mapping[Language, Path],
    picture: Picture,
    at: Layout,
    streets: NDArray[np.uint8],
) -> None:
    """Draw the stills of one profile: the ground once, the words in each language."""
    paint = partial(basemap.ground, assessment=assessment, profile=profile, at=at, raster=streets)
    ground = _raster(at, picture, paint, basemap.palette()["map-land"])
    for language, path in paths.items():
        catalogue = catalogue_of(assessment.workspace, language)
        figure = travel_time.drawing(assessment, profile, catalogue, picture, ground)
        _write(figure, path, "png", picture.dpi)


def _write(figure: "Figure", path: Path, kind: str, dpi: float) -> None:
    if kind == "png":
        _write_png(figure, path, dpi)
    else:
        write_vector(figure, path, kind)


def _write_png(figure: "Figure", path: Path, dpi: float) -> None:
    """With a palette, as a map needs no more colours; those that the legend explains stay exactly as they are."""
    from PIL import Image

    figure.set_dpi(dpi)
    canvas: Any = figure.canvas
    canvas.draw()
    drawn = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    flat = drawn.quantize(MIXED, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    exact = sorted({int(colour[1:], 16) for colour in basemap.palette().values()})
    number_of = np.zeros(1 << 24, np.uint8)
    number_of[exact] = MIXED + np.arange(len(exact))
    number = number_of[np.asarray(drawn, np.int32) @ (1 << 16, 1 << 8, 1)]
    numbers = np.where(number > 0, number, np.asarray(flat))
    picture = Image.fromarray(numbers, "P")
    mixed = (flat.getpalette() or [])[: 3 * MIXED]
    picture.putpalette(
        [*mixed, *[0] * (3 * MIXED - len(mixed)), *(part for one in exact for part in int(one).to_bytes(3))]
    )
    picture.save(path, format="PNG", dpi=(dpi, dpi))


def _raster(
    at: Layout, picture: Picture, paint: "Callable[[Axes], None]", background: str = "none"
) -> NDArray[np.uint8]:
    """What is painted into the map's box, as colours: the same under every picture of it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=at.map[2:], dpi=picture.dpi, facecolor=background)
    canvas: Any = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    paint(axes)
    axes.set(xlim=at.metres[::2], ylim=at.metres[1::2])
    canvas.draw()
    return np.array(canvas.buffer_rgba())
