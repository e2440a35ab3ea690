"""The site: a page a language with the map, the figures behind it, the method and the sources."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tesoma_geo.render import assets, facts, layers
from tesoma_geo.render.i18n import Words, words
from tesoma_geo.render.webmap import band_classes, band_labels, composed, map_data
from tesoma_geo.tables import LeftOut
from tesoma_geo.workspace import Language

if TYPE_CHECKING:
    from tesoma_geo.access.assess import Assessment

STYLES = (*assets.STYLES, "styles/site.css")


@dataclass(frozen=True)
class _Line:
    text: str
    language: str


def write_site(assessment: "Assessment", folder: Path) -> Path:
    """Write the pages of an assessment: they open from disk, and ask for nothing from outside.

    The page in the workspace's first language is ``index.html``, the others ``<language>.html``;
    what they share lies in ``assets/``.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    folder
        Where to; made when it is not there. Files of the same names are replaced.

    Returns
    -------
    Path
        The page to open.
    """
    languages = assessment.workspace.district.languages
    files = {language: "index.html" if language == languages[0] else f"{language}.html" for language in languages}
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*STYLES, *assets.SCRIPTS, *assets.BESIDE):
        target = folder / "assets" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(assets.asset(name), target)
    contents = layers.contents(assessment)
    _write(folder / "assets" / "map-data.js", f"window.tesoma = {{ data: {map_data(contents)} }};\n")
    for language, file in files.items():
        text = words(language)
        parts = composed(assessment, contents, language).parts()
        _write(folder / "assets" / f"map-{language}.js", parts.script.strip() + "\n")
        page = assets.rendered("page.html.j2", map_html=parts.html, **_page(assessment, text, files))
        _write(folder / file, page)
    return folder / files[languages[0]]


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8", newline="\n")


def _page(assessment: "Assessment", text: Words, files: dict[Language, str]) -> dict[str, Any]:
    workspace = assessment.workspace
    hub, cutoffs = text.of(workspace.hub.name), workspace.access.cutoffs_min
    reaches = facts.reaches(assessment)
    headline = facts.headline_cutoff(assessment)
    bands = band_classes(len(cutoffs))
    return {
        "t": text,
        "hub": hub,
        "district": text.of(workspace.district.name),
        "made_up": workspace.district.made_up,
        "languages": [
            {"language": language, "file": file, "name": words(language)("language.name")}
            for language, file in files.items()
        ],
        "styles": STYLES,
        "scripts": assets.SCRIPTS,
        "cutoffs": cutoffs,
        "bands": bands,
        "band_labels": band_labels(text, cutoffs),
        "cards": [{"profile": reach.profile, "sentence": facts.card(text, reach, hub, headline)} for reach in reaches],
        "residents": reaches[0].residents if reaches else 0,
        "profiles": [reach.profile for reach in reaches],
        "reach": [_reach_row(text, reach, bands) for reach in reaches],
        "areas": facts.area_reaches(assessment),
        "kinds": facts.kind_reaches(assessment),
        "services_within_min": workspace.access.services_within_min,
        "services": _services(assessment, [reach.profile for reach in reaches]),
        "method": [
            text(f"method.{topic}", cell=text.number(workspace.population.cell_m, 1), hub=hub)
            for topic in ("streets", "homes", "times", "limits")
        ],
        "left_out": [left_out_line(text, item, facts.profiles(assessment)) for item in assessment.left_out],
        "not_served": assessment.not_served,
        "sources": [
            {
                "name": text.named("section", report.key.split(".")[0]),
                "file": report.path.name,
                "date": report.date,
                "licence": report.licence,
            }
            for report in assessment.reports
        ],
    }


def _reach_row(text: Words, reach: facts.Reach, bands: list[str]) -> dict[str, Any]:
    widths = [1000 * reach.share(count) for count in reach.bands]
    starts = np.cumsum([0.0, *widths[:-1]])
    return {
        "name": text.named("profile", reach.profile),
        "within": [(count, reach.share(count)) for count in reach.within.values()],
        "median_min": reach.median_min,
        "p90_min": reach.p90_min,
        "unreachable": reach.unreachable,
        "reasons": [(text.named("reason", reason), count) for reason, count in reach.reasons.items()],
        "parts": [
            {"colour": colour, "start": round(float(start), 1), "width": round(width, 1)}
            for colour, start, width in zip(bands, starts, widths, strict=True)
            if width
        ],
    }


def _services(assessment: "Assessment", profiles: list[str]) -> list[dict[str, Any]]:
    table = assessment.services
    if table.empty:
        return []
    minutes = table[[f"{profile}_from_hub_s" for profile in profiles]].to_numpy(float) / 60
    rows = [
        {"name": None if pd.isna(name) else str(name), "kind": kind, "minutes": list(row)}
        for name, kind, row in zip(table["name"], table["kind"], minutes, strict=True)
    ]
    return sorted(rows, key=lambda row: (row["kind"], row["minutes"][0], row["name"] or ""))


def left_out_line(text: Words, item: LeftOut, profiles: list[str]) -> _Line:
    """What was left out, in the page's language where the catalogue has the reason, else in English.

    A reason may begin with the profile that it is about (``walk: …``); the catalogue has ``{n}``
    where a reason has a number.
    """
    named, _, rest = item.reason.partition(": ")
    who, reason = (text.named("profile", named), rest) if named in profiles else ("", item.reason)
    numbers = re.findall(r"\b\d+\b", reason)
    what, key = f"left_out.what.{item.what}", "left_out.reason." + re.sub(r"\b\d+\b", "{n}", reason)
    if not (text.knows(what) and text.knows(key)):
        return _Line(str(item), "en")
    # Names tell a reader something, ids do not.
    names = [example for example in item.examples if not any(sign.isdigit() for sign in example)]
    examples = f" ({', '.join(names)})" if names else ""
    told = f"{text(what)}: {text.number(item.count)} – {text(key, n=numbers[0] if numbers else '')}{examples}"
    return _Line(f"{who}. {told}" if who else told, text.language)
