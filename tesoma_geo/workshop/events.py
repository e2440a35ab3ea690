"""Server-sent events with numbers: who comes back goes on where they were, who is too slow is told to look anew."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

#: Who an event is for.
EVERYBODY, WALL, HOST = "everybody", "wall", "host"
#: Events that are kept for who comes back, and that may wait for one who is slow.
KEPT, WAITING = 512, 64
#: Seconds after which a line keeps a quiet connection open.
PULSE_S = 15.0
#: Most listeners at once.
MOST_LISTENERS = 1000


@dataclass(frozen=True)
class RoomEvent:
    """Something that happened in the room.

    Attributes
    ----------
    number
        From 1 on.
    audience
        Who it is for.
    line
        As it goes over the wire: made once, whoever hears it.
    """

    number: int
    audience: str
    line: str

    @classmethod
    def of(cls, number: int, audience: str, name: str, content: dict[str, Any]) -> "RoomEvent":
        """An event with what it tells.

        Parameters
        ----------
        number
            From 1 on.
        audience
            Who it is for.
        name
            What happened.
        content
            JSON can hold it.

        Returns
        -------
        RoomEvent
        """
        told = json.dumps(content, ensure_ascii=False)
        return cls(number, audience, f"id: {number}\nevent: {name}\ndata: {told}\n\n")


class RoomEvents:
    """The events of one room; used in the event loop alone."""

    def __init__(self) -> None:
        self._last = 0
        self._kept: deque[RoomEvent] = deque(maxlen=KEPT)
        self._listeners: dict[asyncio.Queue[RoomEvent | None], frozenset[str]] = {}

    @property
    def listeners(self) -> int:
        """How many listen."""
        return len(self._listeners)

    def tell(self, name: str, content: dict[str, Any], audience: str = EVERYBODY) -> None:
        """Tell those who listen.

        Parameters
        ----------
        name
            What happened.
        content
            JSON can hold it.
        audience
            Who may know.
        """
        self._last += 1
        event = RoomEvent.of(self._last, audience, name, content)
        self._kept.append(event)
        for waiting, audiences in self._listeners.items():
            if audience not in audiences:
                continue
            if waiting.qsize() >= WAITING:
                # Too slow for every single event: what waits is dropped for one that says to look anew.
                while not waiting.empty():
                    waiting.get_nowait()
                waiting.put_nowait(None)
            else:
                waiting.put_nowait(event)

    async def lines(self, audiences: frozenset[str], last: int | None) -> AsyncIterator[str]:
        """The events for one listener, as they happen.

        Parameters
        ----------
        audiences
            What the listener may know.
        last
            The number of the last event that it had; None for one that is new.

        Yields
        ------
        str
            Lines of the stream.
        """
        waiting: asyncio.Queue[RoomEvent | None] = asyncio.Queue()
        self._listeners[waiting] = audiences
        try:
            yield "retry: 2000\n\n"
            for line in self._missed(audiences, last):
                yield line
            while True:
                try:
                    event = await asyncio.wait_for(waiting.get(), PULSE_S)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                yield self._anew() if event is None else event.line
        finally:
            del self._listeners[waiting]

    def _missed(self, audiences: frozenset[str], last: int | None) -> list[str]:
        if last is None or last == self._last:
            return []
        first = self._kept[0].number if self._kept else self._last + 1
        if last > self._last or last < first - 1:  # of another run of the server, or too long ago
            return [self._anew()]
        return [event.line for event in self._kept if event.number > last and event.audience in audiences]

    def _anew(self) -> str:
        return f"id: {self._last}\nevent: anew\ndata: {{}}\n\n"
