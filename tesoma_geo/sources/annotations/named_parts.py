"""Sub-questions and columns that a workspace names and an export does not have, told with the nearest that it has.

What is told follows from what a survey asks, never from what somebody answered.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from tesoma_geo.errors import Doubt
from tesoma_geo.near_names import did_you_mean, nearest_name
from tesoma_geo.sources.annotations.labels import theme_of
from tesoma_geo.workspace.annotations import AnnotationQuestion, Annotations

#: So many names are listed; more would hide the remedy.
LISTED = 8


def question_doubts(
    number: int,
    question: AnnotationQuestion,
    options: Mapping[str, Collection[str]],
    themes: Mapping[str, str],
) -> Iterator[Doubt]:
    """What a question of the workspace names and the survey does not ask, and options that stand for nothing.

    Parameters
    ----------
    number
        Of the question in the workspace.
    question
        What the workspace says of it.
    options
        Sub-question → its options, where the export tells them; empty for answers in words.
    themes
        The workspace's own themes.

    Yields
    ------
    Doubt
        With a key such as ``questions.0.text``.
    """
    key = f"questions.{number}"
    category = question.category
    named = {"text": question.text, "severity": question.severity, "themes": question.themes}
    named |= {"category.question": category.question} if category else {}
    for name, title in named.items():
        if title is not None and title not in options:
            yield missing(f"{key}.{name}", f"{question.title!r} has no sub-question {title!r}", title, options)
    if category is not None:
        yield from _category_doubts(f"{key}.category.map", category.map, options.get(category.question, ()))
    for label in options.get(question.themes or "", ()):
        if theme_of(label, themes) is None:
            yield Doubt(
                f"{key}.themes", f"the option {label!r} is no theme", f'Write [themes] "{label}" = "code"', label
            )


def respondent_doubts(section: Annotations, titles: Iterable[str]) -> Iterator[Doubt]:
    """Questions about respondents that the workspace names and the file of respondents does not have.

    Parameters
    ----------
    section
        The workspace's ``[[annotations]]``.
    titles
        Questions in the file.

    Yields
    ------
    Doubt
        With a key such as ``respondent.role``.
    """
    there = list(dict.fromkeys(titles))
    asked = section.respondent
    for name, title in (("age_group", asked.age_group), ("role", asked.role)) if asked else ():
        if title is not None and title not in there:
            yield missing(f"respondent.{name}", f"no question about respondents is {title!r}", title, there)


def missing(key: str, problem: str, name: str, there: Iterable[str]) -> Doubt:
    """A doubt about a name that is not there.

    Parameters
    ----------
    key
        Where the workspace names it.
    problem
        What is the matter, without what is there.
    name
        What was written.
    there
        What could have been.

    Returns
    -------
    Doubt
        With the nearest name that exists as its remedy.
    """
    known = list(there)
    shown = ", ".join(map(repr, known[:LISTED])) + (", …" if len(known) > LISTED else "")
    remedy = did_you_mean(name, known) or "Name one of them, or leave the key out"
    return Doubt(key, f"{problem}; it has {shown or 'none'}", remedy, name)


def _category_doubts(key: str, codes: Mapping[str, str], options: Collection[str]) -> Iterator[Doubt]:
    """Options that no category stands for, and categories of options that are not there."""
    if not options:
        return
    mapped = {label.casefold() for label in codes}
    there = {option.casefold() for option in options}
    strays = [label for label in codes if label.casefold() not in there]
    unknown = [option for option in options if option.casefold() not in mapped]
    for option in unknown:
        yield unmapped(key, option, strays)
    for label in strays:
        if nearest_name(label, unknown) is None:
            yield missing(key, f"no option is {label!r}", label, options)


def unmapped(key: str, label: str, strays: Sequence[str]) -> Doubt:
    """A doubt about an option that no category stands for.

    Parameters
    ----------
    key
        Of the map in the workspace.
    label
        The option.
    strays
        What the map names and the survey does not.

    Returns
    -------
    Doubt
    """
    near = nearest_name(label, strays)
    remedy = f"The map has {near!r}: is it meant?" if near else f'Write "{label}" = "category" in the map'
    return Doubt(key, f"the option {label!r} is not mapped: it counts as other", remedy, label)
