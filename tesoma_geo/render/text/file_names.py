"""What the files of pages are called."""

from tesoma_geo.workspace import Language


def file_name(key: str, language: Language, first: Language) -> str:
    """The file of a page: the first language's start page is ``index.html``.

    Parameters
    ----------
    key
        What the page is about, the same in every language.
    language
        The page's.
    first
        The workspace's first language.

    Returns
    -------
    str
        Such as ``method-fi.html``.
    """
    if key == "start":
        return "index.html" if language == first else f"{language}.html"
    return f"{key}-{language}.html"


def start_address(site: str, language: Language, first: Language) -> str:
    """Where the start page of a published site is.

    Parameters
    ----------
    site
        The address of the site; empty for none.
    language
        The page's.
    first
        The workspace's first language.

    Returns
    -------
    str
        Without the name of the file where a server knows it; empty without a site.
    """
    return f"{site.rstrip('/')}/{file_name('start', language, first).removesuffix('index.html')}" if site else ""
