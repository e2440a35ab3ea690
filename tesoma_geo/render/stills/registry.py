"""The stills that can be drawn: a new one is a module of its own and a line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tesoma_geo.errors import InputError
from tesoma_geo.near_names import instead
from tesoma_geo.render.stills import travel_time
from tesoma_geo.render.stills.picture import Picture
from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tesoma_geo.assessment.assess import Assessment


@dataclass(frozen=True)
class Still:
    """A still that can be drawn of every assessment.

    Attributes
    ----------
    name
        What callers ask for it by.
    draw
        Draws it for a profile, in a language, at a size.
    of_record
        Whether it looks at nothing of an assessment but what :mod:`tesoma_geo.assessment.still_record` keeps: it is
        drawn of a finished run in half the time.
    """

    name: str
    draw: "Callable[[Assessment, str, Catalogue, Picture], Figure]"
    of_record: bool = False


#: The first one is drawn unless another is named.
STILLS: tuple[Still, ...] = (Still("travel_time", travel_time.drawing, of_record=True),)


def find_still(name: str | None = None) -> Still:
    """A still by its name.

    Parameters
    ----------
    name
        One of :data:`STILLS`; the first unless named.

    Returns
    -------
    Still

    Raises
    ------
    InputError
        There is no such still.
    """
    known = {still.name: still for still in STILLS}
    if name is not None and name not in known:
        raise InputError(f"there is no still {name!r}", instead(name, known))
    return known[name] if name is not None else STILLS[0]
