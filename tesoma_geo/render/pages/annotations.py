"""The page of residents' voices: what was told, who told it, where many agree, and how it weighs on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from tesoma_geo.annotations.privacy import UNSPECIFIED
from tesoma_geo.annotations.representativeness import Representativeness, representativeness, residents_by_age
from tesoma_geo.crs import to_metric
from tesoma_geo.render.sections.charts import Pair, Pairs, share_bar
from tesoma_geo.render.sections.lived_access import barriers, lived, sensitivity
from tesoma_geo.render.sections.page_tables import Column, Row, Table, Value, count, share
from tesoma_geo.render.sections.section import Glance, Section, found
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.terms import kind_name, near_streets, topic_name

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment

#: Below this share of the respondents that residents let expect, an area or a group is little heard.
LITTLE = 0.5
#: A difference from chance is told from here on.
SIGNIFICANT = 0.05


@dataclass(frozen=True)
class Quote:
    """A resident's own words, the language they are in, and what they are about in the page's language."""

    text: str
    language: str
    about: str


def voices_context(assessment: "Assessment", publication: "Publication", text: Catalogue) -> dict[str, Any]:
    """What the template of the page takes: ``heard``, ``quotes`` and ``sections``."""
    return {
        "heard": heard(assessment, publication, text),
        "quotes": quotes(assessment, publication, text),
        "sections": found(
            lived(assessment, text),
            barriers(assessment, text),
            sensitivity(assessment, text),
            crowds(assessment, publication, text),
            respondents(assessment, publication, text),
            groups(assessment, publication, text),
        ),
    }


def lived_glance(assessment: "Assessment", text: Catalogue, page: str) -> list[Glance]:
    """Lived accessibility in one sentence for the start page, leading to the page of the voices; none without it."""
    section = lived(assessment, text)
    return [] if section is None else [Glance(section.title, section.short, f"{page}#lived", section.share)]


def heard(assessment: "Assessment", publication: "Publication", text: Catalogue) -> Table:
    """What respondents told, by kind and topic."""
    return Table(
        "voices",
        text("voices.caption"),
        (
            Column("kind", text("voices.kind"), number=False),
            Column("topic", text("voices.topic"), number=False),
            Column("voices", text("voices.number")),
        ),
        tuple(
            Row(
                (
                    Value(kind_name(text, str(row["kind"]))),
                    Value(topic_name(text, assessment.workspace, str(row["topic"]))),
                    count(text, row["voices"]),
                )
            )
            for row in publication.tables.get("by_topic", ())
        ),
        "annotations_tables.json: by_topic",
    )


def quotes(assessment: "Assessment", publication: "Publication", text: Catalogue) -> list[Quote]:
    """What moderators let be read: first what is shown on the map, with the nearest street, then the rest."""
    features = publication.features
    shown = features[(features["type"] == "shown") & features["text"].notna()]
    places = near_streets(assessment, text, shown.to_crs(assessment.streets.crs).representative_point().to_numpy())
    rows = [*zip(shown.to_dict("records"), places, strict=True),
            *((row, "") for row in publication.tables.get("quotes", ()) if row["text"])]  # fmt: skip
    return [
        Quote(str(row["text"]), _given(row.get("language")) or text.language, _about(assessment, text, row, place))
        for row, place in rows
    ]


def _about(assessment: "Assessment", text: Catalogue, row: Mapping[Any, Any], place: str) -> str:
    """What a quote is about: kind, topic and place, as far as they are told."""
    category = _given(row.get("category"))
    topic = topic_name(text, assessment.workspace, category) if category else ""
    return " – ".join(part for part in (kind_name(text, str(row["kind"])), topic, place) if part and part != "–")


def _given(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def crowds(assessment: "Assessment", publication: "Publication", text: Catalogue) -> Section | None:
    """Places that many speak of, and whether chance explains it; None where no such places were looked for."""
    findings = publication.tables.get("findings", {})
    rows = findings.get("crowds")
    if not rows:
        return None
    degrees = np.array([row["place"] for row in rows], float)
    metric = shapely.points(np.column_stack(to_metric(degrees[:, 0], degrees[:, 1], str(assessment.streets.crs))))
    streets = near_streets(assessment, text, metric)
    spots, workspace = findings["hot_spots"], assessment.workspace
    topics = [
        ": ".join([kind_name(text, row["kind"]),
                   *([topic_name(text, workspace, row["category"])] if row["category"] else [])])
        for row in rows
    ]  # fmt: skip
    listed = Table(
        "crowds",
        text("crowds.caption"),
        (
            Column("street", text("barriers.street"), number=False),
            Column("topic", text("crowds.topic"), number=False),
            Column("respondents_at_least", text("barriers.respondents")),
            Column("more_than_chance", text("crowds.hot"), number=False),
        ),
        tuple(
            Row(
                (
                    Value(street),
                    Value(topic),
                    Value(text("voices.at_least", n=text.number(row["respondents"])), row["respondents"]),
                    Value(text("crowds.yes" if row["hot"] else "crowds.no")),
                ),
                (row["place"][0], row["place"][1]),
            )
            for street, topic, row in zip(streets, topics, rows, strict=True)
        ),
        "annotations_tables.json: findings › crowds",
        folded=text("table.open"),
    )
    first = rows[0]
    short = text("crowds.short", n=text.number(len(rows)), k=text.number(publication.k), place=streets[0],
                 topic=topics[0], at_least=text.number(first["respondents"]))  # fmt: skip
    hot = text("crowds.spots", hot=text.number(spots["hot"]), cells=text.number(spots["cells"]),
               side=text.number(spots["cell_m"]))  # fmt: skip
    return Section("crowds", text("crowds.title"), short, (hot, text("crowds.rounded")), tables=(listed,))


def respondents(assessment: "Assessment", publication: "Publication", text: Catalogue) -> Section | None:
    """Who answered beside who lives there, by age and by area, and where little is heard."""
    tables = publication.tables
    everybody = sum(row["respondents"] for row in tables.get("age_groups", ()))
    if not everybody:
        return None
    ages, areas = _by_age(assessment, publication, text), _by_area(assessment, publication, text)
    told = [*ages.told, *areas.told, *([text("respondents.explained")] if ages.charts or areas.tables else [])]
    roles = _groups(text, "role", tables.get("roles", ()))
    short = text("respondents.short", n=text.number(everybody))
    return Section(
        "respondents", text("respondents.title"), short, tuple(told),
        charts=ages.charts, tables=(*ages.tables, *areas.tables, roles),
    )  # fmt: skip


def groups(assessment: "Assessment", publication: "Publication", text: Catalogue) -> Section | None:
    """Whether groups say the same, and how much comes from few; None where groups are too small to tell."""
    findings = publication.tables.get("findings", {})
    compared, loudest = findings.get("agreement") or [], findings.get("loudest_tenth")
    told = [sentence for row in compared for sentence in _agreement(text, assessment, row)]
    told += [text("groups.loudest", share=text.percent(loudest))] if loudest is not None else []
    if not told:
        return None
    return Section("groups", text("groups.title"), told[0], (*told[1:], text("groups.private")))


def _agreement(text: Catalogue, assessment: "Assessment", row: Mapping[str, Any]) -> list[str]:
    """Two groups in sentences: what each speaks of more, and of which places."""

    def named(topics: Sequence[str]) -> str:
        return ", ".join(topic_name(text, assessment.workspace, topic) for topic in topics)

    pair = row["groups"]
    told = [
        text(f"groups.{pair}.{side}", topics=named(row[side]))
        for side in ("first", "second")
        if row[side]
    ] or [text(f"groups.{pair}.alike")]  # fmt: skip
    if row["places"]:
        told.append(text(f"groups.{pair}.places_{row['places']}"))
    return told


@dataclass(frozen=True)
class _Comparison:
    """Respondents beside residents: in sentences, drawn and as a table."""

    told: tuple[str, ...] = ()
    charts: tuple[Pairs, ...] = ()
    tables: tuple[Table, ...] = ()


def _by_age(assessment: "Assessment", publication: "Publication", text: Catalogue) -> _Comparison:
    rows = publication.tables["age_groups"]
    compared = _compared(rows, residents_by_age(assessment.origins), "age_group")
    if compared is None:
        return _Comparison((text("respondents.no_ages"),), tables=(_groups(text, "age_group", rows),))
    table, k = compared.table.assign(age_group=compared.table["age_group"].map(_age)), publication.k
    few = _little_heard(table, k)["age_group"]
    told = [text("respondents.least", groups=", ".join(few)) if len(few) else text("respondents.least_none")]
    told += [text("respondents.test")] if compared.p_value < SIGNIFICANT else []
    chart = Pairs(
        text("respondents.chart"),
        (text("respondents.share"), text("respondents.residents_share")),
        tuple(
            Pair(
                str(row["age_group"]),
                *(share_bar(text, "", row[f"{side}_share"]) for side in ("respondents", "residents")),
            )
            for row in table.to_dict("records")
        ),
    )
    return _Comparison(tuple(told), (chart,), (_beside(text, "age_group", table, k),))


def _by_area(assessment: "Assessment", publication: "Publication", text: Catalogue) -> _Comparison:
    compared = _compared(publication.tables.get("areas", ()), _residents_by_area(assessment), "area")
    if compared is None:
        return _Comparison()
    names = dict(zip(assessment.district["code"], assessment.district["name"], strict=True))
    table = compared.table.assign(area=[str(names.get(code, code)) for code in compared.table["area"]])
    few = _little_heard(table, publication.k)["area"]
    quiet = text("respondents.quiet", groups=", ".join(few)) if len(few) else text("respondents.quiet_none")
    return _Comparison((quiet, text("respondents.assumed_area")), tables=(_beside(text, "area", table, publication.k),))


def _little_heard(table: pd.DataFrame, k: int) -> pd.DataFrame:
    """Groups with far fewer respondents than residents let expect; where few are expected nothing is said."""
    expected = table["residents_share"] * table["respondents"].sum()
    return table[(table["ratio"] < LITTLE) & (expected >= k / LITTLE)]


def _residents_by_area(assessment: "Assessment") -> pd.DataFrame:
    living = assessment.origins.groupby("area_code")["population"].sum()
    known = living[living.index.isin(assessment.district["code"])] if "code" in assessment.district else living[:0]
    return pd.DataFrame({"area": known.index.astype(str), "residents": known.to_numpy(float)})


def _compared(counted: Sequence[Mapping[str, Any]], residents: pd.DataFrame, column: str) -> Representativeness | None:
    """Published numbers of respondents beside residents; None where one of them is not known."""
    named = [row for row in counted if row["group"] and row["group"] != UNSPECIFIED]
    if residents.empty or not named:
        return None
    people = np.repeat([row["group"] for row in named], [row["respondents"] for row in named])
    done = representativeness(pd.DataFrame({column: pd.Series(people, dtype="str")}), residents, (column,))
    return done if done.table["respondents"].sum() else None


def _beside(text: Catalogue, column: str, table: pd.DataFrame, k: int) -> Table:
    """Respondents and residents of each group: shares, ratio and weight; too few to be published have none."""
    return Table(
        f"{column}s_of_respondents",
        text(f"respondents.{column}_caption"),
        (
            Column(column, text(f"respondents.{column}"), number=False),
            Column("respondents", text("voices.number")),
            Column("respondents_share", text("respondents.share")),
            Column("residents_share", text("respondents.residents_share")),
            Column("ratio", text("respondents.ratio")),
            Column("weight", text("respondents.weight")),
        ),
        tuple(
            Row((Value(str(row[column])), *_figures(text, row, k))) for row in table.to_dict("records")
        ),
        "annotations_tables.json; origins.parquet",
        folded=text(f"respondents.{column}_open"),
    )  # fmt: skip


def _figures(text: Catalogue, row: Mapping[Any, Any], k: int) -> tuple[Value, ...]:
    living = share(text, row["residents_share"])
    if not row["respondents"]:
        nothing = Value("–", "")
        return Value(text("respondents.too_few", k=text.number(k)), ""), nothing, living, nothing, nothing
    ratio, weight = (Value(text.number(row[name], 2), round(float(row[name]), 2)) for name in ("ratio", "weight"))
    return count(text, row["respondents"]), share(text, row["respondents_share"]), living, ratio, weight


def _groups(text: Catalogue, column: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    """Numbers of respondents alone."""
    return Table(
        f"{column}s_of_respondents",
        text(f"respondents.{column}_caption"),
        (Column(column, text(f"respondents.{column}"), number=False), Column("respondents", text("voices.number"))),
        tuple(Row((Value(_group(text, row["group"])), count(text, row["respondents"]))) for row in rows),
        "annotations_tables.json",
        folded=text(f"respondents.{column}_open"),
    )


def _group(text: Catalogue, name: str) -> str:
    """A role or an age group; what was pooled and what nobody told have words too."""
    if name == UNSPECIFIED:
        return text("respondents.unknown")
    if not name:
        return text("topic.pooled")
    return text(f"role.{name}") if text.knows(f"role.{name}") else _age(name)


def _age(group: str) -> str:
    """``13-17`` and ``65-`` as people write them."""
    return f"{group[:-1]}+" if group.endswith("-") else group.replace("-", "–")
