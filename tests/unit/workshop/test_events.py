"""Who comes back misses nothing; who is slow costs nothing; nobody hears what is not theirs."""

import asyncio

from tesoma_geo.workshop.events import EVERYBODY, HOST, KEPT, WAITING, RoomEvents
from tests.event_loops import finished

PHONE, OF_HOST = frozenset({EVERYBODY}), frozenset({EVERYBODY, HOST})


async def first(lines, count):
    return [await asyncio.wait_for(anext(lines), 60) for _ in range(count)]


def run(work):
    return finished(work)


def test_a_listener_hears_what_happens_and_only_what_is_theirs():
    async def work():
        events = RoomEvents()
        phone, host = events.lines(PHONE, None), events.lines(OF_HOST, None)
        await first(phone, 1)
        await first(host, 1)
        events.tell("waiting", {"name": "secret"}, HOST)
        events.tell("round", {"open": "day 1"})
        assert (await first(phone, 1)) == ['id: 2\nevent: round\ndata: {"open": "day 1"}\n\n']
        assert "secret" in (await first(host, 1))[0]
        await phone.aclose()
        await host.aclose()
        assert events.listeners == 0

    run(work())


def test_who_comes_back_goes_on_where_they_were():
    async def work():
        events = RoomEvents()
        for number in range(5):
            events.tell("round", {"number": number})
        lines = events.lines(PHONE, 3)
        told = await first(lines, 3)
        assert [line.split("\n")[0] for line in told[1:]] == ["id: 4", "id: 5"]

    run(work())


def test_who_was_away_too_long_or_comes_from_another_run_looks_anew():
    async def work():
        events = RoomEvents()
        for number in range(KEPT + 10):
            events.tell("round", {"number": number})
        for last in (1, KEPT + 500):
            told = await first(events.lines(PHONE, last), 2)
            assert "event: anew" in told[1]

    run(work())


def test_who_does_not_read_has_a_bounded_queue_and_is_told_to_look_anew():
    async def work():
        events = RoomEvents()
        lines = events.lines(PHONE, None)
        await first(lines, 1)
        for number in range(3 * WAITING):
            events.tell("round", {"number": number})
        told = await first(lines, 1)
        assert "event: anew" in told[0]
        (queue,) = events._listeners
        assert queue.qsize() <= WAITING

    run(work())
