"""What the workspace does not tell, and its pages would need in order to be true and well written."""

from collections.abc import Iterable, Iterator

from tesoma_geo.errors import Note
from tesoma_geo.inputs.reports import LayerReport
from tesoma_geo.languages import INFLECTING
from tesoma_geo.workspace import InflectedName, Workspace

#: Keys of ``[site]`` that pages ask for, with what becomes of a page without them.
SITE = {
    "contact": (
        "pages tell nobody whom to write to",
        'Write [site] contact = "name@city.example", or the address of a form',
    ),
    "authority": (
        "the accessibility statement names nobody who answers for the pages",
        'Write [site] authority = "City of …", or one for each language',
    ),
    "author": (
        "reports name nobody who made them",
        'Write [site] author = "Urban planning, City of …"',
    ),
    "compliance": (
        "the accessibility statement claims nothing",
        'Have the pages checked, then write [site] compliance = "full", "partial" or "none" and checked_on = the day',
    ),
}


def page_notes(workspace: Workspace, reports: Iterable[LayerReport] = ()) -> tuple[Note, ...]:
    """What is asked for by the pages of a workspace, as notes of ``check``.

    Parameters
    ----------
    workspace
        The workspace file.
    reports
        Of its layers.

    Returns
    -------
    tuple of Note
        Each with its remedy; none where everything is told.
    """
    layers = [report for report in reports if report.path != workspace.path]  # what the file itself says is no source
    return (*_of_hub(workspace), *_of_site(workspace), *_of_licences(layers))


def _of_hub(workspace: Workspace) -> Iterator[Note]:
    for language in workspace.district.languages:
        name = workspace.hub.name.get(language)
        if language.split("-")[0] in INFLECTING and not isinstance(name, InflectedName):
            yield Note(
                f"hub.name.{language}",
                "has no forms, so that sentences put a word before its name",
                f'Write name.{language} = {{ nom = "…", gen = "…", ill = "…", ine = "…", ela = "…" }}',
                "" if name is None else str(name),
            )


def _of_site(workspace: Workspace) -> Iterator[Note]:
    for key, (problem, remedy) in SITE.items():
        if getattr(workspace.site, key) is None:
            yield Note(f"site.{key}", f"is missing: {problem}", remedy)


def _of_licences(reports: Iterable[LayerReport]) -> Iterator[Note]:
    for report in reports:
        if report.licence is None and not report.faults:
            remedy = 'Add licence = "whose the data is, and on what terms" beside the source'
            yield Note(report.key, "states no licence, so that pages cannot credit it", remedy, report.path.name)
