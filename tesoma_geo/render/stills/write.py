"""Still pictures of the map: PNG, SVG and PDF at a given size and resolution, drawn with matplotlib."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache, partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import numpy as np

from tesoma_geo._shapes import ShapeTable
from tesoma_geo.assessment.still_record import DrawnTimetable
from tesoma_geo.columns import TO_HUB_S
from tesoma_geo.errors import InputError
from tesoma_geo.near_names import instead
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.figures import headline
from tesoma_geo.render.figures.credits import credited_days
from tesoma_geo.render.stills import basemap, card, travel_time
from tesoma_geo.render.stills.fonts import use_fonts
from tesoma_geo.render.stills.layout import layout
from tesoma_geo.render.stills.picture import Picture
from tesoma_geo.render.stills.registry import find_still
from tesoma_geo.render.stills.vector import write_vector
from tesoma_geo.render.text.catalogue import catalogue_of
from tesoma_geo.render.text.one_language import in_language, without_names
from tesoma_geo.render.text.shown_settings import shown_settings
from tesoma_geo.workspace import Language

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tesoma_geo._steps import FileTask, Steps
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.render.stills.drawn_parts import Dots, DrawnParts, Kept

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
        raise InputError(f"no profile {profile!r} was assessed", instead(profile, done))
    catalogue = catalogue_of(assessment.workspace, language)
    draw = find_still(still).draw
    _write(draw(assessment, profile or done[0], catalogue, picture), path, kind, picture.dpi, catalogue.language)


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
    assessment: "Assessment",
    languages: tuple[Language, ...],
    picture: Picture,
    *,
    cards: bool = False,
    steps: "Steps | None" = None,
) -> "dict[str, FileTask]":
    """What draws the PNGs of each profile, and what they follow from.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    languages
        Tags.
    picture
        How large each is.
    cards
        Whether to draw, too, what links to the pages show; see :mod:`tesoma_geo.render.stills.card`.
    steps
        Takes and keeps the parts of pictures that no name of the hub and no licence is in; without it all are drawn.

    Returns
    -------
    dict
        Profile → all that its stills follow from, by name, and a function that gives file name → bytes, as of
        :func:`still_name`. The functions are independent of one another.
    """
    from tesoma_geo._steps import Steps  # with tables, which one still of a finished run does without

    at, steps = layout(assessment, picture.size_mm), steps or Steps("", keep=False)
    shown = {"streets": assessment.streets, "water": assessment.water, "district": assessment.district}
    shown |= {"green": assessment.inputs.green, "ground": assessment.inputs.ground, "hub": assessment.hub}
    homes, services = assessment.origins[["geometry"]], assessment.services[["kind", "geometry"]]
    on_map = {**shown, "homes": homes, "services": services, "picture": picture}
    settings, nameless = shown_settings(assessment.workspace), without_names(assessment)

    @cache
    def parts() -> "DrawnParts":
        from tesoma_geo.render.stills.drawn_parts import DrawnParts

        words = partial(steps.part, "words on stills", **on_map, **shown_settings(nameless.workspace))
        return DrawnParts(nameless, at, picture.dpi, lambda hub, draw: words(draw, name=hub))

    tasks: dict[str, FileTask] = {}
    for profile in headline.profiles(assessment):
        of_profile = _of_profile(assessment, profile)
        names = {language: still_name(assessment, profile, language) for language in languages}
        drawn = {
            one.name: getattr(of_profile, one.name)
            for one in fields(of_profile)
            if one.name not in ("inputs", "streets")
        }
        told = {"credits": credited_days(assessment), "picture": picture, "cards": cards, "profile": profile}
        given = {**drawn, **shown, **told}
        stills = _ProfileStills(of_profile, profile, names, picture, parts, cards, steps, drawn, given, on_map)
        tasks[profile] = {**given, **settings, "names": names}, stills.files
    return tasks


def still_name(assessment: "Assessment", profile: str, language: Language) -> str:
    """The name of a still among those of a site.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    profile
        A way of moving that was assessed.
    language
        A tag.

    Returns
    -------
    str
        ``still-<number>-<language>.png``.
    """
    return f"still-{headline.profiles(assessment).index(profile)}-{language}.png"


def card_name(still: str) -> str:
    """The name of the picture for links to a page, beside the page's still.

    Parameters
    ----------
    still
        A name as of :func:`still_name`.

    Returns
    -------
    str
        ``card-<number>-<language>.png``.
    """
    return still.replace("still-", "card-", 1)


def _of_profile(assessment: "Assessment", profile: str) -> "Assessment":
    """What the stills of one profile show of an assessment."""
    told = {profile, "walk"} if profile in TIMETABLE_PROFILES else {profile}
    summary = {
        "profiles": {name: one for name, one in assessment.summary["profiles"].items() if name in told},
        "population_total": assessment.summary["population_total"],
        "uncertainty": {name: one for name, one in assessment.summary["uncertainty"].items() if name == profile},
    }
    if profile in TIMETABLE_PROFILES and "transit" in assessment.summary:
        told_of = assessment.summary["transit"]
        summary["transit"] = {"date": told_of["date"], "window": told_of["window"], "day": told_of["day"]}
    timetable = assessment.transit_analysis if profile in TIMETABLE_PROFILES else None
    return replace(
        assessment,
        origins=assessment.origins[["origin_id", "population", TO_HUB_S.of(profile), "geometry"]],
        services=assessment.services[["kind", "geometry"]],
        cells=assessment.cells.iloc[:0, :0],
        isochrones={},
        surfaces={},
        summary=cast("Any", summary),
        left_out=(),
        lived=None,
        street_analysis=cast("Any", None),
        transit_analysis=cast("Any", timetable and DrawnTimetable(ShapeTable.of(timetable.stops))),
    )


@dataclass(frozen=True, eq=False)
class _ProfileStills:
    """The stills of one profile: the ground once, and each language by itself, with its own names alone.

    What is kept of a language stays as it is while names in others change; of another name of the hub its words are
    laid over what is kept without them.
    """

    assessment: "Assessment"
    profile: str
    names: Mapping[Language, str]
    picture: Picture
    parts: "Callable[[], DrawnParts]"
    cards: bool
    steps: "Steps"
    drawn: Mapping[str, Any]
    given: Mapping[str, Any]
    on_map: Mapping[str, Any]

    def files(self) -> dict[str, bytes]:
        """Name of a file → its bytes, in all languages."""
        ground = cache(lambda: self.parts().ground(self.assessment, self.profile))
        files: dict[str, bytes] = {}
        for language, name in self.names.items():
            spoken = in_language(self.assessment, language)
            given = {**self.given, **shown_settings(spoken.workspace), "tag": language, "file": name}
            files |= self.steps.part("still", partial(self._in_language, spoken, language, name, ground), **given)
        return files

    def _in_language(
        self, assessment: "Assessment", language: Language, name: str, ground: "Callable[[], Dots]"
    ) -> dict[str, bytes]:
        catalogue = catalogue_of(assessment.workspace, language)
        of_still = assessment, self.profile, catalogue, self.picture, self.parts()
        settings = shown_settings(assessment.workspace)
        hub = {key: value for key, value in settings["[hub]"].items() if key != "name"}
        given = {**self.drawn, **self.on_map, **settings, "[hub]": hub, "tag": language, "profile": self.profile}
        unnamed = self.steps.part("still without names", partial(_unnamed, of_still, ground), **given)
        figures = {name: travel_time.named(*of_still, unnamed.dots)}
        if self.cards:
            figures[card_name(name)] = card.drawing(assessment, self.profile, catalogue, self.picture)
        files = {}
        for file, figure in figures.items():
            written = io.BytesIO()
            _write_png(figure, written, self.picture.dpi)
            files[file] = written.getvalue()
        return files


def _unnamed(of_still: tuple[Any, ...], ground: "Callable[[], Dots]") -> "Kept":
    from tesoma_geo.render.stills.drawn_parts import Kept

    assessment, profile, catalogue, picture, parts = of_still
    return Kept(_dots(travel_time.unnamed(assessment, profile, catalogue, picture, parts, ground()), picture.dpi))


def _write(figure: "Figure", path: Path, kind: str, dpi: float, language: str) -> None:
    if kind == "png":
        _write_png(figure, path, dpi)
    else:
        use_fonts(figure)
        write_vector(figure, path, kind, language, words_of(figure))


def words_of(figure: "Figure") -> str:
    """All words of a still in the order in which one reads them: head, legend, names on the map, foot.

    Parameters
    ----------
    figure
        A still.

    Returns
    -------
    str
        Sentences or parts of them, each ended by a full stop.
    """
    by_axes = [axes.texts for axes in sorted(figure.axes, key=lambda axes: axes.axison)]
    head, foot = figure.texts[:2], figure.texts[2:]
    words = [text.get_text().strip().replace(r"\$", "$") for part in (head, *by_axes, foot) for text in part]
    return ". ".join(word.rstrip(".") for word in words if word) + "."


def _dots(figure: "Figure", dpi: float) -> "Dots":
    """Red, green, blue and opacity of a figure's dots, by rows and columns."""
    use_fonts(figure)
    figure.set_dpi(dpi)
    canvas: Any = figure.canvas
    canvas.draw()
    return np.array(canvas.buffer_rgba())


def _write_png(figure: "Figure", path: Path | IO[bytes], dpi: float) -> None:
    """With a palette, as a map needs no more colours; those that the legend explains stay exactly as they are."""
    from PIL import Image

    dots = _dots(figure, dpi)
    drawn = Image.fromarray(dots).convert("RGB")
    flat = drawn.quantize(MIXED, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    exact = sorted({int(colour[1:], 16) for colour in basemap.palette().values()})
    number_of = np.zeros(1 << 24, np.uint8)
    number_of[exact] = MIXED + np.arange(len(exact))
    number = number_of[dots.view(">u4")[..., 0] >> 8]
    numbers = np.where(number > 0, number, np.asarray(flat))
    picture = Image.fromarray(numbers, "P")
    mixed = (flat.getpalette() or [])[: 3 * MIXED]
    picture.putpalette(
        [*mixed, *[0] * (3 * MIXED - len(mixed)), *(part for one in exact for part in int(one).to_bytes(3))]
    )
    picture.save(path, format="PNG", dpi=(dpi, dpi))
