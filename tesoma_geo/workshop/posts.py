"""What a phone sends, checked: a pin, a line or an area with what is said about it."""

import unicodedata
from typing import Annotated, Literal

import numpy as np
import shapely
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from tesoma_geo.crs import to_metric
from tesoma_geo.errors import InputError
from tesoma_geo.workspace.annotations import Kind
from tesoma_geo.workspace.values import LanguageTag

#: Most vertices of a line or an area, and most characters of a text.
MOST_VERTICES, MOST_CHARACTERS = 200, 2000
Role = Literal["resident", "company", "association", "service_provider"]
AGE_GROUPS = ("0-6", "7-17", "18-29", "30-64", "65-79", "80-")


def _plain(text: str) -> str:
    """A text without characters that nobody types: controls but line breaks, and halves of surrogate pairs."""
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()


Text = Annotated[str, StringConstraints(max_length=MOST_CHARACTERS), AfterValidator(_plain)]


def _told(words: str | dict[str, str]) -> str | dict[str, str]:
    """Words by language without those that nobody wrote; none at all are an empty text."""
    return words if isinstance(words, str) else {tag: text for tag, text in words.items() if text} or ""


#: What the host or the wall writes: words in the workspace's first language, or by the tag of their language.
Texts = Annotated[Text | dict[LanguageTag, Text], AfterValidator(_told)]
Code = Annotated[str, StringConstraints(pattern=r"^[\w.-]{1,64}$")]
PostId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Degrees = Annotated[float, Field(allow_inf_nan=False)]
Vertex = tuple[Annotated[Degrees, Field(ge=-180, le=180)], Annotated[Degrees, Field(ge=-90, le=90)]]


class Strict(BaseModel):
    """A message: an unknown key is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Post(Strict):
    """One annotation as a phone sends it.

    Attributes
    ----------
    id
        128 bits that the phone made: sent twice, stored once.
    kind, theme, category, severity, text
        What is said.
    shape
        A point, a line or an area.
    places
        Longitudes and latitudes.
    role, age_group, language
        Who says it, as far as they wish.
    show
        Whether it may be shown in the room once the host has looked at it.
    """

    id: PostId
    kind: Kind
    shape: Literal["point", "line", "area"]
    places: Annotated[tuple[Vertex, ...], Field(min_length=1, max_length=MOST_VERTICES)]
    theme: Code | None = None
    category: Code | None = None
    severity: Annotated[int, Field(ge=1, le=5)] | None = None
    text: Text | None = None
    role: Role | None = None
    age_group: Literal["0-6", "7-17", "18-29", "30-64", "65-79", "80-"] | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] | None = None
    show: bool = False

    @model_validator(mode="after")
    def _has_the_vertices_of_its_shape(self) -> "Post":
        least = {"point": 1, "line": 2, "area": 3}[self.shape]
        if len(self.places) < least or (self.shape == "point" and len(self.places) > 1):
            raise ValueError(f"a {self.shape} has {len(self.places)} places")
        return self

    def geometry(self, crs: str) -> shapely.Geometry:
        """Where it is.

        Parameters
        ----------
        crs
            The workspace's metric CRS.

        Returns
        -------
        shapely.Geometry
            A valid one in ``crs``.

        Raises
        ------
        InputError
            The places lie where the CRS has no metres, or make no line or area.
        """
        lon, lat = np.array(self.places, float).T
        xy = np.column_stack(to_metric(lon, lat, crs))
        if not np.isfinite(xy).all():
            raise InputError("a place lies far outside the district", "Draw it in the district")
        drawn: shapely.Geometry
        if self.shape == "point":
            drawn = shapely.Point(xy[0])
        elif self.shape == "line":
            drawn = shapely.LineString(xy)
        else:
            drawn = shapely.make_valid(shapely.Polygon(xy))
        if drawn.is_empty or (self.shape != "point" and drawn.length == 0):
            raise InputError(f"the {self.shape} has no extent", "Draw it larger")
        return drawn


def fault_lines(error: ValidationError) -> list[str]:
    """What is wrong with a message, without what it holds.

    Parameters
    ----------
    error
        Of pydantic.

    Returns
    -------
    list of str
        A line a fault: the key, and what is the matter.
    """
    return [
        f"{'.'.join(map(str, detail['loc'])) or 'message'}: {detail['msg']}"
        for detail in error.errors(include_input=False, include_url=False, include_context=False)[:5]
    ]
