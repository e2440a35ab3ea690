"""The site: its pages as files that need no network, or all of them in one file."""

import base64
import hashlib
import json
import shutil
from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tesoma_geo._steps import FileTask, Steps, Task
from tesoma_geo.render.figures.credits import SURVEY, newest_day
from tesoma_geo.render.map import layers
from tesoma_geo.render.map.content import Content
from tesoma_geo.render.map.packed_data import later_parts, map_data, map_data_at_once
from tesoma_geo.render.pages import embed
from tesoma_geo.render.pages.complete import PAGES, complete, completed
from tesoma_geo.render.pages.embed import oembed, oembed_file
from tesoma_geo.render.pages.examination import Examination
from tesoma_geo.render.pages.icons import BOOKMARK, ICON, SIZES, icon_name, icon_png
from tesoma_geo.render.pages.page_steps import (
    MAP_SCRIPT,
    given_to,
    map_contents,
    map_script,
    script_task,
    steps_of,
    tasks_of_kinds,
    without_targets,
)
from tesoma_geo.render.pages.registry import SiteParts, pages, statement
from tesoma_geo.render.pages.site_context import Page
from tesoma_geo.render.stills.picture import Picture
from tesoma_geo.render.stills.write import card_name, still_tasks
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import catalogue_of
from tesoma_geo.render.text.credited_files import with_credits
from tesoma_geo.render.text.escape import script_json
from tesoma_geo.render.text.file_names import file_name
from tesoma_geo.render.text.one_language import in_language
from tesoma_geo.render.text.themes import THEMES, theme_style
from tesoma_geo.workspace import Language
from tesoma_geo.workspace.licences import with_marks
from tesoma_geo.workspace.sections import Site

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.follow_up.trial_report import TrialReport
    from tesoma_geo.scenarios.compare import Comparison

STYLES = (*assets.STYLES, "styles/site.css")
BEGIN = "scripts/begin.js"
#: Files of the site that are made of several, so that less is asked for.
BUNDLES = {"page.js": (*assets.FOUNDATION, *assets.TABLES, "scripts/page.js"), "map.js": assets.MAP}
#: Dots of the pictures that pages and links to them show.
PICTURE = (1200, 630)


def write_site(
    assessment: "Assessment",
    folder: Path,
    *,
    publication: "Publication | None" = None,
    comparison: "Comparison | None" = None,
    trials: "tuple[TrialReport, ...]" = (),
    address: str = "",
    stills: bool = True,
    alone: str = "",
    home: str = "",
    steps: Steps | None = None,
    beside: Mapping[str, FileTask] | None = None,
) -> Path:
    """Write the pages of an assessment: they open from disk, and ask for nothing from outside.

    The start page in the workspace's first language is ``index.html``, in the others
    ``<language>.html``; what the pages share lies in ``assets/``.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    folder
        Where to; made when it is not there. Files of the same names are replaced.
    publication
        What residents said, as the privacy gate let it go; a page and map layers of its own.
    comparison
        The district before (``assessment``) and after a scenario; a page of its own, with a swipe on its map.
    trials
        What is and was tried on the ground; a page of all, and one of each.
    address
        Where the site will be (``https://…``), for previews of links to it.
    stills
        Whether each profile's map is drawn as a picture too.
    alone
        The key of the one kind of page that is made, such as ``scenarios``: an assessment of minutes alone has no more.
    home
        Where the district's own pages are, which a kind made alone leads to; empty for none.
    steps
        Takes pages and stills that were kept, and keeps those that are made; without it all are made.
    beside
        Further steps that are done side by side with the drawing, such as making tables; their files go into the
        folder that ``folder`` lies in.

    Returns
    -------
    Path
        The page to open.
    """
    workspace, languages = assessment.workspace, assessment.workspace.district.languages
    targets = assessment.summary.get("targets", {})
    assessment = _without_site(assessment, address)
    for name in (*STYLES, BEGIN, assets.LEAFLET, *embed.SCRIPTS, *assets.BESIDE):
        target = folder / "assets" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(assets.asset(name), target)
    for theme in THEMES:
        _write(folder / "assets" / "styles" / f"{theme}.css", theme_style(theme))
    shutil.copyfile(assets.asset(ICON), folder / "assets" / ICON)
    for dots in SIZES if address else ():
        (folder / "assets" / icon_name(dots)).write_bytes(icon_png(dots))
    for name, asset in embed.FOR_HOSTS.items():
        shutil.copyfile(assets.asset(asset), folder / name)
    for name, bundled in BUNDLES.items():
        _write(folder / "assets" / name, "\n".join(assets.asset(one).read_text(encoding="utf-8") for one in bundled))
    picture, steps, beside = Picture.of_pixels(*PICTURE), steps or Steps("", keep=False), beside or {}
    marked = assessment.inputs.with_workspace(with_marks(assessment.workspace))
    bare = without_targets(replace(assessment, inputs=marked))
    parts = SiteParts(bare, publication, comparison, trials, not alone, stills, alone, home)
    contents = map_contents(parts, steps)
    _write(folder / "assets" / "map-data.js", f"tesoma.data = {map_data_at_once(contents)};\n")
    (folder / "assets" / "data").mkdir(exist_ok=True)
    for name, script in later_parts(contents):
        _write(folder / "assets" / "data" / name, script)
    shown = _without_answers(assessment)
    drawn = still_tasks(shown, languages, picture, cards=bool(address), steps=steps) if stills else {}
    tasks: dict[str, Task[Any]] = {**beside, **{f"stills {profile}": task for profile, task in drawn.items()}}
    spoken = {tag: replace(parts, assessment=in_language(bare, tag)) for tag in languages}
    scripts = {f"{MAP_SCRIPT}{tag}": script_task(spoken[tag], contents, tag) for tag in languages}
    made = steps.take_all({**tasks, **tasks_of_kinds(spoken, contents), **scripts})
    for step in (*tasks, *scripts):
        if step in beside:
            _write_files(folder.parent, with_credits(made[step], workspace))
        else:
            _write_files(folder / "assets", made[step])
    last: dict[str, FileTask] = {}
    for language in languages:
        of_kinds = {key: some for step in steps_of(language) for key, some in made[step].items()}
        pages_made = [steps.keys.get(step) for step in steps_of(language)]
        last[f"{PAGES}{language}"] = (
            {**given_to(spoken[language]), "address": address, "tag": language, "pages": pages_made},
            partial(_language, spoken[language], contents, language, address, of_kinds),
        )
    for step, files in steps.take_all(last).items():
        _write_files(folder, complete(files, workspace, step.removeprefix(PAGES), targets))
    if alone:
        first = folder / file_name(alone, languages[0], languages[0])
        shutil.copyfile(first, folder / "index.html")
    return folder / "index.html"


def _without_site(assessment: "Assessment", address: str) -> "Assessment":
    """An assessment whose workspace says nothing of the site but what files beside the pages need: who made them."""
    workspace, _ = assessment.workspace, assessment.inputs.ground  # found once for both
    site = Site(author=workspace.site.author) if address else Site()
    return replace(assessment, inputs=assessment.inputs.with_workspace(workspace.model_copy(update={"site": site})))


def _without_answers(assessment: "Assessment") -> "Assessment":
    """An assessment as stills have it: what residents said is not on them, nor whom to credit for it."""
    inputs = copy(assessment.inputs)
    reports = tuple(report for report in inputs.reports if report.key.split(".")[0] != SURVEY)
    object.__setattr__(inputs, "reports", reports)
    return replace(assessment, inputs=inputs)


def _write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)


def _language(
    parts: SiteParts,
    contents: tuple[Content, ...],
    language: Language,
    address: str,
    made: Mapping[str, list[Page]],
) -> dict[str, bytes]:
    """The pages of one language, and its words for the map: file → bytes."""
    assessment, pictures = parts.assessment, parts.pictures(language)
    every = pages(parts, contents, language, made)
    catalogue = catalogue_of(assessment.workspace, language)
    files = {
        page.file: _document(assessment, embed.with_address(page, catalogue, address), pictures, address)
        for page in every
    }
    if address:
        files[f"app-{language}.webmanifest"] = _app_manifest(every[0])
        for page in (every[0], *(page for page in every if page.profile)):
            shown = _shown_by_links(_picture(page, pictures), address)
            files[oembed_file(page)] = oembed(assessment, page, every[0], address, shown, PICTURE)
    return {name: content.encode("utf-8") for name, content in files.items()}


def _document(assessment: "Assessment", page: Page, pictures: Mapping[str, str], address: str) -> str:
    """A page as a file."""
    languages = assessment.workspace.district.languages
    others = [other for other in languages if other != page.language]
    return assets.rendered(
        "document.html.j2",
        page=page,
        styles=STYLES,
        begin=BEGIN,
        themes=THEMES if page.key == "embed" else (),
        scripts=_scripts(page),
        frames=page.frames,
        address=address.rstrip("/"),
        sheet=_told_on_paper(assessment, page, address.rstrip("/")),
        picture=_shown_by_links(_picture(page, pictures), address),
        picture_size=PICTURE,
        manifest=f"app-{page.language}.webmanifest",
        bookmark=icon_name(BOOKMARK),
        oembed=oembed_file(page),
        others=[{"language": other, "file": page.in_language(other, languages[0])} for other in others],
    )


def _told_on_paper(assessment: "Assessment", page: Page, address: str) -> list[str]:
    """What a printed page says first: where it is, if anywhere, and of which day its newest data is."""
    newest = newest_day(assessment, catalogue_of(assessment.workspace, page.language))
    return [*([f"{address}/{page.file}"] if address else []), *newest]


def _picture(page: Page, pictures: Mapping[str, str]) -> str | None:
    """The still of a page: of its way of moving, else of the first."""
    return pictures.get(page.profile or next(iter(pictures), ""))


def _shown_by_links(still: str | None, address: str) -> str | None:
    """The picture that a link to a page shows: one number, large; the page's still where the site has no address."""
    if not still or not address:
        return still
    folder, _, name = still.rpartition("/")
    return f"{folder}/{card_name(name)}"


def _app_manifest(start: Page) -> str:
    """What a phone needs to keep the site among its apps; a page opened from disk has no use for it."""
    content = {
        "name": start.title,
        "short_name": start.title.partition(":")[0],
        "lang": start.language,
        "start_url": start.file,
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#51127c",
        "icons": [
            {"src": f"assets/{ICON}", "sizes": "any", "type": "image/svg+xml"},
            *(
                {
                    "src": f"assets/{icon_name(dots)}",
                    "sizes": f"{dots}x{dots}",
                    "type": "image/png",
                    "purpose": "any maskable",
                }
                for dots in SIZES
            ),
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def write_statement(
    assessment: "Assessment",
    folder: Path,
    examination: Examination,
    *,
    publication: "Publication | None" = None,
    trials: "tuple[TrialReport, ...]" = (),
    address: str = "",
) -> None:
    """Write the accessibility statement anew, with what a program found of the pages of the site.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    folder
        Of the site that was examined.
    examination
        What was found.
    publication
        What residents said, as the site has it.
    trials
        What is and was tried, as the site has it.
    address
        Where the site will be.
    """
    workspace = assessment.workspace
    for language in workspace.district.languages:
        page = statement(assessment, language, examination, publication, trials)
        document = _document(assessment, page, SiteParts(assessment, stills=True).pictures(language), address)
        _write(folder / page.file, completed(document, workspace, language, {}))


def write_single(
    assessment: "Assessment",
    path: Path,
    *,
    publication: "Publication | None" = None,
    comparison: "Comparison | None" = None,
) -> None:
    """Write all pages in all languages as one file, for e-mail and for opening from disk.

    Its scripts and styles are inside and named by their hashes in its Content-Security-Policy, so that
    nothing else in it can run.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    path
        The file to write.
    publication
        What residents said, as the privacy gate let it go.
    comparison
        The district before and after a scenario.
    """
    languages = assessment.workspace.district.languages
    contents = layers.contents(assessment, publication, comparison)
    workspace = assessment.workspace
    made = [
        replace(page, body=completed(page.body, workspace, language, assessment.summary["targets"]))
        for language in languages
        for page in pages(SiteParts(assessment, publication, comparison), contents, language)
    ]
    starts = ",\n".join(
        f"{script_json(language)}: function () {{ {map_script(assessment, contents, language)} }}"
        for language in languages
    )
    scripts = [
        *(assets.inlined(name) for name in (*assets.SCRIPTS, *assets.TABLES)),
        f"window.tesoma.starts = {{ {starts} }};",
        assets.inlined("scripts/single.js"),
    ]
    styles = [assets.inlined(name) for name in STYLES]
    _write(
        path,
        assets.rendered(
            "single.html.j2",
            first=made[0],
            pages=made,
            licence=assets.asset("vendor/leaflet/LICENSE").read_text(encoding="utf-8"),
            styles=styles,
            scripts=scripts,
            style_hashes=[_source_hash(style) for style in styles],
            script_hashes=[_source_hash(script) for script in scripts],
            data=map_data(contents),
        ),
    )


def _scripts(page: Page) -> list[str]:
    """What a page needs beside its text, in this order."""
    if not page.has_map:
        return ["page.js", *page.scripts]
    return ["page.js", assets.LEAFLET, "map-data.js", "map.js", *page.scripts, f"map-{page.language}.js"]


def _source_hash(content: str) -> str:
    """A script or style as a Content-Security-Policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode("ascii")


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8", newline="\n")
