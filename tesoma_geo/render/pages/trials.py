"""The pages of local trials: what is being tried, and one page a trial with its result in a sentence."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tesoma_geo.render.figures.credits import dated_credits
from tesoma_geo.render.figures.plan_sketch import PlanSketch, plan_sketch
from tesoma_geo.render.pages.site_context import Page, SiteContext
from tesoma_geo.render.sections.scenario_change import how_sure
from tesoma_geo.render.sections.scenario_trips import answer_rows
from tesoma_geo.render.text.catalogue import Catalogue, LocalizedText
from tesoma_geo.render.text.terms import kind_name, told_in

if TYPE_CHECKING:
    from tesoma_geo.follow_up.trial_report import TrialReport

#: What `tesoma-geo trial report` writes beside the pages, a record a trial.
FIGURES = "trials.json"


def trial_pages(context: SiteContext) -> Iterator[Page]:
    """What is being tried, and each trial; words without a language are taken for the workspace's first.

    Parameters
    ----------
    context
        The site in one language.

    Yields
    ------
    Page
        The page of all first.
    """
    catalogue = context.catalogue
    rows = [
        {
            "name": catalogue.localized(report.scenario.name),
            "file": context.file(_key(number)),
            "about": catalogue.localized(report.scenario.text) if report.scenario.text else None,
            "when": catalogue(f"trial.when.{_state(report)}", days=_days(report, catalogue)),
            "result": result_sentence(report, catalogue),
        }
        for number, report in enumerate(context.trials)
    ]
    own = context.assessment.inputs.workspace.district.languages[0]
    title, description = catalogue("nav.trials"), catalogue("trial.description", hub=context.hub)
    yield context.page(
        "trials",
        "trials",
        context.title(title),
        description,
        rows=rows,
        message=trials_sentence(context.trials, catalogue),
        whence_rows=[(title, f"{FIGURES}: state, begun, ended, planned, verdict")],
    )
    for number, report in enumerate(context.trials):
        name = catalogue.of(report.scenario.name)
        comparison = report.comparison
        yield context.page(
            _key(number),
            "trial",
            context.title(name),
            catalogue.of(report.section.question),
            name=catalogue.localized(report.scenario.name),
            about=catalogue.localized(report.scenario.text) if report.scenario.text else None,
            when=rows[number]["when"],
            result=rows[number]["result"],
            own_result=catalogue.written(report.trial.result, own) if report.trial.result else None,
            question=catalogue.localized(report.section.question),
            success=_open(catalogue.localized(report.section.success)) if report.section.success else None,
            who=_open(catalogue.written(report.section.who, own)),
            watch=report.section.watch,
            by_the_map=[] if comparison is None else list(answer_rows(comparison, catalogue)),
            how_sure="" if comparison is None else how_sure(catalogue, comparison.figures["sure"]),
            voices=list(_voices(report, catalogue)),
            counted=report.voices is not None and bool(report.voices.periods),
            credits=dated_credits(context.assessment, catalogue),
            notes=[
                (catalogue.day(note.date.isoformat()), catalogue.written(note.text, own)) for note in report.trial.notes
            ],
            told_in=partial(told_in, catalogue),
            sketch=_sketch(report, context),
            near=catalogue("trial.near", n=catalogue.number(report.section.within_m)),
            whence_rows=_whence(catalogue),
        )


def _whence(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Where the figures of a trial stand."""
    return [
        (catalogue("trial.what"), f"{FIGURES}: planned, begun, ended, who, verdict"),
        (catalogue("trial.by_the_map"), f"{FIGURES}: by_the_map › gaining, losing, resident_min"),
        (catalogue("trial.said"), f"{FIGURES}: voices › periods, changes"),
    ]


def trials_sentence(trials: Sequence["TrialReport"], catalogue: Catalogue) -> str:
    """What came of the only trial; of several how many are at which stage, those that go on first.

    Parameters
    ----------
    trials
        All of them, one at least.
    catalogue
        The language.

    Returns
    -------
    str
        In the language of the page.
    """
    if len(trials) == 1:
        (only,) = trials
        result = result_sentence(only, catalogue)
        return f"{catalogue.of(only.scenario.name)}: {result[:1].lower()}{result[1:]}"
    counts = Counter(_state(report) for report in trials)
    stages = ("running", "overdue", "planned", "ended")
    told = [catalogue.counted(f"trial.count.{stage}", counts[stage]) for stage in stages if counts[stage]]
    return f"{', '.join(told)}."


def _state(report: "TrialReport") -> str:
    return "overdue" if report.overdue else report.trial.state


def result_sentence(report: "TrialReport", catalogue: Catalogue) -> str:
    """What the released answers say of a trial.

    Parameters
    ----------
    report
        The trial.
    catalogue
        The language.

    Returns
    -------
    str
        In the language of the page.
    """
    changes = {} if report.voices is None else {change.period: change for change in report.voices.changes}
    change = changes.get("after") or changes.get("during")
    sure = 0 if change is None else round(100 * change.sure)
    if report.verdict == "running" and report.section.ends is not None:
        until = catalogue.day(report.section.ends.isoformat())
        return catalogue("trial.verdict.overdue" if report.overdue else "trial.verdict.running_until", until=until)
    kind = kind_name(catalogue, report.section.kind)
    return catalogue(f"trial.verdict.{report.verdict}", kind=kind, sure=catalogue.number(sure))


def _open(one: LocalizedText) -> LocalizedText:
    """Without the stop that the page itself sets."""
    return LocalizedText(one.text.rstrip(". "), one.language)


def _sketch(report: "TrialReport", context: SiteContext) -> PlanSketch | None:
    """Where the trial is, with the distance within which answers count; nothing of the answers."""
    if not report.places:
        return None
    return plan_sketch(context.assessment.inputs, report.places, near_m=report.section.within_m)


def _key(number: int) -> str:
    return f"trial-{number + 1}"


def _days(report: "TrialReport", catalogue: Catalogue) -> str:
    since = report.trial.begun or report.section.begins
    until = report.trial.ended or report.section.ends
    if until is None:
        return catalogue("trial.since", since=catalogue.day(since.isoformat()))
    return catalogue("trial.days", since=catalogue.day(since.isoformat()), until=catalogue.day(until.isoformat()))


def _voices(report: "TrialReport", catalogue: Catalogue) -> Iterator[str]:
    """What was said near in each period, and what is not told apart."""
    if report.voices is None:
        return
    if not report.voices.periods:
        yield catalogue("trial.none_counted")
    for period in report.voices.periods:
        key = "trial.voices" if period.voices else "trial.voices_few"
        yield catalogue(
            key,
            period=catalogue(f"trial.period.{period.period}"),
            voices=catalogue.number(period.voices),
            respondents=catalogue.number(period.respondents),
            k=catalogue.number(report.voices.k),
        )
    if report.voices.not_told_apart:
        yield catalogue.counted("trial.not_told_apart", len(report.voices.not_told_apart))
