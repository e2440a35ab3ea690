"""Whom maps, stills and the report name, and of which day what they show is."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tesoma_geo.assessment.credited import SURVEY as SURVEY
from tesoma_geo.assessment.credited import Reported, credited
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.inputs.reports import LayerReport

#: The layers whose day a still tells: what is travelled on, and who lives there.
ON_STILLS = ("network", "population", "transit")


def not_travelled_by(profile: str | None) -> tuple[str, ...]:
    """Sections that a map of one way of moving does without: the timetable, where none is ridden by.

    Parameters
    ----------
    profile
        The way of moving; None for all of them.

    Returns
    -------
    tuple of str
        Keys of sections.
    """
    return () if profile is None or profile in TIMETABLE_PROFILES else ("transit",)


def credit_lines(made: Reported, without: Collection[str] = ()) -> list[str]:
    """Whom the map must name: each licence once, OpenStreetMap first.

    Parameters
    ----------
    made
        What :func:`tesoma_geo.assess` found, or the layers.
    without
        Sections of the workspace that are not on the map: a licence of them alone is left out.

    Returns
    -------
    list of str
        Licences, OpenStreetMap first.
    """
    sections: dict[str | None, set[str]] = {}
    for report in made.reports:
        sections.setdefault(report.licence, set()).add(report.key.split(".")[0])
    left_out = {licence for licence, keys in sections.items() if keys <= {*without}}
    lines = [licence for licence in credited(made) if licence not in left_out]
    return sorted(lines, key=lambda licence: "OpenStreetMap" not in licence)


def told_date(catalogue: Catalogue, report: "LayerReport") -> str:
    """Of which day the data is; where nobody knows, of which day its file is.

    Parameters
    ----------
    catalogue
        The language.
    report
        Of a layer.

    Returns
    -------
    str
        In the language of the page.
    """
    if report.as_of:
        return catalogue.day(report.as_of)
    if report.key.split(".")[0] == SURVEY:
        return catalogue("survey.untold")
    return (
        catalogue("sources.file_of", date=catalogue.day(report.date))
        if report.date
        else catalogue("sources.day_unknown")
    )


def newest_day(made: Reported, catalogue: Catalogue) -> list[str]:
    """Of which day the newest data is, which tells a sheet of paper from an older one: the same input, the same sheet.

    Parameters
    ----------
    made
        What :func:`tesoma_geo.assess` found, or the layers.
    catalogue
        The language.

    Returns
    -------
    list of str
        One line; of data that covers several days the first, by which it was known. None where no layer tells the day
        of its data: that of a file says how new the copy is. Answers of residents do not count.
    """
    days = [
        report.as_of.split("/")[0]
        for report in made.reports
        if report.as_of and report.is_layer and report.key.split(".")[0] != SURVEY
    ]
    return [catalogue("sources.newest", date=catalogue.day(max(days)))] if days else []


def dated_credits(made: Reported, catalogue: Catalogue) -> list[str]:
    """Each licence with the layers under it and of which day their data is; then the layers that state no licence.

    Parameters
    ----------
    made
        What :func:`tesoma_geo.assess` found, or the layers.
    catalogue
        The language.

    Returns
    -------
    list of str
        A line for each licence. What residents said has no day here but where the workspace states one.
    """
    by_licence: dict[str | None, _Days] = {licence: _Days() for licence in credit_lines(made)}
    for report in _with_data(made.reports):
        by_licence.setdefault(report.licence, _Days()).tell(catalogue, report)
    return [_line(catalogue, licence, days) for licence, days in by_licence.items()]


def dated_layers(made: Reported, catalogue: Catalogue, sections: Collection[str]) -> str:
    """Layers and of which day their data is, whoever is to be credited.

    Parameters
    ----------
    made
        What :func:`tesoma_geo.assess` found, or the layers.
    catalogue
        The language.
    sections
        Sections of the workspace.

    Returns
    -------
    str
        Those that the workspace has, in its order, those of which no day is known last; empty where it has none.
    """
    days = _Days()
    for report in _with_data(made.reports):
        if report.key.split(".")[0] in sections:
            days.tell(catalogue, report)
    return "; ".join(_parts(catalogue, days))


def _with_data(reports: Iterable["LayerReport"]) -> Iterator["LayerReport"]:
    """Without a point that the workspace states, which is nobody's data; what is derived names whose it is."""
    return (report for report in reports if report.is_layer and (report.licence, report.sha256) != (None, None))


@dataclass
class _Days:
    """Section → the days of its layers; and section → what is told of its files where no day of the data is known."""

    known: dict[str, dict[str, None]] = field(default_factory=dict)
    by_file: dict[str, dict[str, None]] = field(default_factory=dict)

    def tell(self, catalogue: Catalogue, report: "LayerReport") -> None:
        told = self.known if report.as_of else self.by_file
        told.setdefault(report.key.split(".")[0], {})[told_date(catalogue, report)] = None


def _line(catalogue: Catalogue, licence: str | None, days: _Days) -> str:
    """A licence and what is under it."""
    parts = _parts(catalogue, days)
    return f"{licence or catalogue('credits.no_licence')}: {'; '.join(parts)}" if parts else str(licence)


def _parts(catalogue: Catalogue, days: _Days) -> list[str]:
    """Layers with days by name, then those of which no day is known with what is told of their files."""
    parts = [f"{catalogue.named('section', section)} {', '.join(its_days)}" for section, its_days in days.known.items()]
    alike: dict[str, list[str]] = {}
    for section, told in days.by_file.items():
        if section not in days.known and section != SURVEY:
            alike.setdefault(", ".join(told), []).append(catalogue.named("section", section))
    parts += [f"{', '.join(names)} ({told})" for told, names in alike.items()]
    if SURVEY in days.by_file and SURVEY not in days.known:
        parts.append(catalogue.named("section", SURVEY))
    return parts


def credited_days(assessment: "Assessment") -> list[tuple[str, str | None, str | None]]:
    """All that the lines of this module follow from.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.

    Returns
    -------
    list of tuple
        Key, licence and day of each layer.
    """
    return [(report.key, report.licence, report.as_of) for report in assessment.reports]


def short_credits(
    assessment: "Assessment",
    catalogue: Catalogue,
    without: Collection[str] = (),
) -> list[str]:
    """The licences, and the days of the layers that matter most, for a line below a picture.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    without
        Sections that are not in the picture: a licence of them alone is left out, and their days.

    Returns
    -------
    list of str
        Licences, then layers with their days; a layer of unknown day says so.
    """
    return [*credit_lines(assessment, without), *told_days(assessment, catalogue, without)]


def told_days(assessment: "Assessment", catalogue: Catalogue, without: Collection[str] = ()) -> list[str]:
    """The layers that matter most with the days of their data.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    without
        Sections whose days are not told.

    Returns
    -------
    list of str
        A line for each; a layer of unknown day says so.
    """
    return day_lines(catalogue, days_of(assessment.reports, [one for one in ON_STILLS if one not in without]))


def days_of(reports: Iterable["LayerReport"], sections: Collection[str]) -> dict[str, str]:
    """Of which day the data of layers are.

    Parameters
    ----------
    reports
        What was found of each layer.
    sections
        Sections of the workspace.

    Returns
    -------
    dict
        Section → day or year, of those that have a layer; empty where nobody knows it.
    """
    days: dict[str, str] = {}
    for report in reports:
        section = report.key.split(".")[0]
        if section in sections and report.is_layer:
            days[section] = report.as_of or days.get(section, "")
    return days


def day_lines(catalogue: Catalogue, days: Mapping[str, str | None]) -> list[str]:
    """Layers with the days of their data.

    Parameters
    ----------
    catalogue
        The language.
    days
        Section of the workspace → day or year; None or empty where nobody knows it.

    Returns
    -------
    list of str
        A line for each; a layer of unknown day says so.
    """
    names = {section: catalogue.named("section", section) for section in days}
    return [
        f"{names[section]}: {catalogue.day(day)}" if day else f"{names[section]} ({catalogue('sources.day_unknown')})"
        for section, day in days.items()
    ]
