"""A headless Chromium without a network, and the sites that it opens from disk."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Request, sync_playwright
from watched import DESKTOP, INJECTIONS, QUIET, Watch, Watched

import tesoma_geo as tg
from tesoma_geo.render import write_site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("TESOMA_GEO_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium: install the package chromium, or name one in TESOMA_GEO_CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    """A page of a given size and colour scheme, without a network; what it should not do is kept."""
    contexts = []

    def opened(size: tuple[int, int] = DESKTOP, dark: bool = False, script: bool = True) -> Watched:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            offline=True,
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            has_touch=size[0] < 500,
        )
        contexts.append(context)
        watched = Watched(context.new_page())

        def request(made: Request) -> None:
            if not made.url.startswith(("file:", "data:")):
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

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def assessment(sample_workspace: Path) -> tg.Assessment:
    return tg.assess(sample_workspace)


@pytest.fixture(scope="session")
def site(assessment: tg.Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the bundled sample."""
    return write_site(assessment, tmp_path_factory.mktemp("site")).parent


@pytest.fixture(scope="session")
def hostile(assessment: tg.Assessment) -> tg.Assessment:
    """The sample with injections for every name that data and workspace can carry."""

    def named(table: gpd.GeoDataFrame, column: str, shift: int = 0) -> gpd.GeoDataFrame:
        texts = [INJECTIONS[(row + shift) % len(INJECTIONS)] for row in range(len(table))]
        return table.assign(**{column: texts})

    workspace = assessment.workspace
    district = workspace.district.model_copy(update={"name": dict.fromkeys(("fi", "sv", "en"), INJECTIONS[1])})
    hub = workspace.hub.model_copy(update={"name": dict.fromkeys(("fi", "sv", "en"), "".join(INJECTIONS))})
    kinds = dict(zip(assessment.services["kind"].unique(), INJECTIONS, strict=False))
    services = named(assessment.services, "name").assign(kind=assessment.services["kind"].map(kinds))
    inputs = replace(
        assessment.inputs,
        workspace=workspace.model_copy(update={"district": district, "hub": hub}),
        district=named(assessment.district, "name", 1),
        water=named(assessment.water, "name", 2),
        reports=tuple(
            replace(report, licence=INJECTIONS[row % len(INJECTIONS)], path=Path(INJECTIONS[(row + 5) % 8]))
            for row, report in enumerate(assessment.reports)
        ),
    )
    figures = {kinds[kind]: row for kind, row in assessment.summary["services"].items()}
    return replace(
        assessment,
        inputs=inputs,
        services=services,
        streets=named(assessment.streets, "name", 3),
        summary={**assessment.summary, "services": figures},
        left_out=tuple(replace(item, reason=INJECTIONS[0], examples=INJECTIONS[2:5]) for item in assessment.left_out),
    )
