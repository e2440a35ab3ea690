"""Several hubs of one workspace: ``[[hubs]]``, and how people are taken to choose among them with ``[hub_choice]``."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from tesoma_geo.workspace.model import FrozenModel
from tesoma_geo.workspace.sections import Hub
from tesoma_geo.workspace.values import HubNames

#: Keys of ``[hub]`` itself, which one of ``[[hubs]]`` may stand in for.
OF_HUB = tuple(Hub.model_fields)


class OneOfHubs(Hub):
    """One hub of several.

    Attributes
    ----------
    name
        Language → what it is called; always told, since the others are called something too.
    id
        What names it in files; its name in plain letters where it is None.
    attraction
        How much draws people there beside how near it is: floor area, jobs, numbers of services; in any unit that is
        the same for all hubs.
    planned
        Whether it is not there yet: what it would take from the others is told.
    """

    name: HubNames
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=40)] | None = None
    attraction: Annotated[float, Field(gt=0, le=1e12, allow_inf_nan=False)] = 1.0
    planned: bool = False


def _tables(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return value
    raise PydanticCustomError("hubs_list", "is no list of tables")


#: ``[[hubs]]``, a table a hub.
Hubs = Annotated[tuple[OneOfHubs, ...], BeforeValidator(_tables)]


class HubChoice(FrozenModel):
    """How people choose among hubs: the share of a hub is in proportion to attraction / minutes ** exponent.

    Attributes
    ----------
    exponent
        Of the minutes. 2 is that of Reilly's law of retail gravitation (1931), which Huff's model (1963) grew out of;
        an assumption for any one district.
    least_min
        Fewer minutes than these count as these, so that who lives at a hub is not drawn there without end.
    """

    exponent: Annotated[float, Field(gt=0, le=10)] = 2.0
    least_min: Annotated[float, Field(gt=0, le=60)] = 1.0


def plain_name(name: str) -> str:
    """A name in plain letters, digits and lines below, as files and columns have it.

    Parameters
    ----------
    name
        Any name.

    Returns
    -------
    str
        ``ikurin_keskus``; empty where no letter is left.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40]


def hub_keys(hubs: Sequence[OneOfHubs]) -> tuple[str, ...]:
    """What names each of several hubs in files.

    Parameters
    ----------
    hubs
        In the order of the workspace.

    Returns
    -------
    tuple of str
        The ``id``, the name of its first language in plain letters, or ``hub_<number>``.
    """
    return tuple(
        hub.id or plain_name(str(next(iter(hub.name.values())))) or f"hub_{number}"
        for number, hub in enumerate(hubs, 1)
    )


def with_main_hub(content: Any) -> Any:
    """The content of a workspace file, with the first hub that is there as ``hub`` where it names ``hubs`` alone.

    Parameters
    ----------
    content
        What TOML makes of the file.

    Returns
    -------
    object
        The same, or a copy with ``hub``.

    Raises
    ------
    PydanticCustomError
        No hub is there yet.
    """
    if not isinstance(content, dict) or "hub" in content or not isinstance(content.get("hubs"), list | tuple):
        return content
    hubs = [one for one in content["hubs"] if isinstance(one, dict)]
    there = [one for one in hubs if one.get("planned", False) is not True]
    if hubs and not there:
        raise PydanticCustomError("hubs_planned", "has hubs that are all planned, and no [hub]")
    return {**content, "hub": {key: there[0][key] for key in OF_HUB if key in there[0]}} if there else content


def all_hubs(hub: Hub, hubs: Sequence[OneOfHubs]) -> tuple[OneOfHubs, ...]:
    """Every hub, the one that the pages are about first.

    Parameters
    ----------
    hub
        ``[hub]``, or what stands in for it.
    hubs
        ``[[hubs]]``.

    Returns
    -------
    tuple of OneOfHubs
        Empty where there is one hub alone.
    """
    same = next((number for number, one in enumerate(hubs) if _is(one, hub)), None)
    if same is not None:
        hubs = (hubs[same], *hubs[:same], *hubs[same + 1 :])
    else:
        hubs = (OneOfHubs.model_validate(dict(hub)), *hubs)
    return tuple(hubs) if len(hubs) > 1 else ()


def checked_hubs(hub: Hub, hubs: Sequence[OneOfHubs]) -> None:
    """Refuse hubs that cannot be told apart.

    Parameters
    ----------
    hub
        ``[hub]``, or what stands in for it.
    hubs
        ``[[hubs]]``.

    Raises
    ------
    PydanticCustomError
        Two of one name, id or place.
    """
    every = all_hubs(hub, hubs)
    named: dict[str, int] = {}
    placed: dict[Any, str] = {}
    for number, (key, one) in enumerate(zip(hub_keys(every), every, strict=True), 1):
        if key in named:
            raise PydanticCustomError("hubs_named", "names two hubs {key}", {"key": key})
        place = (tuple(sorted(one.entrances)), None if one.area is None else one.area.model_dump_json())
        if place in placed:
            keys = {"one": placed[place], "other": key}
            raise PydanticCustomError("hubs_placed", "puts {one} and {other} at the same place", keys)
        named[key], placed[place] = number, key


def _is(one: OneOfHubs, hub: Hub) -> bool:
    return all(getattr(one, key) == getattr(hub, key) for key in OF_HUB)
