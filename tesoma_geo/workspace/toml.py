"""Files that people write as TOML, read."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from tesoma_geo.errors import TesomaError
from tesoma_geo.workspace.addresses import with_tables


def read_toml(file: Path, error: type[TesomaError], what: str, remedy: str) -> dict[str, Any]:
    """The content of a TOML file.

    Parameters
    ----------
    file
        The path.
    error
        What is raised.
    what
        What the file should be, for messages: ``"workspace file"``.
    remedy
        What to do where there is none, or none that can be read.

    Returns
    -------
    dict
        As :mod:`tomllib` gives it, tables of databases in their addresses (see :func:`~.addresses.with_tables`).

    Raises
    ------
    TesomaError
        ``error``: there is no such file, it cannot be read, or it is not TOML in UTF-8.
    """
    try:
        content: dict[str, Any] = with_tables(tomllib.loads(file.read_text(encoding="utf-8-sig")))
        return content
    except FileNotFoundError:
        raise error(f"{file}: no such {what}", remedy) from None
    except OSError as trouble:
        raise error(f"{file} cannot be read ({trouble.strerror})", f"Name a {what}") from None
    except UnicodeDecodeError:
        raise error(f"{file} is not UTF-8 text", "Save it as UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as trouble:
        raise error(f"{file} is not TOML ({trouble})", f"{_hint(file)}Mend the line. {remedy}") from None


def _hint(file: Path) -> str:
    """What people write who do not know TOML."""
    text = file.read_text(encoding="utf-8-sig", errors="replace")
    day = re.search(r"^\s*\w+\s*=\s*(\d{1,2})\.(\d{1,2})\.(\d{4})", text, re.MULTILINE)
    return f"Write a date as {day[3]}-{int(day[2]):02}-{int(day[1]):02}. " if day else ""


def toml_text(value: object) -> str:
    """A text, a number, or a list of them, as TOML writes it.

    Parameters
    ----------
    value
        What JSON can write too.

    Returns
    -------
    str
    """
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def comment_text(text: str) -> str:
    """A text of a file or a server in one line of a comment.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        Blanks instead of what does not print.
    """
    return "".join(letter if letter.isprintable() else " " for letter in text)
