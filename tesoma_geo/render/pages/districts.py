"""The page of a batch: districts, or places for a hub, on a map and in order; those without figures with the reason."""

from collections.abc import Iterator, Sequence

import geopandas as gpd
import numpy as np

from tesoma_geo import command_columns
from tesoma_geo.batch.tasks import Task
from tesoma_geo.render.figures.credits import dated_credits, day_lines
from tesoma_geo.render.figures.headline import headline_of
from tesoma_geo.render.map.districts import Way, district_map
from tesoma_geo.render.map.folium_map import MapParts
from tesoma_geo.render.map.packed_data import map_data
from tesoma_geo.render.pages.batch_credits import BatchLayers, days, licences
from tesoma_geo.render.pages.batch_figures import BatchFigures, batch_figures
from tesoma_geo.render.pages.batch_tables import batch_tables, within_column
from tesoma_geo.render.pages.site_context import Page
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import Catalogue, catalogue_of
from tesoma_geo.render.text.file_names import file_name
from tesoma_geo.render.text.ranges import unbroken
from tesoma_geo.render.text.reasons import reason_told
from tesoma_geo.render.text.terms import by_way

STYLES = (*assets.STYLES, "styles/site.css")
BEGIN = "scripts/begin.js"
#: So many places for a hub are named as the best; more are counted.
BEST = 3
#: Files that are made of several, so that less is asked for.
BUNDLES = {
    "page.js": (*assets.FOUNDATION, *assets.TABLES, "scripts/page.js"),
    "map.js": assets.DISTRICTS_MAP,
}


def district_pages(tasks: Sequence[Task], table: gpd.GeoDataFrame) -> dict[str, bytes]:
    """The page of a batch in the languages of its first workspace, and what it needs: it opens from disk.

    Parameters
    ----------
    tasks
        The districts.
    table
        ``command_columns.BATCH``, a row a district.

    Returns
    -------
    dict
        File → bytes; the page in the first language is ``index.html``.
    """
    figures = batch_figures(tasks, table)
    languages = figures.workspace.district.languages
    files = {f"assets/{name}": assets.asset(name).read_bytes() for name in (*STYLES, BEGIN, assets.LEAFLET)}
    files |= {f"assets/{name}": assets.asset(name).read_bytes() for name in assets.BESIDE}
    files["assets/icon.svg"] = assets.asset("icon.svg").read_bytes()
    for name, parts in BUNDLES.items():
        joined = "\n".join(assets.asset(part).read_text(encoding="utf-8") for part in parts)
        files[f"assets/{name}"] = joined.encode("utf-8")
    files["assets/map-data.js"] = f"tesoma.data = {map_data(figures.contents)};\n".encode()
    for language in languages:
        catalogue = catalogue_of(figures.workspace, language)
        made = _map(figures, catalogue) if figures.profiles else None
        if made is not None:
            files[f"assets/map-{language}.js"] = f"{made.script.strip()}\n".encode()
        page = _page(figures, catalogue, made)
        files[page.file] = _document(page, languages).encode("utf-8")
    return files


def _map(figures: BatchFigures, catalogue: Catalogue) -> MapParts:
    headline = headline_of(figures.cutoffs)
    return district_map(
        figures.table, figures.contents, [_way(figures, profile, catalogue) for profile in figures.profiles],
        figures.cutoffs, headline, catalogue,
        credited=[*licences(figures.workspace), *day_lines(catalogue, days(figures.workspace))],
        made_up=figures.workspace.district.made_up, area=figures.area,
    )  # fmt: skip


def _way(figures: BatchFigures, profile: str, catalogue: Catalogue) -> Way:
    """A way of moving: residents within the first cutoff, and districts by the bands of the legend."""
    found = figures.of(profile)
    median = found[command_columns.BATCH_MEDIAN_MIN.of(profile)].to_numpy(float)
    band = np.searchsorted(np.asarray(figures.cutoffs, float), median)  # NaN goes beyond the last
    bands = np.bincount(
        np.where(np.isfinite(median), band, len(figures.cutoffs) + 1), minlength=len(figures.cutoffs) + 2
    )
    texts = {f"band-{number}": catalogue.number(int(districts)) for number, districts in enumerate(bands)}
    return Way(
        profile,
        catalogue.named("profile", profile),
        _share(figures, profile),
        texts,
        tuple(np.flatnonzero(bands).tolist()),
    )


def _share(figures: BatchFigures, profile: str) -> float:
    """Residents within the first cutoff of the hub of their district, from 0 to 1; of places for one, at the best."""
    found, name = figures.of(profile), within_column(profile, headline_of(figures.cutoffs))
    people = found["population"].fillna(0.0).to_numpy(float)
    if name not in found or not people.sum():
        return 0.0
    shares = found[name].fillna(0.0).to_numpy(float)
    return float(shares.max() if figures.of_hubs else people @ shares / people.sum())


def _page(figures: BatchFigures, catalogue: Catalogue, made: MapParts | None) -> Page:
    workspace, languages = figures.workspace, figures.workspace.district.languages
    failed = figures.table[figures.table["reason"] != ""]
    tables = list(batch_tables(figures, catalogue))
    words, one = figures.words, "_one" if len(figures.table) == 1 else ""
    title, description = catalogue(f"{words}.title{one}"), catalogue(f"{words}.description")
    markup = assets.rendered(
        "pages/districts.html.j2",
        t=catalogue,
        words=words,
        title=title,
        place=_place(figures, catalogue),
        ranking=catalogue(f"{words}.ranking" if not one else "districts.ranking_one"),
        in_order=not one,
        headline=_headline(figures, catalogue),
        ends=_ends(figures, catalogue),
        method_file="",
        map_html="" if made is None else made.html,
        tables=tables,
        dashes=any(table.has_dash for table in tables),
        without=len(failed),
        failed=_failed(failed, catalogue),
        centred=figures.centred,
        timetable=workspace.transit is not None,
        made_up=workspace.district.made_up,
        credits=dated_credits(BatchLayers(workspace), catalogue),
        whence_rows=list(_whence(figures, catalogue)),
        contact_at=workspace.site,
        languages=[
            {
                "language": other,
                "file": file_name("start", other, languages[0]),
                "name": catalogue_of(workspace, other)("language.name"),
            }
            for other in languages
        ],
    )
    file = file_name("start", catalogue.language, languages[0])
    return Page("start", catalogue.language, file, title, description, unbroken(markup), has_map=made is not None)


def _place(figures: BatchFigures, catalogue: Catalogue) -> str:
    """What holds all districts, or the only one; empty where each has a workspace of its own."""
    if len(figures.table) == 1 and not figures.of_hubs:
        return str(figures.table["name"].iloc[0])
    return catalogue.of(figures.workspace.district.name) if figures.together else ""


def _whence(figures: BatchFigures, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Where the figures of each way of moving stand, and why a district has none."""
    of = command_columns
    for profile in figures.profiles:
        limits = (within_column(profile, minutes) for minutes in figures.cutoffs)
        columns = (
            of.BATCH_MEDIAN_MIN.of(profile),
            of.BATCH_P90_MIN.of(profile),
            *limits,
            of.BATCH_UNREACHABLE.of(profile),
        )
        yield catalogue.named("profile", profile), f"summary.csv: {', '.join(columns)}"
    if not figures.table["reason"].eq("").all():
        yield catalogue(f"{figures.words}.failed"), "summary.csv: reason"


def _failed(failed: gpd.GeoDataFrame, catalogue: Catalogue) -> list[tuple[str, str, list[str]]]:
    """Reasons, the program's own words where the reason is not a known one, and the names of the districts."""
    told = {reason: reason_told(catalogue, reason) for reason in failed["reason"]}
    by_words = failed.groupby(failed["reason"].map(lambda reason: told[reason] or reason), sort=True)["name"]
    known, other = set(told.values()), catalogue("reason.other")
    rows = [
        (words, "", sorted(names)) if words in known else (other, words, sorted(names)) for words, names in by_words
    ]
    return sorted(rows, key=lambda row: row[1] != "")


def _headline(figures: BatchFigures, catalogue: Catalogue) -> str:
    """By the first way of moving: in how many districts half of the residents are near, or which place is best."""
    words = figures.words
    if not figures.profiles:
        return catalogue(f"{words}.none", n=catalogue.number(len(figures.table)))
    profile, headline = figures.profiles[0], headline_of(figures.cutoffs)
    by, median = by_way(catalogue, profile), figures.of(profile)[command_columns.BATCH_MEDIAN_MIN.of(profile)]
    if len(figures.table) == 1:
        (only,), name = median, figures.table["name"].iloc[0]
        never = "" if np.isfinite(only) else "_never"
        return catalogue(f"{words}.headline_one{never}", by=by, name=name, time=catalogue.minutes(only))
    if figures.of_hubs:
        return _best_hub(figures, catalogue)
    near = median <= headline
    return catalogue(
        "districts.headline", by=by, n=catalogue.number(int(near.sum())),
        all=catalogue.number(len(median)), m=catalogue.number(headline, 1),
    )  # fmt: skip


def _best_hub(figures: BatchFigures, catalogue: Catalogue) -> str:
    """The places for the hub where half of the residents are soonest: all that are told with the same minutes."""
    profile = figures.profiles[0]
    found, by = figures.of(profile), by_way(catalogue, profile)
    median, every = found[command_columns.BATCH_MEDIAN_MIN.of(profile)], catalogue.number(len(found))
    if not np.isfinite(median.iloc[0]):
        return catalogue("hub_table.headline_never", by=by, n=every)
    told = [catalogue.minutes(time) for time in median]
    best = [name for name, time in zip(found["name"], told, strict=True) if time == told[0]]
    few = len(best) <= BEST
    names = catalogue.joined(best) if few else catalogue.number(len(best))
    return catalogue(
        "hub_table.headline" if few else "hub_table.headline_many", by=by, first=names, fast=told[0], all=every
    )


def _ends(figures: BatchFigures, catalogue: Catalogue) -> str:
    """Where half of the residents are there soonest and where latest; empty where no two rows tell."""
    if not figures.profiles:
        return ""
    column = command_columns.BATCH_MEDIAN_MIN.of(figures.profiles[0])
    found = figures.of(figures.profiles[0])
    known = found[np.isfinite(found[column].to_numpy(float))]
    if len(known) < 2:
        return ""
    first, last = known.iloc[0], known.iloc[-1]
    fast, slow = catalogue.minutes(first[column]), catalogue.minutes(last[column])
    if figures.of_hubs and fast == slow:
        return ""
    return catalogue(f"{figures.words}.ends", first=first["name"], fast=fast, last=last["name"], slow=slow)


def _document(page: Page, languages: Sequence[str]) -> str:
    scripts = ["page.js"]
    if page.has_map:
        scripts += [assets.LEAFLET, "map-data.js", "map.js", f"map-{page.language}.js"]
    others = [
        {"language": other, "file": file_name("start", other, languages[0])}
        for other in languages
        if other != page.language
    ]
    return assets.rendered(
        "document.html.j2", page=page, styles=STYLES, begin=BEGIN, scripts=scripts, frames=False, address="",
        picture=None, picture_size=(0, 0), others=others,
    )  # fmt: skip
