"""How the ``{places}`` of a text are filled: ``{name}``, ``{name.form}``, and ``{name!l}`` inside a sentence."""

from string import Formatter
from typing import Any


class Filling(Formatter):
    """A formatter with one conversion more: ``!l`` begins the value with a small letter."""

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


FILLING = Filling()
