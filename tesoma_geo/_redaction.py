"""Addresses without what only their owner may know: passwords, tokens and keys.

Everything that leaves (errors, lines of a log, ``--json``, manifests) passes :func:`without_secrets`. A secret that is
a part of an address's *path* cannot be told from the path, and stays.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

#: What stands in the place of a secret.
HIDDEN = "***"
_ADDRESS = re.compile(r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"]+")
#: User and password. On the web they end before the first slash; those of databases may hold signs that somebody
#: forgot to escape.
_USER = re.compile(
    r"((?<=http://)|(?<=https://))[^\s/?#\"<>]*@|(?<![Hh][Tt][Tt][Pp]://)(?<!https://)(?<=://)[^\s\"<>]*@(?=[^\s@]*)"
)
_PARAMETER = re.compile(r"(?<=[?&;#])([\w.\-\[\]%]+)=([^&;#\s\"'<>]*)")
_PRIVATE_NAME = (
    r"pass(?:word|wd|phrase|code)?|pwd|salasana|lösenord|secret|token|jwt|bearer|auth(?:orization|entication)?|"
    r"credentials?|api[_-]?key|apikey|app[_-]?(?:key|id|code)|key|sig(?:nature)?|sas|session(?:id)?|sid|code|user(?:name)?|uid|login|"
    r"email|client[_-]?(?:id|secret)|subscription[_-]?key|policy|hmac|se|sp|sv"
)
_SECRET = re.compile(
    rf"(?:.*[_.\-])?(?:{_PRIVATE_NAME})|(?:access|api|auth|id|refresh|sub|my).*(?:key|token)|x-amz-.*", re.IGNORECASE
)
#: ``password=…`` of a database's connection and of settings, outside addresses.
_SETTING = re.compile(
    r"\b((?:ssl|pg)?pass(?:word|wd|phrase)?|pwd|api[_-]?key|(?:access[_-]?|auth[_-]?)?token|(?:client[_-]?)?secret)"
    r"(\s*[=:]\s*)('(?:[^'\\]|\\.)*'|\"[^\"]*\"|[^\s,;&'\")]+)",
    re.IGNORECASE,
)
_HEADER = re.compile(r"\b(Authorization:?\s+\w+|Bearer)\s+[A-Za-z0-9._~+/=-]{8,}", re.IGNORECASE)
#: Parameters of addresses that anybody may see: those of map services, and of files.
_OPEN = frozenset({
    "service", "version", "request", "typename", "typenames", "layer", "layers", "srs", "srsname", "crs", "bbox",
    "outputformat", "format", "count", "maxfeatures", "startindex", "resulttype", "propertyname", "f", "lang", "year",
    "sortby", "filter", "cql_filter", "styles", "width", "height", "sslmode", "port", "dbname", "connect_timeout",
    "application_name",
})  # fmt: skip


def without_secrets(text: str) -> str:
    """A text whose addresses show no user, no password and no parameter but those that are known to be harmless.

    Parameters
    ----------
    text
        An address, or anything that may hold some.

    Returns
    -------
    str
        The same text where there is nothing to hide.
    """
    if "://" in text:
        text = _ADDRESS.sub(lambda match: _open_address(match[0]), text)
    if "=" in text:
        text = _PARAMETER.sub(lambda match: _parameter(match, _SECRET.fullmatch(match[1]) is not None), text)
    if "=" in text or ":" in text:
        text = _SETTING.sub(lambda match: f"{match[1]}{match[2]}{HIDDEN}", text)
    return _HEADER.sub(lambda match: f"{match[1]} {HIDDEN}", text)


def content_without_secrets(content: Any) -> Any:
    """Lists and tables as JSON takes them, every text of which has passed :func:`without_secrets`.

    Parameters
    ----------
    content
        Mappings, lists, tuples, and plain values.

    Returns
    -------
    object
        The same structure.
    """
    if isinstance(content, str):
        return without_secrets(content)
    if isinstance(content, Mapping):
        return {
            name: HIDDEN if isinstance(value, str) and _is_setting(name) else content_without_secrets(value)
            for name, value in content.items()
        }
    if isinstance(content, list | tuple):
        return [content_without_secrets(value) for value in content]
    return content


def secrets_of(address: str) -> list[str]:
    """The pieces of an address's password and parameters that its owner alone may know, as others' messages quote them.

    Parameters
    ----------
    address
        With ``://``.

    Returns
    -------
    list of str
        Pieces of four characters or more, between signs; without the user's name.
    """
    login = _USER.search(address)
    hidden = [login[0].partition(":")[2]] if login else []
    hidden += [match[2] for match in _PARAMETER.finditer(address) if match[1].lower() not in _OPEN]
    return [piece for text in hidden for piece in re.split(r"\W+", unquote(text)) if len(piece) >= 4]


def address_without_login(address: str) -> str:
    """An address as it names its content: without user, password, and parameters that are named as secrets are.

    Parameters
    ----------
    address
        ``https://…`` or another scheme.

    Returns
    -------
    str
        The address itself where it holds none of them.
    """
    parts = urlsplit(_USER.sub("", address))
    kept = [one for one in parts.query.split("&") if not _SECRET.fullmatch(one.partition("=")[0])]
    if _USER.search(address) is None and len(kept) == len(parts.query.split("&")):
        return address
    return urlunsplit(parts._replace(query="&".join(kept)))


def _open_address(address: str) -> str:
    address = _USER.sub(f"{HIDDEN}@", address)
    return _PARAMETER.sub(lambda match: _parameter(match, match[1].lower() not in _OPEN), address)


def _parameter(match: "re.Match[str]", secret: bool) -> str:
    return f"{match[1]}={HIDDEN}" if secret and match[2] else match[0]


def _is_setting(name: object) -> bool:
    return isinstance(name, str) and _SETTING.fullmatch(f"{name}=x") is not None
