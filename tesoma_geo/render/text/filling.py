"""How the ``{places}`` of a text are filled: ``{name}``, ``{name.form}``, and ``{name!l}`` inside a sentence."""

from string import Formatter
from typing import Any

from tesoma_geo.render.text.direction import isolated


class Filling(Formatter):
    """A formatter with one conversion more, and with each text kept apart that is written in the other direction.

    ``!l`` begins the value with a small letter.

    Parameters
    ----------
    right_to_left
        Whether the texts to be filled are written from right to left.
    """

    def __init__(self, right_to_left: bool = False) -> None:
        super().__init__()
        self.right_to_left = right_to_left

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        """A value, converted as the text asks.

        Parameters
        ----------
        value
            What stands in the place.
        conversion
            ``l``, or one of Python's own.

        Returns
        -------
        Any
            What is written.
        """
        if conversion != "l":
            return super().convert_field(value, conversion)
        text = str(value)
        # An abbreviation, such as VR, keeps its capitals.
        return text if text[1:2].isupper() else text[:1].lower() + text[1:]

    def format_field(self, value: Any, format_spec: str) -> str:
        """A value as it stands in the text.

        Parameters
        ----------
        value
            What stands in the place.
        format_spec
            As Python's own.

        Returns
        -------
        str
            Text of the other direction between isolates.
        """
        text = str(super().format_field(value, format_spec))
        return isolated(text, self.right_to_left) if isinstance(value, str) else text


FILLING = {direction: Filling(direction) for direction in (False, True)}
