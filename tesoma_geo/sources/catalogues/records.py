"""What a catalogue declares, what it is asked, and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import shapely

Bounds = tuple[float, float, float, float]
#: The part of a workspace that a catalogue serves.
Part = Literal["streets", "elevation", "transit", "population", "services"]


@dataclass(frozen=True)
class Place:
    """A place that a gazetteer knows.

    Attributes
    ----------
    name
        What it is called, in full.
    lon, lat
        Its middle, WGS 84 degrees.
    country
        ISO 3166-1, two letters; empty where it is not told.
    outline
        Polygons in WGS 84; None where the gazetteer has a point alone.
    kind
        What it is, such as ``"suburb"``.
    ref
        The OpenStreetMap object, such as ``"relation 123"``.
    """

    name: str
    lon: float
    lat: float
    country: str = ""
    outline: shapely.Geometry | None = None
    kind: str = ""
    ref: str = ""


@dataclass(frozen=True)
class Question:
    """What a catalogue is asked.

    Attributes
    ----------
    place
        The district, with an outline.
    around
        West, south, east, north of the district and its surroundings, WGS 84 degrees.
    crs
        The metric CRS of the workspace.
    base
        Address that the catalogue is asked at: its own, or the one that was set.
    folder
        Where downloads are kept: the workspace's.
    refresh
        Ask for newer versions of what is kept.
    progress
        Told what is being done.
    """

    place: Place
    around: Bounds
    crs: str
    base: str
    folder: Path
    refresh: bool = False
    progress: Callable[[str], None] = lambda _: None


@dataclass(frozen=True)
class LayerEntry:
    """A layer that a catalogue knows: keys of a section of the workspace, with what is to be said of it.

    Attributes
    ----------
    keys
        Key of the workspace's section → value, sources as addresses.
    licence
        Who is to be credited, and the terms.
    as_of
        The year, month or day that the data tells of; empty where the catalogue does not say.
    notes
        What whoever reads the workspace should know.
    """

    keys: Mapping[str, Any]
    licence: str
    as_of: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class LayerCatalogue:
    """A publisher of layers.

    Attributes
    ----------
    name
        By which its address is set, such as ``"geofabrik"``.
    title
        What it is, in words.
    serves
        Which part of a workspace.
    base
        Where it is asked unless another address is set.
    licence
        Of what it publishes.
    coverage
        What it covers, in words.
    look
        Where a person finds its data.
    find
        Answers a question; None where it has nothing for the place.
    countries
        ISO codes of the countries that it covers; None for the world.
    compared
        The day on which ``base``, licence and coverage were compared with public texts, and since which nobody
        verified the address; empty where that is not told.
    """

    name: str
    title: str
    serves: Part
    base: str
    licence: str
    coverage: str
    look: str
    find: Callable[[Question], LayerEntry | None] = field(compare=False)
    countries: frozenset[str] | None = None
    compared: str = ""

    def covers(self, country: str) -> bool:
        """Whether it may have something in a country.

        Parameters
        ----------
        country
            ISO 3166-1, two letters.

        Returns
        -------
        bool
        """
        return self.countries is None or country in self.countries
