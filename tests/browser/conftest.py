"""A headless Chromium without a network, and the sites that it opens from disk."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from injections import INJECTIONS
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, sync_playwright
from shapely import Point, box
from watched import DESKTOP, PATIENCE_S, QUIET, Watch, Watched

import tesoma_geo as tg
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.pages.write import write_site
from tests.assessed import folder_once, sample_assessment, tesoma_assessment

__all__ = ["sample_assessment", "tesoma_assessment"]

#: A context that runs scripts or not, with touch or without.
Contexts = Callable[[bool, bool], BrowserContext]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("TESOMA_GEO_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium: install the package chromium, or name one in TESOMA_GEO_CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(QUIET), timeout=1000 * PATIENCE_S)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Contexts]:
    """Contexts without a network, one a kind in a run: a page of its own costs half of what a context does.

    Each holds a page from disk, whose process the pages of all tests are drawn in. Nothing is left behind in it:
    pages from disk store nothing, and size, colours and scripts are those of a page.
    """
    made: dict[tuple[bool, bool], BrowserContext] = {}
    held = tmp_path_factory.mktemp("held") / "page.html"
    held.write_text("<!doctype html><title>held</title>", encoding="utf-8")

    def context(script: bool, touch: bool) -> BrowserContext:
        if (script, touch) not in made:
            new = browser.new_context(offline=True, java_script_enabled=script, has_touch=touch)
            new.set_default_timeout(1000 * PATIENCE_S)
            new.new_page().goto(held.as_uri())
            made[script, touch] = new
        return made[script, touch]

    yield context
    for one in made.values():
        one.close()


@pytest.fixture
def watch(browser: Browser, contexts: Contexts) -> Iterator[Watch]:
    """A page of a given size and colour scheme, without a network; what it should not do is kept."""
    opened: list[Page | BrowserContext] = []

    def new_page(origin: str, script: bool, touch: bool) -> Page:
        if not origin:
            page = contexts(script, touch).new_page()
            opened.append(page)
            return page
        context = browser.new_context(java_script_enabled=script, has_touch=touch)
        context.set_default_timeout(1000 * PATIENCE_S)
        opened.append(context)
        return context.new_page()

    def watched_page(
        size: tuple[int, int] = DESKTOP,
        dark: bool = False,
        script: bool = True,
        origin: str = "",
        touch: bool | None = None,
    ) -> Watched:
        watched = Watched(new_page(origin, script, size[0] < 500 if touch is None else touch))
        watched.page.set_viewport_size({"width": size[0], "height": size[1]})
        watched.page.emulate_media(color_scheme="dark" if dark else "light")

        def request(made: Request) -> None:
            if not made.url.startswith(("file:", "data:", "blob:", *([origin] if origin else []))):
                watched.faults.append(f"request {made.url}")

        def message(told: ConsoleMessage) -> None:
            watched.faults.append(f"console {told.type}: {told.text}")

        def dialog(shown: Dialog) -> None:
            watched.faults.append(f"dialog {shown.message}")
            shown.dismiss()

        watched.page.on("request", request)
        watched.page.on("console", message)
        watched.page.on("dialog", dialog)
        watched.page.on("pageerror", lambda error: watched.faults.append(f"error {error}"))
        watched.page.on("requestfailed", lambda failed: watched.faults.append(f"failed {failed.url}"))
        return watched

    yield watched_page
    for one in opened:
        one.close()


@pytest.fixture(scope="session")
def assessment(sample_assessment: tg.Assessment) -> tg.Assessment:
    return sample_assessment


@pytest.fixture(scope="session")
def site(assessment: tg.Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the bundled sample."""

    def write(folder: Path) -> None:
        write_site(assessment, folder, publication=published(assessment.inputs, who="tests"))

    return folder_once(tmp_path_factory, "site", write)


@dataclass(frozen=True)
class Gate:
    """A publication as the privacy gate lets it go: the part that pages read."""

    features: gpd.GeoDataFrame
    tables: dict[str, Any]
    k: int = 5
    noise: None = None


@pytest.fixture(scope="session")
def hostile_voices() -> Gate:
    """Residents who said every injection: as kind, topic, category, text and quote."""
    texts = list(INJECTIONS)
    count = len(texts)
    east = np.linspace(23.615, 23.64, count)
    cells = [box(x, 61.503, x + 0.003, 61.5045) for x in east]
    points = [Point(x, 61.507) for x in east]
    kinds = [texts[row % 5] for row in range(count)]
    features = gpd.GeoDataFrame(
        {
            "type": ["cell"] * count + ["shown"] * count,
            "kind": kinds + kinds,
            "topic": texts + [None] * count,
            "voices": [6.0] * count + [np.nan] * count,
            "category": [None] * count + texts,
            "text": [None] * count + texts[::-1],
            "themes": [None] * count + texts,
        },
        geometry=cells + points,
        crs="EPSG:4326",
    )
    by_topic = [{"kind": kind, "topic": topic, "voices": 6} for kind, topic in zip(kinds, texts, strict=True)]
    quotes = [{"kind": "place", "category": None, "text": text, "language": text} for text in texts]
    groups = [{"group": text, "respondents": 5} for text in texts]
    crowds = [
        {"kind": text, "category": text, "respondents": 5, "place": [x, 61.505], "hot": True}
        for x, text in zip(east, texts, strict=True)
    ]
    findings = {"crowds": crowds, "hot_spots": {"cell_m": 250.0, "hot": 1, "cells": 9}}
    people = {"age_groups": groups, "roles": groups, "areas": groups}
    return Gate(features, {"by_topic": by_topic, "quotes": quotes, "findings": findings, **people})


@pytest.fixture(scope="session")
def hostile(assessment: tg.Assessment) -> tg.Assessment:
    """The sample with every injection in every name that data and workspace can carry."""

    def named(table: gpd.GeoDataFrame, column: str) -> gpd.GeoDataFrame:
        """At least a row an injection."""
        times = -(-len(INJECTIONS) // max(len(table), 1))
        longer = pd.concat([table] * times, ignore_index=True)
        texts = [INJECTIONS[row % len(INJECTIONS)] for row in range(len(longer))]
        return gpd.GeoDataFrame(longer.assign(**{column: texts}), geometry="geometry", crs=table.crs)

    def part(number: int, parts: int) -> str:
        """All injections dealt out to so many texts."""
        return " ".join(INJECTIONS[number::parts])

    def of_kinds(figures: Any) -> Any:
        """Figures whose names are those of kinds, or begin with one."""
        if not isinstance(figures, dict):
            return figures
        renamed = {}
        for name, figure in figures.items():
            kind = next((kind for kind in kinds if name == kind or name.startswith(f"{kind}_population")), "")
            renamed[kinds.get(kind, "") + name.removeprefix(kind)] = of_kinds(figure)
        return renamed

    everything = dict.fromkeys(("fi", "sv", "en"), "".join(INJECTIONS))
    workspace = assessment.workspace
    kind_names = assessment.services["kind"].unique()
    kinds = {kind: part(number, len(kind_names)) for number, kind in enumerate(kind_names)}
    ages = list(workspace.population.age_groups)
    age_names = {age: part(number, len(ages)) for number, age in enumerate(ages)}
    population = workspace.population.model_copy(update={"age_groups": dict.fromkeys(age_names.values(), "")})
    district = workspace.district.model_copy(update={"name": everything})
    hub = workspace.hub.model_copy(update={"name": everything})
    services = named(assessment.services, "name")
    areas = assessment.district.assign(
        name=[part(row, len(assessment.district)) for row in range(len(assessment.district))]
    )
    reports = assessment.reports
    inputs = replace(
        assessment.inputs,
        workspace=workspace.model_copy(update={"district": district, "hub": hub, "population": population}),
        district=areas,
        water=named(assessment.water, "name"),
        reports=tuple(
            replace(report, licence=part(row, len(reports)), path=Path("/" + part(row, len(reports)).replace("/", "∕")))
            for row, report in enumerate(reports)
        ),
    )
    lived = assessment.lived
    if lived is not None:
        lived = replace(lived, barriers=named(named(lived.barriers, "streets"), "category"))
    timed = assessment.transit_analysis
    if timed is not None:
        stops = named(timed.stops, "name")
        stops = stops.assign(**dict.fromkeys(("direct_lines", "first", "last"), stops["name"]))
        timed = replace(timed, stops=stops)
    left_out = [replace(assessment.left_out[0], reason=text, examples=(text,)) for text in INJECTIONS]
    return replace(
        assessment,
        inputs=inputs,
        origins=assessment.origins.rename(columns={f"age_{age}": f"age_{name}" for age, name in age_names.items()}),
        services=services.assign(kind=services["kind"].map(kinds)),
        streets=named(assessment.streets, "name"),
        summary=of_kinds(assessment.summary),
        left_out=tuple(left_out),
        lived=lived,
        transit_analysis=timed,
    )
