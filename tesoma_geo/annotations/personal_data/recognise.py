"""All recognisers of personal data, asked about one text."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from tesoma_geo.annotations.personal_data.accounts import find_accounts
from tesoma_geo.annotations.personal_data.addresses import find_addresses
from tesoma_geo.annotations.personal_data.emails import find_emails
from tesoma_geo.annotations.personal_data.identity_codes import find_identity_codes
from tesoma_geo.annotations.personal_data.names import find_names
from tesoma_geo.annotations.personal_data.phones import find_phones
from tesoma_geo.annotations.personal_data.plates import find_plates
from tesoma_geo.annotations.personal_data.readings import readings
from tesoma_geo.annotations.personal_data.usernames import find_links, find_usernames

#: Flag → what finds its pieces in a reading of a text.
RECOGNISERS: Mapping[str, Callable[[str], Iterator[str]]] = MappingProxyType(
    {
        "account": find_accounts,
        "address": find_addresses,
        "email": find_emails,
        "identity_code": find_identity_codes,
        "link": find_links,
        "name": find_names,
        "phone": find_phones,
        "plate": find_plates,
        "username": find_usernames,
    }
)
#: Characters that are looked at together, and of two parts those in both.
_PART, _OVERLAP = 600, 150


def personal_data(text: str) -> dict[str, tuple[str, ...]]:
    """What in a text may tell who somebody is.

    Parameters
    ----------
    text
        Normalised (:func:`~tesoma_geo.annotations.review.normalised_text`).

    Returns
    -------
    dict
        Flag → the pieces of the text, in alphabetical order of flags; empty where nothing was found.
    """
    ways = dict.fromkeys(way for part in _parts(text) for way in readings(part))
    pieces = {
        flag: tuple(dict.fromkeys(piece for way in ways for piece in find(way))) for flag, find in RECOGNISERS.items()
    }
    return {flag: pieces_of_flag for flag, pieces_of_flag in pieces.items() if pieces_of_flag}


def _parts(text: str) -> list[str]:
    """A long text in parts that overlap, so that the time taken grows with its length and not faster."""
    return [text[start : start + _PART] for start in range(0, max(len(text) - _OVERLAP, 1), _PART - _OVERLAP)]
