"""What the controls and the legend around the map offer."""

import json
from collections.abc import Mapping, Set
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Choice:
    """A layer that the reader can show and hide.

    Attributes
    ----------
    key
        Of its content.
    label
        What the controls call it.
    icon
        Its outline, for services.
    shown
        Whether it is shown at first.
    of
        The profiles that it is about; empty for all.
    sign
        The number of its sign, for what residents said.
    """

    key: str
    label: str
    icon: str | None
    shown: bool
    of: tuple[str, ...] = ()
    sign: int | None = None

    @property
    def of_json(self) -> str:
        """The same for the script; empty for all."""
        return json.dumps(self.of) if self.of else ""


@dataclass(frozen=True)
class SignSize:
    """How large the sign of so many is.

    Attributes
    ----------
    shown
        How many, as the page writes it.
    radius_px
        Half its width on a wide map.
    """

    shown: str
    radius_px: float


@dataclass(frozen=True)
class Sign:
    """A line of the legend that is there while one of its layers is shown: how it looks, the layers, the words.

    Attributes
    ----------
    look
        Of its swatch.
    layers
        Keys of its layers.
    label
        The words.
    of
        The profiles that it is about; empty for all.
    sign
        The number of its sign, for what residents said.
    sizes
        How large signs are for how many, where that is what the line tells.
    near
        Whether the sign is on the map from a nearer zoom only.
    shown
        Whether it is told at first.
    names
        The words while one of its layers alone is shown, by layer, and those for several by ""; empty where they are
        the same.
    """

    look: str
    layers: str
    label: str
    of: tuple[str, ...] = ()
    sign: int | None = None
    sizes: tuple[SignSize, ...] = ()
    near: bool = False
    shown: bool = False
    names: Mapping[str, str] = field(default_factory=dict)

    def label_of(self, keys: Set[str]) -> str:
        """The words while these layers are shown.

        Parameters
        ----------
        keys
            Of all layers that are on the map.

        Returns
        -------
        str
            Those of one layer where no other of its own is shown.
        """
        told = [key for key in self.layers.split() if key in keys]
        return self.names.get(told[0] if len(told) == 1 else "", self.label)

    @property
    def of_json(self) -> str:
        """The profiles for the script; empty for all."""
        return json.dumps(self.of) if self.of else ""

    @property
    def names_json(self) -> str:
        """The words by layer for the script; empty where they are the same."""
        return json.dumps(self.names, ensure_ascii=False) if self.names else ""
