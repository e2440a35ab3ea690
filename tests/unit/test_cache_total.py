"""A large cache is counted when it may be full, not at each thing that is kept."""

import pytest

from tesoma_geo import _cache
from tesoma_geo._cache import cached_entry, entries, make_room
from tesoma_geo._cache_total import TOTAL, VALID_S, count_more, forget_total, leaves_room, remember_total

SIZE_BYTES = 1_000


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A cache in which more than ten entries are many, with room for twenty of a thousand bytes and their listing."""
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path))
    monkeypatch.setattr(_cache, "_MANY", 10)
    monkeypatch.setattr(_cache, "limit_bytes", lambda: 20 * (SIZE_BYTES + 100))
    return tmp_path


def keep(*numbers):
    for number in numbers:
        cached_entry(
            "numbers",
            number.to_bytes(16),
            lambda folder: (folder / "a").read_bytes(),
            lambda: bytes(SIZE_BYTES),
            lambda folder, content: (folder / "a").write_bytes(content),
        )


def counted(monkeypatch):
    """Times that all entries were counted from now on."""
    times = []
    monkeypatch.setattr(_cache, "entries", lambda: times.append(1) or entries())
    return times


def total(folder):
    first, *more = (folder / TOTAL).read_text().splitlines()
    return int(first.split()[1]) + sum(map(int, more))


def test_few_entries_are_counted_each_time_and_nothing_is_remembered(cache):
    keep(*range(10))
    assert len(list(cache.iterdir())) == 10


def test_many_entries_are_counted_once(cache, monkeypatch):
    keep(*range(11))
    times = counted(monkeypatch)
    keep(*range(11, 18))
    assert times == []
    assert total(cache) == sum(entry.size_bytes for entry in entries())
    assert len(entries()) == 18


def test_a_full_cache_leaves_some_room_so_that_the_next_does_not_count_again(cache, monkeypatch):
    keep(*range(40))
    limit = _cache.limit_bytes()
    assert 0.85 * limit < sum(entry.size_bytes for entry in entries()) <= limit
    keep(40)
    times = counted(monkeypatch)
    keep(*range(41, 61))
    assert 0 < len(times) < 20
    assert sum(entry.size_bytes for entry in entries()) <= limit
    assert (cache / f"numbers-{60:032x}").is_dir()


def test_a_smaller_limit_holds_at_once(cache):
    keep(*range(15))
    make_room(5 * (SIZE_BYTES + 100))
    assert 0 < len(entries()) <= 5
    assert not (cache / TOTAL).exists()


@pytest.mark.parametrize(
    "content", [b"", b"much", b"1 2 3", b"9999999999 1", b"0 1", b"\xff\xfe", b"1\nx", b"%d -5\nx" % 2_000_000_000]
)
def test_a_total_that_is_none_is_counted_again(cache, content, monkeypatch):
    keep(*range(12))
    (cache / TOTAL).write_bytes(content)
    times = counted(monkeypatch)
    keep(12)
    assert times == [1]
    assert total(cache) == sum(entry.size_bytes for entry in entries())


def test_a_total_is_right_for_a_day(tmp_path, monkeypatch):
    remember_total(tmp_path, 5)
    count_more(tmp_path, 6)
    assert leaves_room(tmp_path, 11)
    assert not leaves_room(tmp_path, 10)
    later = int((tmp_path / TOTAL).read_text().split()[0]) + VALID_S
    monkeypatch.setattr("time.time", lambda: later)
    assert not leaves_room(tmp_path, 11)


def test_nothing_is_begun_where_nothing_was_counted(tmp_path):
    count_more(tmp_path, 6)
    forget_total(tmp_path)
    count_more(tmp_path / "none", 6)
    remember_total(tmp_path / "none", 6)
    assert list(tmp_path.iterdir()) == []
