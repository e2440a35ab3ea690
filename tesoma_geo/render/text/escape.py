"""The one place where text from data is made harmless for what it is put into.

HTML is written by Jinja templates that escape everything. What this module adds is JSON inside a
script, and text that passes through branca, which reads what it has rendered as a template once more.
"""

import json
import re
from typing import Any

_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')
_UNSAFE_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&'`$/{}"}
_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})


def script_json(value: Any) -> str:
    """JSON that can stand in a script, an HTML page and a Jinja template, and means only data there.

    Strings keep no character that ends a script, a template literal, a comment or a Jinja tag, and
    nothing outside ASCII (U+2028 ends a line in older engines).

    Parameters
    ----------
    value
        Anything that JSON can hold.

    Returns
    -------
    str
        Characters of ASCII alone.
    """
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return _STRING.sub(lambda string: string.group().translate(_UNSAFE_IN_SCRIPT), text)


def template_proof(html: str) -> str:
    """Escaped HTML without braces, so that branca finds no Jinja tag in it. For markup without scripts.

    Parameters
    ----------
    html
        Escaped markup without scripts.

    Returns
    -------
    str
        The same with braces as character references.
    """
    return html.translate(_BRACES)
