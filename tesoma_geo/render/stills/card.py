"""The picture that a link to a page shows in a feed: one number, large, and the map beside it."""

from typing import TYPE_CHECKING, Any

import numpy as np

from tesoma_geo.render.figures import headline, hub_cards
from tesoma_geo.render.figures.credits import SURVEY, credit_lines, not_travelled_by
from tesoma_geo.render.figures.map_steps import map_steps
from tesoma_geo.render.stills import basemap
from tesoma_geo.render.stills.layout import AROUND_M, MARGIN, MM_PER_INCH, Layout, layout, parts
from tesoma_geo.render.stills.picture import Picture
from tesoma_geo.render.stills.text import fitted, plain, width_in, wrapped
from tesoma_geo.render.text.bands import brief_labels
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import hub_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tesoma_geo.assessment.assess import Assessment

#: Share of the picture's width that the words take; sizes of number, sentence and credits in points at 1200 × 630 dots.
WORDS, NUMBER_PT, SENTENCE_PT, SMALL_PT = 0.46, 74.0, 18.0, 7.0
#: The smallest letters of sentence and legend: still 9 dots high where a message on a phone shows the picture 330 wide.
READ_PT = 16.5
#: Height in inches of the line along the foot, and the part of it that the colours take.
STRIP_IN, COLOURS = 0.74, 0.6
#: From line to line, as a part of the size of the letters.
LEADING = 1.35
#: Width in inches of such a picture at 144 dots an inch.
USUAL_IN = 1200 / 144


def drawing(assessment: "Assessment", profile: str, catalogue: Catalogue, picture: Picture) -> "Figure":
    """How many residents get to the hub by one way of moving, as a picture for a feed.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    profile
        A way of moving that was assessed.
    catalogue
        The language.
    picture
        How large it is; across.

    Returns
    -------
    Figure
        A figure with a canvas.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    wide, high = (side / MM_PER_INCH for side in picture.size_mm)
    unit, left = wide / USUAL_IN, 2 * MARGIN
    hub = hub_name(assessment.workspace, catalogue)
    reach = headline.reach_of(assessment, profile)
    figure = Figure(
        figsize=(wide, high),
        dpi=picture.dpi,
        facecolor="#ffffff",
        label=f"{hub} – {catalogue.named('profile', profile)}",
    )
    FigureCanvasAgg(figure)
    strip = STRIP_IN * unit
    _draw_map(figure, assessment, profile, picture, (WORDS * wide, strip, (1 - WORDS) * wide, high - strip))
    _draw_strip(figure, assessment, catalogue, reach, (left, 0.0, wide - left, strip), unit)
    room = WORDS * wide - left - 2 * MARGIN
    cutoff = headline.headline_cutoff(assessment)
    share = hub_cards.told_percent(catalogue, reach, cutoff)

    def say(line: str, y: float, size: float, weight: str = "normal", ink: str = "#231b2e") -> None:
        shown, size = fitted(line, size, room, weight)
        figure.text(left / wide, y / high, plain(shown), fontsize=size, weight=weight, color=ink, va="center_baseline")

    district = catalogue.of(assessment.workspace.district.name)
    say(district, high - 0.28 * unit, SENTENCE_PT * unit, "bold", "#5c5366")
    say(share, high - 0.9 * unit, NUMBER_PT * unit, "bold", basemap.palette()["ramp-1"])
    made_up = [catalogue("made_up.short")] if assessment.workspace.district.made_up else []
    foot = wrapped(
        " · ".join([*made_up, *credit_lines(assessment, (SURVEY, *not_travelled_by(profile)))]), SMALL_PT * unit, room
    )
    row = LEADING * SMALL_PT * unit / 72
    for number, line in enumerate(reversed(foot)):
        say(line, strip + 0.12 * unit + number * row, SMALL_PT * unit, ink="#5c5366")
    y = high - 1.58 * unit
    above = y + 0.1 * unit - strip - 0.16 * unit - len(foot) * row
    # Beside "100 %" stands of whom, not when half of them are there.
    told, sure = hub_cards.message(assessment, catalogue, reach, hub)
    if hub_cards.is_sure_of_all(reach, cutoff):
        told = hub_cards.headline_sentence(catalogue, reach, hub, cutoff)
        sure = hub_cards.beside(catalogue, profile)
    for words, ink, size in _in_room((told, sure), room, above, unit):
        for line in words:
            say(line, y, size, ink=ink)
            y -= LEADING * size / 72
    return figure


def _in_room(
    message: tuple[str, str], room_in: float, high_in: float, unit: float
) -> list[tuple[list[str], str, float]]:
    """A message in lines, their ink and size: as one where that can be read on a phone, else how sure it is smaller."""
    whole, size = _largest(" ".join(filter(None, message)), room_in, high_in, unit)
    if size >= READ_PT * unit or not message[1]:
        return [(whole, "#231b2e", size)]
    told, size = _largest(message[0], room_in, high_in, unit, READ_PT * unit)
    sure, small = _largest(message[1], room_in, high_in - len(told) * LEADING * size / 72, unit)
    return [(told, "#231b2e", size), (sure, "#5c5366", small)]


def _largest(
    sentence: str, room_in: float, high_in: float, unit: float, size: float | None = None
) -> tuple[list[str], float]:
    """The lines of a sentence at the largest size in points that leaves room for all of it, and that size."""
    size = size or SENTENCE_PT * unit
    while True:
        lines = wrapped(sentence, size, room_in)
        if len(lines) * LEADING * size / 72 <= high_in or size <= SMALL_PT * unit:
            return lines, size
        size *= 0.94


def _draw_map(
    figure: "Figure",
    assessment: "Assessment",
    profile: str,
    picture: Picture,
    box: tuple[float, float, float, float],
) -> None:
    """The map of homes, streets and the hub without a word on it, in its box of inches."""
    whole = layout(assessment, picture.size_mm)
    west, south, east, north = whole.metres
    x, y, tall = (west + east) / 2, (south + north) / 2, north - south
    homes = assessment.origins.total_bounds
    across = max(tall * box[2] / box[3], float(homes[2] - homes[0]) + AROUND_M)
    tall = across * box[3] / box[2]
    at = Layout(box, box, True, (x - across / 2, y - tall / 2, x + across / 2, y + tall / 2), 0.75 * whole.unit)
    axes = figure.add_axes(parts(box, (float(figure.get_figwidth()), float(figure.get_figheight()))))
    axes.set(xlim=at.metres[::2], ylim=at.metres[1::2], xticks=[], yticks=[], aspect="equal")
    axes.set_facecolor(basemap.palette()["map-land"])
    for spine in axes.spines.values():
        spine.set_visible(False)
    basemap.ground(axes, assessment, profile, at, plain=True)


def _draw_strip(
    figure: "Figure",
    assessment: "Assessment",
    catalogue: Catalogue,
    reach: headline.Reach,
    box: tuple[float, float, float, float],
    unit: float,
) -> None:
    """One line along the foot: the minutes of the colours that are on the map, and what the star is."""
    from matplotlib.patches import Rectangle

    steps, (_, _, wide, high) = map_steps(assessment, reach), box
    axes = figure.add_axes(parts(box, (float(figure.get_figwidth()), float(figure.get_figheight()))))
    axes.set(xlim=(0, wide), ylim=(0, high))
    axes.set_axis_off()

    colours = basemap.band_looks(len(steps.minutes), steps.further)
    looks = zip(brief_labels(catalogue, steps.minutes), colours, steps.bands, strict=True)
    shown = [(label, look) for label, look, count in looks if count]
    labels = [catalogue("minutes", n=label) if number == 0 else label for number, (label, _) in enumerate(shown)]
    size, gap, hub = READ_PT * unit, 0.1 * unit, str(hub_name(assessment.workspace, catalogue))
    # What the hub's name leaves, but never less than a part of the line.
    room = max(COLOURS * wide, wide - width_in(hub, size) - 0.6 * unit)
    words = np.array([width_in(label, size) for label in labels])
    size *= min(1.0, (room - gap * len(words)) / max(words.sum(), gap))
    words *= size / (READ_PT * unit)
    # Each is as wide as its words, and its part of what is left.
    step = words + (room - words.sum()) / max(len(words), 1)
    for x, across, label, (_, look) in zip(np.cumsum(step) - step, step, labels, shown, strict=True):
        colour, hatch = basemap.palette()[look], basemap.NO_WAY_HATCH if look == "map-unreachable" else ""
        edge: dict[str, Any] = {"edgecolor": "#5c5366", "linewidth": 0.4 * unit}
        swatch = (x, 0.56 * high), across - 0.04 * unit, 0.28 * high
        axes.add_patch(Rectangle(*swatch, facecolor=colour, hatch=hatch, **edge))
        middle = x + across / 2 - 0.02 * unit
        axes.text(middle, 0.27 * high, plain(label), fontsize=size, color="#231b2e", ha="center", va="center_baseline")
    x = room + 0.25 * unit
    axes.scatter([x], [0.5 * high], s=200 * unit**2, facecolor=basemap.palette()["map-hub"], linewidth=0)
    axes.scatter([x], [0.5 * high], s=90 * unit**2, marker="*", facecolor="#ffffff", linewidth=0)
    name, size = fitted(hub, READ_PT * unit, wide - x - 0.3 * unit)
    axes.text(x + 0.2 * unit, 0.5 * high, plain(name), fontsize=size, color="#231b2e", va="center_baseline")
