"""Names of streets as a sentence needs them: with the ending of the genitive where a language has one that is sure."""

from typing import Self

from tesoma_geo.render.text.catalogue import Catalogue

#: What Finnish names of streets end with, and the same in the genitive. A name that ends otherwise is not inflected.
GENITIVES_FI = {
    "katu": "kadun",
    "tie": "tien",
    "polku": "polun",
    "kuja": "kujan",
    "raitti": "raitin",
    "väylä": "väylän",
    "kaari": "kaaren",
    "tori": "torin",
    "aukio": "aukion",
    "silta": "sillan",
    "rinne": "rinteen",
    "penger": "penkereen",
    "ranta": "rannan",
    "puisto": "puiston",
    "puistikko": "puistikon",
    "portaat": "portaiden",
    "kulma": "kulman",
    "piha": "pihan",
    "lenkki": "lenkin",
    "kehä": "kehän",
    "reitti": "reitin",
    "taival": "taipaleen",
    "bulevardi": "bulevardin",
}


class InflectedStreet(str):
    """A street's name: ``{street}`` in a text is the name, ``{street.gen}`` the name as "of" needs it.

    Where nobody can be sure of the ending, a word of the language for a street takes it and the name follows as it is:
    ``kadun Kaupinhovi``.

    Attributes
    ----------
    gen
        Genitive.
    """

    gen: str

    @classmethod
    def of(cls, name: str, catalogue: Catalogue) -> Self:
        """A name in the cases of a language.

        Parameters
        ----------
        name
            As the map has it.
        catalogue
            The language.

        Returns
        -------
        InflectedStreet
            Equal to the plain name.
        """
        made = cls(name)
        inflected = finnish_genitive(name) if catalogue.language == "fi" else None
        made.gen = inflected or catalogue("street.gen", street=name)
        return made


def finnish_genitive(name: str) -> str | None:
    """A Finnish street's name in the genitive.

    Parameters
    ----------
    name
        Such as ``Rautiankatu``.

    Returns
    -------
    str or None
        Such as ``Rautiankadun``; None where the ending is none of :data:`GENITIVES_FI`, or where a word before it might
        be inflected too (``Vanha Vaasantie``): all but genitives (``Tampereen valtatie``).
    """
    *before, last = name.split(" ")
    if any(not word.endswith("n") or word.endswith("nen") for word in before):
        return None
    ending = next((ending for ending in GENITIVES_FI if last.lower().endswith(ending)), None)
    if ending is None or len(name) == len(ending) or last.isupper():
        return None
    return f"{name[: len(name) - len(ending)]}{GENITIVES_FI[ending]}"
