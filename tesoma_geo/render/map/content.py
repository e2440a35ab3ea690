"""What a layer of the map holds."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Content:
    """What one layer shows, the same in every language.

    Attributes
    ----------
    key
        Its name in the page's data and controls; nothing of the data is in it.
    painter
        Which painter of ``scripts/painters`` draws it.
    packed
        What the painter reads; anything that JSON can hold. Text in it is data and stays data.
    parts
        What the painter asks for when it needs it; by their positions.
    at_once
        How many of the parts, from the first on, every map needs at once.
    """

    key: str
    painter: str
    packed: dict[str, Any]
    parts: tuple[Any, ...] = ()
    at_once: int = 0
