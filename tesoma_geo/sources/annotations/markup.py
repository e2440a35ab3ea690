"""XML and JSON files of strangers, read without following what they point to."""

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any
from xml.parsers import expat

from tesoma_geo.errors import SourceError

#: Exports nest a handful of tags; this many nobody does.
DEEPEST = 100


def read_xml(path: Path) -> ElementTree.Element:
    """The root of an XML file, its namespaces dropped.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    xml.etree.ElementTree.Element

    Raises
    ------
    SourceError
        The file cannot be read, is no XML, or declares entities or a nesting that no export needs.
    """
    try:
        content = path.read_bytes()
        _require_plain(content, path)
        root = ElementTree.fromstring(content)  # noqa: S314 - entities are refused above
    except SourceError:
        raise
    except (OSError, ElementTree.ParseError, expat.ExpatError) as error:
        raise SourceError(f"{path} cannot be read as XML ({error})", "Export it again") from None
    except (LookupError, ValueError):
        raise SourceError(f"{path} declares an encoding that is not known", "Export it again as UTF-8") from None
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return root


def _require_plain(content: bytes, path: Path) -> None:
    """Refuse what no export needs and what makes small files large, whatever encoding hides it."""
    depth = 0

    def begins(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise SourceError(f"{path} has tags within tags, {DEEPEST} deep and more", "Export it again")

    def ends(_: str) -> None:
        nonlocal depth
        depth -= 1

    def declares(*_: object) -> None:
        raise SourceError(f"{path} declares a document type or entities", "Export it again without them")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declares
    parser.Parse(content, True)


def read_json(path: Path) -> Any:
    """The content of a JSON file.

    Parameters
    ----------
    path
        The file, in UTF-8 with or without a byte order mark.

    Returns
    -------
    object

    Raises
    ------
    SourceError
        The file cannot be read, or is no JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise SourceError(f"{path} cannot be read as JSON ({error})", "Export it again") from None


def text_of(element: ElementTree.Element, name: str) -> str | None:
    """The text of a child, without spaces around it.

    Parameters
    ----------
    element
        The parent.
    name
        Tag of the child.

    Returns
    -------
    str or None
        None where there is none.
    """
    text = (element.findtext(name) or "").strip()
    return text or None
