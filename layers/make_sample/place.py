"""Where in the world the district is drawn: its own place, and five that try what a country or a grid changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import overload

#: Letters of other scripts for those of the plan's names: how they are read, roughly; the names stay made up.
_HEBREW = {
    **dict(zip("abdefghijklmnopqrstuvwyzäöå", "אבדאפגהיילמנופקרסתאווייאוא", strict=False)),
    **{"k": "ק", "l": "ל", "m": "מ", "n": "נ", "o": "ו", "p": "פ", "r": "ר", "s": "ס", "t": "ט", "u": "ו", "v": "ו"},
}


@dataclass(frozen=True)
class Place:
    """A place for the district.

    Where people drive on the left the plan is seen in a mirror, so that its roundabouts and lanes are theirs.
    """

    epsg: int
    hub_e: float
    hub_n: float
    time_zone: str
    mirrored: bool = False
    letters: Mapping[str, str] | None = None

    @property
    def eastwards(self) -> int:
        """1 where the plan's x goes east, -1 where it goes west."""
        return -1 if self.mirrored else 1

    @overload
    def named(self, name: str) -> str: ...
    @overload
    def named(self, name: None) -> None: ...
    def named(self, name: str | None) -> str | None:
        """Write a name of the plan in the letters of the place."""
        if name is None or self.letters is None:
            return name
        return "".join(self.letters.get(letter, letter) for letter in name.lower())


PLACES = {
    # The hub of the real Tesoma, about 23.6275 E 61.5052 N.
    "tesoma": Place(3067, 320556.0, 6823704.0, "Europe/Helsinki"),
    # 51.2 W 30.03 S, Porto Alegre: south of the equator and west of Greenwich.
    "south": Place(31982, 480716.0, 6677874.0, "America/Sao_Paulo"),
    # 137.97 E 36.23 N, Matsumoto: people drive on the left.
    "left": Place(6676, -47643.0, 25649.0, "Asia/Tokyo", mirrored=True),
    # 1.55 W 53.80 N, Leeds: miles, and on the left.
    "miles": Place(27700, 429737.0, 433838.0, "Europe/London", mirrored=True),
    # 34.79 E 31.25 N, Beersheba: names from right to left.
    "right_to_left": Place(2039, 179978.0, 573231.0, "Asia/Jerusalem", letters=_HEBREW),
    # 12.00 E 49.03 N, Regensburg: the border of two zones of UTM goes through the district.
    "utm_border": Place(32633, 280718.0, 5435127.0, "Europe/Berlin"),
}
