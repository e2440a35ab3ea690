"""The maps in the report: as pictures with their legend, and for a phone without it, the legend as text."""

import base64
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tesoma_geo.columns import TO_HUB_S
from tesoma_geo.render.figures import headline
from tesoma_geo.render.figures.sentences import reach_sentences
from tesoma_geo.render.stills.layout import layout
from tesoma_geo.render.stills.legend import RING, STAR, LegendRow, legend_rows
from tesoma_geo.render.stills.picture import Picture
from tesoma_geo.render.stills.service_signs import sign_outline
from tesoma_geo.render.stills.write import write_still
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import hub_name

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

#: As wide as the report's text, with letters that can be read on paper: the poster's, and further ones.
POSTER, MAP = (Picture((182.0, high), 160.0, 1.4, framed=False) for high in (99.0, 82.0))
#: As wide as a phone, letters as high as those of the text around it.
PHONE = Picture((66.0, 68.0), 260.0, 1.2, framed=False, legend=False)
#: How large a sign of the legend is, in the units of its picture.
SIGN = 11.0


@dataclass(frozen=True)
class ReportMap:
    """A map in the report: its caption, what it tells in words, the picture as an address, and where its data is.

    Attributes
    ----------
    caption
        Below it.
    description
        What it tells in words.
    picture, on_phone
        Addresses with the picture in them; none for a phone where the report is printed.
    legend
        Rows below the phone's map, each with the outline of its sign.
    source
        Where in the results its figures stand.
    """

    caption: str
    description: str
    picture: str
    on_phone: str
    legend: tuple[tuple[LegendRow, str], ...]
    source: str


def mapped(profiles: list[str]) -> list[str]:
    """The first profile, and the one with the shortest reach of those who cannot take stairs, when it is there.

    Parameters
    ----------
    profiles
        Those that were assessed.

    Returns
    -------
    list of str
        One or two.
    """
    return [profiles[0], *(name for name in ("wheelchair",) if name in profiles[1:])]


def report_map(
    assessment: "Assessment", catalogue: Catalogue, profile: str, picture: Picture, *, on_screen: bool
) -> ReportMap:
    """The map of one way of moving.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    profile
        A way of moving that was assessed.
    picture
        How large it is.
    on_screen
        Whether there is one for a phone too.

    Returns
    -------
    ReportMap
        Drawn.
    """
    hub = hub_name(assessment.workspace, catalogue)
    reach = headline.reach_of(assessment, profile)
    caption = catalogue("report.map", profile=catalogue.named("profile", profile), hub=hub)
    return ReportMap(
        caption,
        " ".join([f"{caption}.", *reach_sentences(catalogue, reach, hub)]),
        _drawn(assessment, catalogue, profile, picture),
        _drawn(assessment, catalogue, profile, PHONE) if on_screen else "",
        _legend(assessment, catalogue, reach) if on_screen else (),
        f"origins.parquet: {TO_HUB_S.of(profile)}; isochrones.gpkg: {profile}",
    )


def _legend(assessment: "Assessment", catalogue: Catalogue, reach: headline.Reach) -> tuple[tuple[LegendRow, str], ...]:
    """The legend of a phone's map; the caption says what squares and shares are."""
    at = layout(assessment, PHONE.size_mm, PHONE.letters, framed=False, legend=False)
    groups = legend_rows(assessment, reach, catalogue, at, noted=False)
    return tuple((row, _outline(row.sign)) for group in groups for row in group)


def _outline(sign: str) -> str:
    """A row's sign as an outline whose inner part is left out; empty for a swatch."""
    if sign == RING:
        return sign_outline("o", SIGN) + sign_outline("o", 0.6 * SIGN)
    if sign == STAR:
        return sign_outline("o", SIGN) + sign_outline("*", 0.7 * SIGN)
    return sign_outline(sign, SIGN) if sign else ""


def _drawn(assessment: "Assessment", catalogue: Catalogue, profile: str, picture: Picture) -> str:
    """An address with a picture in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.png"
        write_still(assessment, path, profile, catalogue.language, picture)
        content = base64.b64encode(path.read_bytes()).decode("ascii")
    return f"data:image/png;base64,{content}"
