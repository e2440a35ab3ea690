"""``tesoma-geo trend``: indicators over dated runs, and why they changed."""

from pathlib import Path

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import console_options, json_option, out_folder, overwrite_option
from tesoma_geo.cli.show import show_json, show_table
from tesoma_geo.near_names import instead


@click.command("trend")
@click.argument("runs", metavar="[RUN]...", type=click.Path(path_type=Path), nargs=-1)
@click.option("--series", metavar="DIR", type=click.Path(path_type=Path), help="A folder of dated runs.")
@click.option("--marks", "marks_file", metavar="FILE", type=click.Path(path_type=Path), help="What is a better map.")
@click.option("--trials", "trials_file", metavar="FILE", type=click.Path(path_type=Path), help="A register of trials.")
@click.option("--indicator", default="walk_within_15_min", show_default=True, help="The one whose parts are printed.")
@out_folder("maps/trend")
@overwrite_option
@json_option
@console_options
def command(
    runs: tuple[Path, ...],
    series: Path | None,
    marks_file: Path | None,
    trials_file: Path | None,
    indicator: str,
    out: Path,
    overwrite: bool,
    as_json: bool,
    console: Console,
) -> None:
    """Follow indicators over dated runs, and tell why they changed.

    RUN is a folder that `run --keep-inputs` made. Streets, services, residents and where they live, timetable,
    elevation and settings are exchanged one at a time, in every order, so that the parts add up exactly; what today's
    software makes of the same inputs is a part of its own. A better map is told apart from a better district
    where a mark or a start_date tells.

    \b
    Examples:
      tesoma-geo trend --series runs --out maps/trend
    """
    from tesoma_geo._files import written_folder
    from tesoma_geo.errors import InputError
    from tesoma_geo.follow_up.kept_inputs import runs_in
    from tesoma_geo.follow_up.map_changes import Marks
    from tesoma_geo.follow_up.register import Register
    from tesoma_geo.follow_up.states import CAUSES
    from tesoma_geo.follow_up.trend import dated_states, trend_of, write_trend
    from tesoma_geo.render.pages.trend import write_trend_pages

    folders = [*runs, *([] if series is None else runs_in(series))]
    if series is not None and not folders:
        raise InputError(f"{series} holds no run with kept inputs", "Make them: tesoma-geo run --keep-inputs")
    marks = None if marks_file is None else Marks.load(marks_file)
    register = None if trials_file is None else Register.load(trials_file)
    kept = [*folders, *(file for file in (marks_file, trials_file) if file is not None)]
    place = written_folder(out, overwrite=overwrite, protected=kept, command="trend")
    with compile_notice(console), console.progress() as progress, place as draft:
        states = dated_states(folders, progress)
        figures = trend_of(states, marks=marks, register=register, progress=progress)
        progress("writing the figures")
        write_trend(figures, draft)
        write_trend_pages(figures, draft, states)
    if as_json:
        show_json(figures)
        return
    causes = [cause for cause in CAUSES if any(cause in step["causes"] for step in figures["steps"])]
    rows = []
    for step in figures["steps"]:
        if indicator not in step["indicators"]:
            raise InputError(f"there is no indicator {indicator!r}", instead(indicator, step["indicators"]))
        row = step["indicators"][indicator]
        parts = [round(row["parts"].get(cause, 0.0), 2) for cause in causes]
        rows.append([step["since"], step["until"], round(row["change"], 2), *parts, round(row["software"], 2)])
    show_table(["since", "until", indicator, *causes, "software"], rows)
    console.info("Open this page in a browser:")
    console.info(str((out / "trend-en.html").resolve()))
