"""What the first screen of a plan says of the service that it is about."""

from tesoma_geo.render.sections.scenario_trips import answer_lines, leading_answer, service_gains
from tesoma_geo.render.text.catalogue import catalogue_of
from tesoma_geo.scenarios.compare import Comparison


def test_the_service_that_the_plan_opens_comes_first_in_every_language(comparison: Comparison) -> None:
    outcomes = comparison.figures["services"]["library"]["outcomes"]
    most = max(row["residents"]["gaining"] + row["residents"]["losing"] for row in outcomes.values())
    assert most > 0
    for language in ("fi", "sv", "en"):
        lines = list(answer_lines(comparison, catalogue_of(comparison.before.workspace, language)))
        catalogue = catalogue_of(comparison.before.workspace, language)
        assert lines[0].startswith(catalogue.named("kind", "library"))
        assert any(catalogue.counted("residents", row["residents"]["gaining"]) in lines[0] for row in outcomes.values())


def test_nobody_who_loses_by_another_way_of_moving_is_kept_back(comparison: Comparison) -> None:
    rows = {name: row["residents"] for name, row in comparison.figures["profiles"].items()}
    assert rows["walk"]["gaining"] > rows["car"]["losing"] > 0 == rows["walk"]["losing"]
    for language in ("fi", "sv", "en"):
        words = catalogue_of(comparison.before.workspace, language)
        (line,) = (line for line in answer_lines(comparison, words) if words("scenario.none") in line)
        losers = f"{words.named('profile', 'car').lower()} ({words.counted('residents', rows['car']['losing'])})"
        assert losers in line


def test_the_headline_is_one_sentence_and_whose_journey_becomes_longer_stands_below_it(comparison: Comparison) -> None:
    answers = [answer for answer in comparison.figures["answers"] if answer["to"] == "library"]
    most = max(answers, key=lambda answer: answer["gaining"])
    losing = [answer for answer in answers if answer["losing"]]
    assert most["gaining"] > 0
    assert losing
    for language in ("fi", "sv", "en"):
        words = catalogue_of(comparison.before.workspace, language)
        message, longer = leading_answer(comparison, words)
        assert words.counted("residents", most["gaining"]) in message
        assert words("scenario.none") not in message
        assert message.count(". ") == 0
        assert all(words.counted("residents", answer["losing"]) in longer for answer in losing)


def test_the_section_has_every_kind_by_profile_and_area(comparison: Comparison) -> None:
    section = service_gains(comparison, catalogue_of(comparison.before.workspace, "en"))
    assert section is not None
    (table,) = section.tables
    kinds = {kind for kind, row in comparison.figures["services"].items() if row["outcomes"]}
    named = {row.values[0].shown for row in table.rows}
    assert len(named) == len(kinds)
    everybody = [row for row in table.rows if row.values[2].shown == "everybody" or row.values[2].shown == "all"]
    assert len(everybody) == sum(len(comparison.figures["services"][kind]["outcomes"]) for kind in kinds)
