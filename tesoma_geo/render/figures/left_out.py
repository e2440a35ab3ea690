"""What was left out, in the language of the page."""

import re

from tesoma_geo.render.text.catalogue import Catalogue, LocalizedText
from tesoma_geo.render.text.place_names import ordinary_case
from tesoma_geo.tables import LeftOut

#: A reason that names the way of moving in its midst.
BY_CLASS = re.compile(r"^closed to (\w+) by their class alone$")


def left_out_line(catalogue: Catalogue, item: LeftOut, profiles: list[str]) -> LocalizedText:
    """What was left out, in the page's language where the catalogue has the reason, else in English.

    A reason may begin with the profile that it is about (``walk: …``) and end with the file (``… (feed.zip)``);
    the catalogue has ``{n}`` where a reason has a number.

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
    things, of, tag = item.what.partition(" of ") if item.what.startswith("values of ") else (item.what, "", "")
    what, key = f"left_out.what.{things}", "left_out.reason." + re.sub(r"\b\d+\b", "{n}", reason)
    if not (catalogue.knows(what) and catalogue.knows(key)):
        return LocalizedText(str(item), "en")
    # Names tell a reader something, ids do not.
    names = [ordinary_case(example) for example in item.examples if not any(sign.isdigit() for sign in example)]
    examples = f" ({', '.join(names)})" if names else ""
    told = catalogue(what, tag=tag) if of else catalogue(what)
    line = f"{told}: {catalogue.number(item.count)} – {catalogue(key, n=numbers[0] if numbers else '')}"
    line += f"{bracket}{file}{bracket and ')'}{examples}"
    return LocalizedText(f"{who}. {line}" if who else line, catalogue.language)
