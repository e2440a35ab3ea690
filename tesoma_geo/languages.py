"""The languages that pages are written in: the one place where they are listed.

A further language is a catalogue in ``maps/templates/locale`` and its tag in :data:`CATALOGUES`. A workspace can also
bring a catalogue of its own.
"""

import re

#: Tags (BCP 47) of the languages that pages are written in unless a workspace names others, in the order in which they
#: are offered.
LANGUAGES: tuple[str, ...] = ("fi", "sv", "en")

#: Tags of all languages with a catalogue. Portuguese is written as in Brazil, as CLDR has it for ``pt``.
CATALOGUES: tuple[str, ...] = (*LANGUAGES, "et", "pt")

#: Languages whose nouns take endings where others have prepositions, of those with a catalogue.
INFLECTING: tuple[str, ...] = ("fi", "et")


#: Languages that are written from right to left, unless a tag names another script (CLDR, ``characterOrder``).
_RIGHT_TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"))
_SCRIPTS = frozenset(("adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"))


def is_right_to_left(tag: str) -> bool:
    """Whether a language is written from right to left.

    Parameters
    ----------
    tag
        Of BCP 47: ``he``, ``az-Arab``, ``ks-Deva``.

    Returns
    -------
    bool
    """
    language, *further = tag.lower().split("-")
    script = next((part for part in further if len(part) == 4 and part.isalpha()), "")
    return script in _SCRIPTS if script else language in _RIGHT_TO_LEFT


def is_language_tag(tag: str) -> bool:
    """Whether a text has the form of a language's tag: ``fi``, ``pt-BR``, ``sv-x-simple``.

    Parameters
    ----------
    tag
        What may be a tag of BCP 47.

    Returns
    -------
    bool
        True for a language of two or three letters, alone or with further parts of up to eight letters or digits.
    """
    return re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*", tag) is not None
