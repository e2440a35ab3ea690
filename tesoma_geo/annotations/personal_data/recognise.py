"""All recognisers of personal data, asked about one text."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache

#: Every flag that a text can get.
FLAGS = ("account", "address", "email", "identity_code", "link", "name", "phone", "plate", "username")
#: Characters that are looked at together, and of two parts those in both.
_PART, _OVERLAP = 600, 150


@cache
def recognisers() -> Mapping[str, Callable[[str], Iterator[str]]]:
    """What finds the pieces of each flag in a reading of a text; loaded when a text is first asked about.

    Returns
    -------
    dict
        Flag → function, in alphabetical order of flags.
    """
    from tesoma_geo.annotations.personal_data.accounts import find_accounts
    from tesoma_geo.annotations.personal_data.addresses import find_addresses
    from tesoma_geo.annotations.personal_data.emails import find_emails
    from tesoma_geo.annotations.personal_data.identity_codes import find_identity_codes
    from tesoma_geo.annotations.personal_data.names import find_names
    from tesoma_geo.annotations.personal_data.phones import find_phones
    from tesoma_geo.annotations.personal_data.plates import find_plates
    from tesoma_geo.annotations.personal_data.usernames import find_links, find_usernames

    finders = (
        find_accounts, find_addresses, find_emails, find_identity_codes, find_links, find_names, find_phones,
        find_plates, find_usernames,
    )  # fmt: skip
    return dict(zip(FLAGS, finders, strict=True))


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
    from tesoma_geo.annotations.personal_data.readings import readings

    ways = dict.fromkeys(way for part in _parts(text) for way in readings(part))
    pieces = {
        flag: tuple(dict.fromkeys(piece for way in ways for piece in find(way))) for flag, find in recognisers().items()
    }
    return {flag: pieces_of_flag for flag, pieces_of_flag in pieces.items() if pieces_of_flag}


def _parts(text: str) -> list[str]:
    """A long text in parts that overlap, so that the time taken grows with its length and not faster."""
    return [text[start : start + _PART] for start in range(0, max(len(text) - _OVERLAP, 1), _PART - _OVERLAP)]
