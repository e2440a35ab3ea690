"""Names of places as a sentence needs them: the hub's in the cases of its language, an area's in ordinary case."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.workspace import InflectedName, Workspace

if TYPE_CHECKING:
    import geopandas as gpd

#: The cases of a name that texts ask for besides its plain form, as ``{hub.ill}``.
CASES = ("gen", "ill", "ine", "ela")
#: Words that stay as they are written in capitals: Roman numerals.
_NUMERAL = re.compile(r"[IVX]+")
_WORD = re.compile(r"[^\W\d_]+")
#: What stands in brackets behind a name.
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")


class HubName(str):
    """The hub's name: ``{hub}`` in a text is the name, ``{hub.ill}`` the name with the ending that "into" needs.

    Where the workspace gives no forms, a word of the language for a place takes the ending and the name follows it as
    it is: ``paikkaan Länsikeskus``.

    Attributes
    ----------
    gen, ill, ine, ela
        Genitive (of), illative (into), inessive (in) and elative (from).
    """

    gen: str
    ill: str
    ine: str
    ela: str

    @classmethod
    def of(cls, name: str | InflectedName, catalogue: Catalogue) -> Self:
        """A name in the cases of a language.

        Parameters
        ----------
        name
            As the workspace gives it: plain, or with its forms.
        catalogue
            The language; its ``hub.<case>`` with the name stand in for forms that are not given.

        Returns
        -------
        HubName
            Equal to the plain name.
        """
        made = cls(str(name))
        for case in CASES:
            given = getattr(name, case) if isinstance(name, InflectedName) else None
            setattr(made, case, given or catalogue(f"hub.{case}", name=str(name)))
        return made


def hub_name(workspace: Workspace, catalogue: Catalogue) -> HubName:
    """The hub's name in a language, or in the first one that it has: without that language's endings.

    Parameters
    ----------
    workspace
        The workspace file.
    catalogue
        The language.

    Returns
    -------
    HubName
        The name.
    """
    names = workspace.hub.name
    return HubName.of(names.get(catalogue.language) or str(next(iter(names.values()))), catalogue)


def short_name(name: str) -> str:
    """A name as a legend has room for it.

    Parameters
    ----------
    name
        Such as ``The centre (made up)``.

    Returns
    -------
    str
        Without what stands in brackets behind it; as it is where that is all.
    """
    return _IN_BRACKETS.sub("", name) or name


def ordinary_case(name: str) -> str:
    """A name that a register writes in capitals, as people write it.

    Parameters
    ----------
    name
        Such as ``RISTIMÄKI``.

    Returns
    -------
    str
        ``Ristimäki``; names with small letters, abbreviations of up to three letters and Roman numerals as they are.
    """
    letters = "".join(_WORD.findall(name))
    if not name.isupper() or len(letters) <= 3:
        return name
    return _WORD.sub(lambda word: word[0] if _NUMERAL.fullmatch(word[0]) else word[0].capitalize(), name)


def area_names(district: "gpd.GeoDataFrame") -> Mapping[Any, str]:
    """The names of a district's areas in ordinary case.

    Parameters
    ----------
    district
        With ``code`` and ``name``.

    Returns
    -------
    Mapping
        Code → name.
    """
    names = (ordinary_case(str(name)) for name in district["name"])
    return dict(zip(district["code"], names, strict=True))


def in_its_languages(name: str, called: Mapping[str, str], catalogue: Catalogue) -> str:
    """The name of what a plan builds, in the language of the page where the plan is called by that name.

    Parameters
    ----------
    name
        Of a thing, in one language.
    called
        Language → name of the plan.
    catalogue
        Of the page.

    Returns
    -------
    str
        The plan's name in this language where ``name`` is its name in another; else as it is.
    """
    return called.get(catalogue.language, name) if name in called.values() else name
