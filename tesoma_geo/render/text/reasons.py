"""Why a district of a batch has no figures, in the reader's language where the reason is one that is known."""

from tesoma_geo.render.text.catalogue import Catalogue

#: Code of a reason → words of the message that tells it; a test finds them in the package.
KNOWN = {
    "nobody": "nobody is known to live in the district",
    "place": "has no place",
    "streets": "no street lies in the area of the network",
    "memory": "it needs more memory than memory_gb leaves",
    "stopped": "the workers that had it were ended",
}


def reason_told(catalogue: Catalogue, reason: str) -> str | None:
    """A reason of a batch's record in words for readers.

    Parameters
    ----------
    catalogue
        The language.
    reason
        As the record has it.

    Returns
    -------
    str or None
        In the language of the page; None where the program's own words are all there is.
    """
    return next((catalogue(f"reason.{code}") for code, words in KNOWN.items() if words in reason), None)
