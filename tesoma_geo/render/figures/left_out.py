"""What was left out, in the language of the page."""

import re

from tesoma_geo.network.streets.access_tags import ACCESS_KEYS
from tesoma_geo.render.text.catalogue import Catalogue, LocalizedText
from tesoma_geo.render.text.place_names import ordinary_case
from tesoma_geo.tables import LeftOut

#: How a reader of street files accounts for values of a tag (``values of maxspeed:forward``).
VALUES_OF = "values of "
#: Tags that all say who may pass.
ACCESS = {key for keys in ACCESS_KEYS.values() for key in keys}
#: A reason that names the way of moving in its midst.
BY_CLASS = re.compile(r"^closed to (\w+) by their class alone$")


def left_out_line(catalogue: Catalogue, item: LeftOut, profiles: list[str]) -> LocalizedText:
    """What was left out, in the page's language where the catalogue has the reason, else in English.

    A reason may begin with the profile that it is about (``walk: …``) and end with the file (``… (feed.zip)``);
    the catalogue has ``{n}`` where a reason has a number. Tags and their values are words of the street file, which
    the page says in its own or not at all.

    Parameters
    ----------
    catalogue
        The language.
    item
        What was left out, why and how many.
    profiles
        Ways of moving that were assessed.

    Returns
    -------
    LocalizedText
        In English where the catalogue does not have the reason.
    """
    said = BY_CLASS.sub(r"\1: closed by their class alone", item.reason)
    named, _, rest = said.partition(": ")
    who, reason = (catalogue.named("profile", named), rest) if named in profiles else ("", said)
    reason, bracket, file = reason.removesuffix(")").partition(" (")
    numbers = re.findall(r"\b\d+\b", reason)
    what, key = _key_of(catalogue, item.what), "left_out.reason." + re.sub(r"\b\d+\b", "{n}", reason)
    if not (catalogue.knows(what) and catalogue.knows(key)):
        return LocalizedText(str(item), "en")
    names = [ordinary_case(example) for example in item.examples if _is_name(example)]
    examples = f" ({', '.join(names)})" if names else ""
    line = f"{catalogue(what)}: {catalogue.number(item.count)} – {catalogue(key, n=numbers[0] if numbers else '')}"
    line += f"{bracket}{file}{bracket and ')'}{examples}"
    return LocalizedText(f"{who}. {line}" if who else line, catalogue.language)


def _key_of(catalogue: Catalogue, what: str) -> str:
    """The catalogue's key of the things; those of a tag go by what the tag tells (``maxspeed:type``: speed limits)."""
    if not what.startswith(VALUES_OF):
        return f"left_out.what.{what}"
    tag = what.removeprefix(VALUES_OF)
    told = [f"left_out.tag.{part}" for part in (["access"] if tag in ACCESS else tag.split(":"))]
    return next(filter(catalogue.knows, told), "left_out.what.values")


def _is_name(example: str) -> bool:
    """Whether an example tells a reader something: an id, or a value in the street file's small letters, does not."""
    is_value = example.isascii() and example == example.lower()
    return not is_value and "=" not in example and not any(sign.isdigit() for sign in example)
