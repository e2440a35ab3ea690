"""Every text is there in every language, with the same places to fill."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from pseudo_language import TAG, write_pseudo_catalogue

import tesoma_geo as tg
from tesoma_geo.assessment.profile_results import REASONS
from tesoma_geo.errors import InputError
from tesoma_geo.languages import CATALOGUES
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES, default_profiles
from tesoma_geo.render.figures.left_out import left_out_line
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import catalogue, catalogue_of
from tesoma_geo.tables import LeftOut
from tesoma_geo.workspace import Workspace

PROFILES = [*default_profiles(), *TIMETABLE_PROFILES]
PACKAGE = Path(tg.__file__).parent


def po_file(language: str) -> Catalog:
    with assets.asset(f"locale/{language}.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", CATALOGUES)
def test_no_text_is_written_twice(language: str) -> None:
    written = re.findall(r'^msgid "(.+)"$', assets.asset(f"locale/{language}.po").read_text("utf-8"), re.MULTILINE)
    assert len(written) > 1000
    assert sorted(set(written)) == sorted(written)


@pytest.mark.parametrize(
    ("language", "bare"),
    [("fi", r"\bkesku(s|ks)"), ("sv", r"\bcentrum"), ("en", r"\bthe (centre|hub)\b"), ("pt", r"\b[ao] centro\b")],
)
def test_where_there_is_one_hub_it_is_named_or_left_out(language: str, bare: str) -> None:
    # Of several hubs or districts "the centre" is a kind; so it is as the name of a layer.
    several = ("hubs.", "hub_table.", "districts.", "section.hub", "trend.to_hub")
    assert not [
        message.id
        for message in po_file(language)
        if any(re.search(bare, text, re.IGNORECASE) for text in forms(message.string))
        and not "".join(forms(message.id)).startswith(several)
    ]


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text


def keys(language: str) -> set[str]:
    return {forms(message.id)[0] for message in po_file(language) if message.id}


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_catalogue_has_every_text(language: str) -> None:
    assert sorted(set.union(*map(keys, CATALOGUES)) - keys(language)) == []
    empty = [message.id for message in po_file(language) if message.id and not all(forms(message.string))]
    assert empty == []


def test_texts_have_the_same_places_in_every_language() -> None:
    def places(language: str) -> dict[str, set[str]]:
        return {
            forms(message.id)[0]: set(re.findall(r"{(\w+)(?:[.!]\w+)?}", " ".join(forms(message.string))))
            for message in po_file(language)
            if message.id
        }

    right = places("en")
    for language in CATALOGUES:
        found = places(language)
        assert {key: places for key, places in found.items() if places != right.get(key)} == {}


def test_every_key_that_templates_and_code_name_is_there() -> None:
    sources = [*assets.asset("").rglob("*.j2"), *(PACKAGE / "render").rglob("*.py")]
    named = {
        key
        for source in sources
        for key in re.findall(
            r"""\b(?:t|catalogue)(?:\.counted|\.forms)?\(\s*"([a-z_.]+)\"""", source.read_text("utf-8")
        )
    }
    assert len(named) > 40
    assert named - keys("en") == set()


def test_every_profile_and_kind_of_the_sample_has_a_name(sample_workspace: Path) -> None:
    workspace = Workspace.load(sample_workspace)
    for language in CATALOGUES:
        text = catalogue(language)
        assert [name for name in PROFILES if not text.knows(f"profile.{name}")] == []
        assert [name for name in PROFILES if not text.knows(f"card.{name}")] == []
        assert [kind for kind in workspace.services.osm if not text.knows(f"kind.{kind}")] == []


def test_every_reason_that_the_readers_state_is_told_in_every_language() -> None:
    stated = {
        reason
        for room in ("sources", "network", "inputs", "analysis", "assessment")
        for reason in stated_reasons(PACKAGE / room)
    }
    stated |= set(REASONS.values())
    assert len(stated) > 8
    for language in CATALOGUES:
        text = catalogue(language)
        assert [code for code in REASONS if not text.knows(f"reason.{code}")] == []
        assert [reason for reason in sorted(stated) if not text.knows(f"left_out.reason.{reason}")] == []


def stated_reasons(folder: Path) -> Iterator[str]:
    """Reasons that stand whole in a call of LeftOut; those of annotations have a page of their own."""
    for file in folder.rglob("*.py"):
        if "annotations" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "LeftOut" and len(node.args) > 1:
                reason = node.args[1]
                if isinstance(reason, ast.Constant):
                    yield reason.value


def test_a_reason_without_translation_is_told_in_english() -> None:
    line = left_out_line(catalogue("fi"), LeftOut("walruses", "too large", 3), [])
    assert (line.text, line.language) == ("3 walruses left out: too large", "en")


def test_a_reason_may_name_its_file() -> None:
    line = left_out_line(catalogue("sv"), LeftOut("trips", "fewer than two stops (feed.zip)", 2), [])
    assert line.text == "Turer i tidtabellen: 2 – färre än två hållplatser (feed.zip)"


def test_numbers_are_written_as_the_language_has_them() -> None:
    assert catalogue("fi").number(16191) == "16\u00a0191"
    assert catalogue("en").number(16191) == "16,191"
    assert catalogue("fi").number(2.0, 1) == "2"
    assert catalogue("fi").number(2.0, 1, fixed=True) == "2,0"
    assert catalogue("en").number(16191, fixed=True) == "16,191"
    assert catalogue("fi").percent(0.25) == "25\u00a0%"
    assert catalogue("sv").minutes(12.4) == "12\u00a0min"
    assert catalogue("en").minutes(None) == catalogue("en").minutes(float("inf")) == "–"
    assert catalogue("en").day("2021-12-31") == "31\u00a0December 2021"
    assert catalogue("fi").counted("residents", 1) == "1 asukas"
    assert catalogue("fi").counted("residents", 2) == "2 asukasta"


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_number_is_below_zero_by_a_minus_sign_and_stays_with_its_unit(language: str) -> None:
    texts = catalogue(language)
    assert texts.number(-0.4, 1).startswith("\N{MINUS SIGN}0")
    assert texts.percent(-0.42) == f"\N{MINUS SIGN}{texts.percent(0.42)}"
    assert texts.percent(-0.004) == texts.percent(0.0)
    told = [*texts.texts.values(), *(form for forms in texts.plurals.values() for form in forms.values())]
    assert [text for text in told if re.search(r"[}\d] (min|m|km|ha|s|%)(?!\w)|\b(klo|kl\.) {", text)] == []


def test_times_of_day_and_dates_are_written_as_the_language_has_them() -> None:
    told = {
        language: (catalogue(language).clock("07:15"), catalogue(language).day("2022-01-18")) for language in CATALOGUES
    }
    assert told == {
        "fi": ("7.15", "18.\u00a0tammikuuta 2022"),
        "sv": ("7.15", "18\u00a0januari 2022"),
        "en": ("7:15", "18\u00a0January 2022"),
        "et": ("7.15", "18.\u00a0jaanuar 2022"),
        "pt": ("7:15", "18\u00a0de janeiro de 2022"),
    }
    months = {language: catalogue(language).day("2025-08") for language in CATALOGUES}
    assert months == {
        "fi": "elokuu 2025",
        "sv": "augusti 2025",
        "en": "August 2025",
        "et": "august 2025",
        "pt": "agosto de 2025",
    }
    assert catalogue("en").day("2025-08/2025-09") == "August 2025–September 2025"
    assert catalogue("fi").clock("25:05") == "1.05"
    assert catalogue("fi").clock("") == ""


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError, match="no_such_key"):
        catalogue("fi")("no_such_key")
    with pytest.raises(KeyError, match="no_such_key"):
        catalogue("fi").counted("no_such_key", 2)


#: Sections of the workspace that name no layer.
WISHES = {
    "path", "access", "targets", "profiles", "themes", "moderation", "publish", "experience", "site", "workshop",
    "hub_choice",
}  # fmt: skip


@pytest.mark.parametrize("section", sorted(set(Workspace.model_fields) - WISHES))
def test_the_sources_name_every_layer_in_every_language(section: str) -> None:
    assert all(catalogue(language).knows(f"section.{section}") for language in CATALOGUES)


def test_a_workspace_may_bring_a_language_with_other_plural_forms(tmp_path: Path, sample_workspace: Path) -> None:
    write_pseudo_catalogue(tmp_path / "long.po")
    text = sample_workspace.read_text("utf-8")
    named = f'languages = ["{TAG}", "en"]\ncatalogues = {{ {TAG} = "long.po" }}'
    own = text.replace('languages = ["fi", "sv", "en"]', named)
    assert own != text
    (tmp_path / "sample").symlink_to(sample_workspace.parent / "sample")
    (tmp_path / "tesoma.toml").write_text(own, "utf-8")
    workspace = Workspace.load(tmp_path / "tesoma.toml")
    made = catalogue_of(workspace)
    assert made.language == TAG
    assert [made.counted("residents", count)[0] for count in (0, 1, 2, 11, 21, 22, 110)] == list("③①②③①②③")
    assert list(made.forms("residents")) == ["one", "few", "other"]
    assert catalogue_of(workspace, "en") is catalogue("en")


def test_a_catalogue_of_ones_own_must_be_whole(tmp_path: Path) -> None:
    path = write_pseudo_catalogue(tmp_path / "long.po")
    path.write_text(re.sub(r'msgid "band.first"\nmsgstr .*', "", path.read_text("utf-8")), "utf-8")
    with pytest.raises(InputError, match=r"1 texts are missing \(band.first\)"):
        catalogue(TAG, path)


def test_a_catalogue_of_ones_own_must_have_the_plural_rule_of_its_language(tmp_path: Path) -> None:
    path = write_pseudo_catalogue(tmp_path / "long.po", "nplurals=3; plural=(n != 1);")
    with pytest.raises(InputError, match="Plural-Forms"):
        catalogue(TAG, path)


def test_a_language_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no catalogue of 'de'"):
        catalogue("de")
    with pytest.raises(InputError, match="nobody knows"):
        catalogue("qqq", write_pseudo_catalogue(tmp_path / "long.po"))


def _all_texts(language):
    one = catalogue(language)
    return " ".join([*one.texts.values(), *(form for forms in one.plurals.values() for form in forms.values())])


def test_portuguese_is_that_of_brazil_throughout():
    texts = _all_texts("pt").casefold()
    words = r"autocarro|ficheiro|ecrã|telemóvel|parage(?:m|ns)|comboio|chegámos|rondas?|est(?:á|ão) a \w+[aei]r|até ao"
    assert re.findall(rf"\b(?:{words})\b", texts) == []
    assert "ônibus" in texts


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("fi", r"kart(ta|an)( ei)? (tiedä|tunne|tuntee|tietää)\b|perillä ajassa|ei tunneta|päivää ei ole kerrottu"),
        ("sv", r"kartan (inte )?(vet|känner)|mitters?ta\b|källa till farten|variationsintervall"),
        ("en", r"(?<!as far as )the map (knows|does not know)|told no closer|unknown day|(is|are) (not )?told\b"),
        ("et", r"kaart (\w+ )?(midagi )?(ei )?tea\b"),
        ("pt", r"(?<!até onde )(?<!pelo que )o mapa (não )?(sabe|conhece)"),
    ],
)
def test_texts_are_written_for_readers(language: str, wrong: str) -> None:
    # A map has data or lacks them: it knows nothing; what nobody stated is "not stated", not "not told".
    assert [
        text
        for message in po_file(language)
        for text in forms(message.string)
        if message.id and re.search(wrong, text, re.IGNORECASE)
    ] == []
