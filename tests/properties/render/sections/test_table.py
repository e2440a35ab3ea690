"""Minutes are one number wherever they stand: as they were computed, and as the results hold them, to a tenth."""

from hypothesis import given
from hypothesis import strategies as st

from tesoma_geo.render.sections.table import minutes, minutes_apart
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.workspace import LANGUAGES

#: Seconds of a journey, and halves of a minute with what is lost and added by a division.
MINUTES = st.one_of(
    st.integers(0, 24 * 3600).map(lambda seconds: seconds / 60),
    st.builds(lambda whole, more: whole + 0.5 + more, st.integers(0, 200), st.floats(-0.06, 0.06)),
)
TEXTS = st.sampled_from([catalogue(language) for language in LANGUAGES])


@given(TEXTS, MINUTES)
def test_minutes_are_told_alike_from_the_figure_and_from_the_results(text, value):
    told = text.minutes(value)
    assert told == text.minutes(round(value, 1)) == minutes(text, value).shown
    assert told == text("minutes", n=text.whole_minutes(value))


@given(MINUTES)
def test_whole_minutes_are_the_nearest_but_for_half_a_tenth(value):
    assert abs(int(catalogue("en").whole_minutes(value).replace(",", "")) - value) < 0.551


@given(TEXTS, MINUTES, MINUTES)
def test_a_gap_is_that_of_the_minutes_beside_it(text, one, other):
    near, far = sorted((one, other))
    shown = [catalogue("en").whole_minutes(value).replace(",", "") for value in (near, far)]
    gap = minutes_apart(text, near, far)
    assert gap.shown == text.minutes(int(shown[1]) - int(shown[0]))
    assert gap.plain == round(far - near, 1)


def test_there_is_no_gap_to_what_is_never_reached():
    assert minutes_apart(catalogue("en"), 3.0, float("inf")) == minutes(catalogue("en"), None)
