"""``tesoma-geo run``: the main job."""

import datetime
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.metrics import check_metrics_file, write_metrics
from tesoma_geo.cli.options import (
    console_options,
    json_option,
    open_workspace,
    out_folder,
    overwrite_option,
    workspace_option,
)
from tesoma_geo.cli.output import result_folder
from tesoma_geo.cli.show import show_json

if TYPE_CHECKING:
    from tesoma_geo._step_records import StepRecord
    from tesoma_geo._step_traces import StepTraces
    from tesoma_geo._steps import Steps
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.assessment.unchanged_run import RunTold, UnchangedRun
    from tesoma_geo.inputs.files_key import RunKeys
    from tesoma_geo.workspace import Workspace

#: Called with the name of a part that begins.
Progress = Callable[[str], None]
#: What is done where nothing but what is told of a former result changed.
WORDS = "targets, licences and words of the site"
#: Why, where none of these changed since the last run.
OTHER_FILE = "what is kept is of another workspace file"
#: What the parts of a run are called while they last, as in :func:`tesoma_geo.assess` the first.
READING = "reading the layers"
WRITING = "writing the results and drawing the pages"
#: The step that makes projects and the workbook, which name whom to credit.
CREDITED = "projects and workbook"


@dataclass(frozen=True)
class _ResultPlace:
    """Where the result of a workspace goes, and whether what it is made from is kept beside it, under which day."""

    workspace: "Workspace"
    out: Path
    overwrite: bool
    keeps_inputs: bool
    as_of: datetime.datetime | None

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """The empty folder to write the result into."""
        from tesoma_geo.follow_up.kept_inputs import KEPT, STORE, day_of, keep_inputs

        with result_folder(self.workspace, self.out, self.overwrite, "run") as draft:
            yield draft
            (draft / KEPT).unlink(missing_ok=True)  # what a former result, of which this is a copy, was made from
            if self.keeps_inputs:
                store = self.out.absolute().parent / STORE
                keep_inputs(self.workspace, draft, store, self.out, day_of(self.as_of))


@click.command("run")
@workspace_option
@out_folder("maps/results")
@overwrite_option
@click.option("--explain", is_flag=True, help="Tell which steps were done and which were kept, and why.")
@click.option("--no-cache", "anew", is_flag=True, help="Do every step anew, and keep none.")
@click.option("--keep-inputs", is_flag=True, help="Keep what it is made from, so that `trend` can assess it again.")
@click.option("--as-of", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]), help="The run's day.  [default: today]")
@click.option("--metrics", metavar="FILE", type=click.Path(path_type=Path),
              help="Write times, memory and counts for Prometheus, once the run succeeded.")  # fmt: skip
@json_option
@console_options
def command(
    workspace_file: Path | None,
    out: Path,
    overwrite: bool,
    explain: bool,
    anew: bool,
    keep_inputs: bool,
    as_of: datetime.datetime | None,
    metrics: Path | None,
    as_json: bool,
    console: Console,
) -> None:
    """Do the main job: everything the workspace asks for.

    Tells how well residents reach the hub, as tables, rasters and a map in one folder, which appears
    only when everything in it is complete. Prints the page to open, or with --json the summary.

    \b
    Examples:
      tesoma-geo run
      tesoma-geo run --workspace tampere/tesoma.toml --out tampere/results
      tesoma-geo run --overwrite --json > summary.json
    """
    from tesoma_geo._memory import MemoryWatch
    from tesoma_geo._step_records import Effort, note_steps, step_lines
    from tesoma_geo.inputs.files_key import run_keys

    began, watch = time.perf_counter(), MemoryWatch()
    workspace = open_workspace(workspace_file, console)
    if metrics is not None:
        check_metrics_file(metrics)
    place = _ResultPlace(workspace, out, overwrite, keep_inputs, as_of)
    keys = None if anew else run_keys(workspace)
    done = None
    with console.progress(explained=explain) as progress:
        if keys is not None:
            given = keys, place, progress
            done = _written_again(*given) or _told_anew(*given) or _retold(*given)
        if done is None:
            with compile_notice(console), place.folder() as draft:
                steps, assessment = _done(workspace, draft, progress, anew)
            done = _kept(assessment, steps, out, keys), steps.records
        told, records = done
        note_steps(records)  # those of a former result, too
    if metrics is not None:
        write_metrics(metrics, out, told, records, Effort(time.perf_counter() - began, watch.end()))
    for line in step_lines(records) if explain and not console.as_json else ():
        click.echo(line, err=True)
    for line in told.left_out:
        console.detail(line)
    if told.left_out:
        console.info(f"Left out: {len(told.left_out)} kinds of things, counted in {out / 'manifest.json'}")
    for line in told.doubts:
        console.info(f"Doubt: {line}")
    if as_json:
        show_json(json.loads((out / "summary.json").read_text(encoding="utf-8")))
    else:
        console.info("Open this page in a browser:")
        click.echo((out / "site" / "index.html").resolve())


def _written_again(
    keys: "RunKeys", place: _ResultPlace, progress: Progress
) -> "tuple[RunTold, list[StepRecord]] | None":
    """Write a former result of which nothing changed once more; None where there is none."""
    from tesoma_geo._step_records import UNCHANGED, StepRecord
    from tesoma_geo.assessment.said_otherwise import keep_drawn_with
    from tesoma_geo.assessment.unchanged_run import keep_run, unchanged_run, write_again

    former = unchanged_run(keys.whole)
    if former is None:
        return None
    _told_as_ever(progress)
    with place.folder() as draft:
        write_again(former, draft)
    keep_drawn_with(place.workspace, former, place.out)  # the former result may be gone the next time
    keep_run(keys, place.out, former.told, former.keys, former.given)
    _traces_of(former, place.workspace).finish()
    return former.told, [StepRecord(name, True, UNCHANGED, 0.0) for name in former.told.steps]


def _told_anew(keys: "RunKeys", place: _ResultPlace, progress: Progress) -> "tuple[RunTold, list[StepRecord]] | None":
    """Write a former result once more with targets, licences and words of the site of now; None without one."""
    from tesoma_geo._step_records import UNCHANGED, StepRecord
    from tesoma_geo.assessment.credited import credited_again, on_pictures
    from tesoma_geo.assessment.said_otherwise import keep_drawn_with, kept_files, kept_told, tell_again
    from tesoma_geo.assessment.unchanged_run import ALIKE, keep_run, unchanged_run, write_again
    from tesoma_geo.inputs.files_key import told_parts

    former = unchanged_run(keys.but_for_words, ALIKE)
    told = None if former is None else kept_told(former)
    if former is None or told is None:
        return None
    from tesoma_geo.render.pages.complete import PAGES, complete
    from tesoma_geo.render.text.credited_files import with_credits

    workspace = place.workspace
    desk = kept_files(former, CREDITED)
    kept = {language: kept_files(former, f"{PAGES}{language}") for language in workspace.district.languages}
    pages = {language: files for language, files in kept.items() if files is not None}
    if desk is None or len(pages) < len(kept):
        return None
    if on_pictures(told.layers) != on_pictures(credited_again(told.layers, workspace)):
        return None  # stills are drawn anew
    began = time.perf_counter()
    _told_as_ever(progress)
    with place.folder() as draft:
        write_again(former, draft)
        targets = tell_again(workspace, told, draft)
        for name, content in with_credits(desk, workspace).items():
            (draft / name).write_bytes(content)
        for language, files in pages.items():
            for name, content in complete(files, workspace, language, targets).items():
                (draft / "site" / name).write_bytes(content)
    keep_drawn_with(workspace, former, place.out)
    traces = _traces_of(former, workspace)
    why = traces.why(WORDS, told_parts(workspace), alike=OTHER_FILE)
    traces.finish()
    keep_run(keys, place.out, former.told, former.keys, traces.given)
    records = [StepRecord(name, True, UNCHANGED, 0.0) for name in former.told.steps]
    return former.told, [*records, StepRecord(WORDS, False, why, time.perf_counter() - began)]


def _traces_of(former: "UnchangedRun", workspace: "Workspace") -> "StepTraces":
    """What the steps of a former result were given, as those of this run."""
    from tesoma_geo._step_traces import StepTraces

    traces = StepTraces(str(workspace.path.resolve()))
    traces.note(former.given)
    return traces


def _retold(keys: "RunKeys", place: _ResultPlace, progress: Progress) -> "tuple[RunTold, list[StepRecord]] | None":
    """Tell a former result with other licences or another name of the hub; None where there is none to take."""
    from tesoma_geo.assessment.unchanged_run import RETOLD, keep_run, unchanged_run
    from tesoma_geo.inputs.files_key import told_parts
    from tesoma_geo.inputs.protected import register_file

    workspace = place.workspace
    former = None if register_file(workspace).exists() else unchanged_run(keys.but_for_retold, RETOLD)
    if former is None:  # trials are compared on streets, which are not kept
        return None
    from tesoma_geo._step_records import UNCHANGED, StepRecord
    from tesoma_geo._steps import Steps
    from tesoma_geo.assessment.finished import finished, keep_finished
    from tesoma_geo.assessment.retold import retold, write_figures_again
    from tesoma_geo.errors import InputError
    from tesoma_geo.render.desk.tables_task import credited_task
    from tesoma_geo.render.pages.write import write_site

    steps = Steps(str(workspace.path.resolve()))
    try:
        before = finished(Path(former.folder))
    except InputError:  # what is kept is damaged
        return None
    assessment, told = retold(before, workspace), former.told
    if before.workspace.hub.name != workspace.hub.name:
        told = replace(told, doubts=_doubts(assessment))
    public = assessment.inputs.publication
    _told_as_ever(progress)
    with place.folder() as draft:
        write_figures_again(former, assessment, draft)
        beside = {CREDITED: credited_task(assessment, draft)}
        write_site(assessment, draft / "site", publication=public, steps=steps, beside=beside)
    steps.traces.note({**former.given, **steps.traces.given, WORDS: told_parts(workspace)})
    steps.finish()
    keep_finished(assessment, place.out)
    keep_run(keys, place.out, told, {**former.keys, **steps.keys}, steps.traces.given)
    found = {record.name: record for record in steps.records}
    return told, [found.get(name) or StepRecord(name, True, UNCHANGED, 0.0) for name in told.steps]


def _told_as_ever(progress: Progress) -> None:
    """Name the steps of a run of which all is kept: no log tells whether the store of answers is another one."""
    for part in (READING, WRITING):
        progress(part)


def _done(workspace: "Workspace", draft: Path, progress: Progress, anew: bool) -> "tuple[Steps, Assessment]":
    """Do the job into an empty folder."""
    from tesoma_geo._steps import Steps
    from tesoma_geo.annotations.publish import write_publication
    from tesoma_geo.assessment.assess import assess
    from tesoma_geo.assessment.finished import without_layers
    from tesoma_geo.assessment.outputs import check_columns, write_figures
    from tesoma_geo.follow_up.trial_report import trial_reports
    from tesoma_geo.inputs.files_key import told_parts
    from tesoma_geo.inputs.map_layers import read_map_layers
    from tesoma_geo.render.desk.tables_task import credited_task, raster_tasks, tables_task
    from tesoma_geo.render.pages.write import write_site

    steps = Steps(str(workspace.path.resolve()), keep=not anew)
    assessment = assess(workspace, progress=progress, who="tesoma-geo run", steps=steps)
    progress(WRITING)
    read_map_layers(assessment.inputs, steps)
    public, trials = assessment.inputs.publication, trial_reports(assessment.inputs)
    check_columns(assessment)
    write_figures(assessment, draft)
    if public is not None:
        write_publication(public, draft, assessment.workspace.path.parent)
    tasks = {"tables": tables_task(assessment, draft), CREDITED: credited_task(assessment, draft)}
    beside = {**tasks, **raster_tasks(assessment, draft)}
    drawn = without_layers(assessment)  # what is drawn of it another time, too
    write_site(drawn, draft / "site", publication=drawn.inputs.publication, trials=trials, steps=steps, beside=beside)
    steps.traces.note({WORDS: told_parts(workspace)})
    steps.finish()
    return steps, assessment


def _kept(assessment: "Assessment", steps: "Steps", out: Path, keys: "RunKeys | None") -> "RunTold":
    """Keep a run whose result is whole, where steps are kept; what is told of it."""
    from tesoma_geo.assessment.finished import keep_finished
    from tesoma_geo.assessment.unchanged_run import RunTold, keep_run
    from tesoma_geo.inputs.files_key import beside_layers

    left_out, names = (str(left) for left in assessment.left_out), (record.name for record in steps.records)
    told = RunTold(tuple(left_out), _doubts(assessment), tuple(names))
    if steps.keep:
        keep_finished(assessment, out)
    # A run that closed a cohort or first showed an answer has written so into the store: it is not to be had again by
    # putting the store back. Nor is one while which somebody else wrote there.
    if keys is not None and keys.beside == beside_layers(assessment.workspace):
        keep_run(keys, out, told, steps.keys, steps.traces.given)
    return told


def _doubts(assessment: "Assessment") -> tuple[str, ...]:
    """What is told to be doubtful: in layers, and of names that are drawn."""
    from tesoma_geo.cli.drawn_names import drawn_name_doubts

    names = drawn_name_doubts(assessment.workspace, assessment.district, assessment.water)
    return tuple(str(doubt) for doubt in (*(one for report in assessment.reports for one in report.doubts), *names))
