"""A made-up language: English in words half as long again, with the three plural forms of Lithuanian."""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tesoma_geo.render.text import assets

#: Lithuanian, in a private variety: ``x-long`` is told to nobody but us.
TAG = "lt-x-long"
PLURAL_FORMS = (
    "nplurals=3; plural=(n%10==1 && (n%100<11 || n%100>19) ? 0 : "
    "n%10>=2 && (n%100<11 || n%100>19) ? 1 : 2);"
)  # fmt: skip


def lengthened(text: str, sign: str = "") -> str:
    """Each word half as long again, its places untouched; a sign before it says which plural form it is."""
    parts = re.split(r"(\{[^{}]*\})", text)
    longer = "".join(part if part.startswith("{") else re.sub(r"\w{3,}", _longer, part) for part in parts)
    return f"{sign} {longer}" if sign else longer


def _longer(word: re.Match[str]) -> str:
    return word[0] + "õ" * (-(-len(word[0]) // 2))


#: Letters of the made-up language that is written from right to left, for those of the English texts.
_HEBREW = dict(zip("abcdefghijklmnopqrstuvwxyz", "אבצדהפגחיגקלמנופקרסתוווסיז", strict=True))


def write_right_to_left_catalogue(path: Path) -> Path:
    """Write a catalogue in Hebrew letters: English, letter by letter, its places untouched."""
    with assets.asset("locale/en.po").open("rb") as file:
        english = read_po(file, locale="en")
    made = Catalog(locale="he")
    made.mime_headers = [
        ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
        ("Content-Type", "text/plain; charset=utf-8"),
    ]
    for message in english:
        if not message.id:
            continue
        texts = [message.string] if isinstance(message.id, str) else list(message.string)
        written = tuple(_in_hebrew_letters(str(text)) for text in texts)
        made.add(message.id, written[0] if isinstance(message.id, str) else written)
    with path.open("wb") as file:
        write_po(file, made, omit_header=False)
    return path


def _in_hebrew_letters(text: str) -> str:
    parts = re.split(r"(\{[^{}]*\}|<[^>]*>)", text)
    return "".join(
        part if part[:1] in ("{", "<") else "".join(_HEBREW.get(letter, letter) for letter in part.lower())
        for part in parts
    )


def write_pseudo_catalogue(path: Path, plural_forms: str = PLURAL_FORMS) -> Path:
    """Write the catalogue of the made-up language, generated from the English one."""
    with assets.asset("locale/en.po").open("rb") as file:
        english = read_po(file, locale="en")
    made = Catalog(locale="lt")
    made.mime_headers = [("Plural-Forms", plural_forms), ("Content-Type", "text/plain; charset=utf-8")]
    for message in english:
        if not message.id:
            continue
        if isinstance(message.id, str):
            made.add(message.id, lengthened(str(message.string)))
        else:
            one, many = message.string
            made.add(message.id, (lengthened(one, "①"), lengthened(many, "②"), lengthened(many, "③")))
    with path.open("wb") as file:
        write_po(file, made, omit_header=False)
    return path
