"""The still of travel times by one way of moving: map, title, legend and credits."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tesoma_geo.render.figures import headline, hub_cards
from tesoma_geo.render.figures.credits import SURVEY, credit_lines, not_travelled_by, short_credits
from tesoma_geo.render.stills import basemap
from tesoma_geo.render.stills.inset import draw_inset, inset_place
from tesoma_geo.render.stills.layout import GAP, MARGIN, MM_PER_INCH, Layout, layout, parts
from tesoma_geo.render.stills.legend import draw_legend, legend_heights
from tesoma_geo.render.stills.picture import Picture
from tesoma_geo.render.stills.text import fitted, plain, width_in
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import hub_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.render.stills.drawn_parts import Dots, DrawnParts


def drawing(assessment: "Assessment", profile: str, catalogue: Catalogue, picture: Picture) -> "Figure":
    """One profile's still as a figure.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    profile
        A way of moving that was assessed.
    catalogue
        The language.
    picture
        How large it is.

    Returns
    -------
    Figure
        A figure with a canvas.
    """
    reach = headline.reach_of(assessment, profile)
    at = _layout(assessment, reach, catalogue, picture)
    hub = hub_name(assessment.workspace, catalogue)
    figure = _blank(picture, f"{catalogue('legend.title', hub=hub)} – {catalogue.named('profile', profile)}")
    basemap.draw(figure.add_axes(parts(at.map, tuple(figure.get_size_inches()))), assessment, profile, at, hub)
    if not picture.legend:
        return figure
    free = draw_legend(figure, assessment, reach, catalogue, at, noted=picture.framed)
    if picture.framed:  # beside a page's text there is no room for where the district lies
        draw_inset(figure, assessment, catalogue, free, at.unit)
        _draw_words_around(figure, assessment, profile, catalogue, at.unit)
    return figure


def unnamed(
    assessment: "Assessment", profile: str, catalogue: Catalogue, picture: Picture, drawn: "DrawnParts", ground: "Dots"
) -> "Figure":
    """A framed still without what names the hub or credits anybody: no word on its map, nor above and below it.

    Parameters
    ----------
    assessment, profile, catalogue, picture
        As of :func:`drawing`.
    drawn
        Parts that it has in common with other stills.
    ground
        The profile's ground as of these parts.

    Returns
    -------
    Figure
        To be completed by :func:`named`.
    """
    at, figure = layout(assessment, picture.size_mm, picture.letters), _blank(picture)
    drawn.put_map(figure, ground, profile)
    free = draw_legend(figure, assessment, headline.reach_of(assessment, profile), catalogue, at)
    draw_inset(figure, assessment, catalogue, free, at.unit, drawn)
    return figure


def named(
    assessment: "Assessment", profile: str, catalogue: Catalogue, picture: Picture, drawn: "DrawnParts", dots: "Dots"
) -> "Figure":
    """A still of the dots of :func:`unnamed`, with the words on its map and those above and below it.

    Parameters
    ----------
    assessment, profile, catalogue, picture, drawn
        As of :func:`unnamed`.
    dots
        Of the whole picture.

    Returns
    -------
    Figure
        A figure with a canvas.
    """
    figure = _blank(picture)
    drawn.put_words(figure, dots, hub_name(assessment.workspace, catalogue))
    unit = layout(assessment, picture.size_mm, picture.letters).unit
    _draw_words_around(figure, assessment, profile, catalogue, unit)
    return figure


def _blank(picture: Picture, label: str = "") -> "Figure":
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    size_in = (picture.size_mm[0] / MM_PER_INCH, picture.size_mm[1] / MM_PER_INCH)
    figure = Figure(figsize=size_in, dpi=picture.dpi, facecolor="#ffffff", label=label)
    FigureCanvasAgg(figure)
    return figure


def _draw_words_around(
    figure: "Figure", assessment: "Assessment", profile: str, catalogue: Catalogue, unit: float
) -> None:
    """What the map says, what it is, and whom to credit."""
    hub, reach = hub_name(assessment.workspace, catalogue), headline.reach_of(assessment, profile)
    title, room_in = catalogue("legend.title", hub=hub), float(figure.get_figwidth()) - 2 * MARGIN
    # Where the language has no form of the hub's name, the title says "the centre": whose, stands before it.
    district = catalogue.of(assessment.workspace.district.name)
    names = catalogue.joined([district] if str(hub) in title else [district, hub])
    message = hub_cards.message(assessment, catalogue, reach, hub)
    _head(figure, message, (f"{names} · {title}", title), unit)
    foot = 0.1 + 0.06 * unit
    if assessment.workspace.district.made_up:
        room_in -= width_in(catalogue("made_up.short"), 9 * unit, "bold") + 2 * GAP
        _say(
            figure,
            catalogue("made_up.short"),
            foot,
            9 * unit,
            ha="right",
            weight="bold",
            bbox={"facecolor": "#ffd94a", "edgecolor": "none", "pad": 2},
        )
    away = (SURVEY, *not_travelled_by(profile))
    credited = (short_credits(assessment, catalogue, away), credit_lines(assessment, away))
    room_in *= 0.94  # the smallest letters, fitted to the dots of a coarse picture, are wider than they are measured
    line = _longest([" · ".join(lines) for lines in credited], 7.5 * unit, room_in)
    _say(figure, line, foot, 7.5 * unit, room_in)


def _layout(assessment: "Assessment", reach: headline.Reach, catalogue: Catalogue, picture: Picture) -> Layout:
    """Of a still alone: below its map no more is free than its legend and the inset need."""
    at = layout(assessment, picture.size_mm, picture.letters, framed=picture.framed, legend=picture.legend)
    if at.beside or not picture.framed or not picture.legend:
        return at
    needed, free = legend_heights(assessment, reach, catalogue, at)
    if inset_place(assessment, free, at.unit) is not None:
        return at
    return layout(assessment, picture.size_mm, picture.letters, foot_in=needed)


def _head(figure: "Figure", message: tuple[str, str], titles: tuple[str, str], unit: float) -> None:
    """What the map says, large, and below it what it is and how sure; the other way round where that has no room.

    The second title is the shorter one.
    """
    size_in = figure.get_size_inches()
    high, room_in, large, small = size_in[1], size_in[0] - 2 * MARGIN, 15 * unit, 10.5 * unit
    (sentence, sure), (title, shorter) = message, titles
    if fitted(sentence, large, room_in, "bold")[0] == sentence:
        first, below = sentence.removesuffix("."), [" · ".join(filter(None, (title, sure))), title, shorter]
    else:
        first, below = shorter, [" ".join(filter(None, message)), sentence]
    _say(figure, first, high - 0.24 * unit, large, weight="bold")
    _say(figure, _longest(below, small, room_in), high - 0.5 * unit, small)


def _say(figure: "Figure", line: str, y_in: float, size: float, room_in: float | None = None, **look: Any) -> None:
    """A line across the picture, smaller or cut where it has no room."""
    width, height = figure.get_size_inches()
    shown, size = fitted(line, size, room_in or width - 2 * MARGIN, look.get("weight", "normal"))
    x_in = width - MARGIN if look.get("ha") == "right" else MARGIN
    said = figure.text(x_in / width, y_in / height, plain(shown), fontsize=size, color="#231b2e", **look)
    said.set_verticalalignment("center_baseline")
    # Letters that are fitted to the dots of a coarse picture are wider than they were measured.
    wide_in, room_in = said.get_window_extent().width / figure.dpi, room_in or width - 2 * MARGIN
    if wide_in > room_in:
        said.set_fontsize(0.99 * size * room_in / wide_in)


def _longest(lines: Sequence[str], size: float, room_in: float) -> str:
    """The first of ever shorter lines that has room, made smaller at most; the last where none has."""
    return next((line for line in lines if fitted(line, size, room_in)[0] == line), lines[-1])
