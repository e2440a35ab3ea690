"""A room while it is open: the district, the store's writer, what is shown, rounds and alternatives as they are now."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import shapely

from tesoma_geo.annotations.store import Store
from tesoma_geo.annotations.store_location import open_store
from tesoma_geo.errors import InputError
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.languages import CATALOGUES
from tesoma_geo.workshop.alternatives import Alternative, alternatives_of, save
from tesoma_geo.workshop.district import DistrictToday
from tesoma_geo.workshop.events import EVERYBODY, HOST, RoomEvents
from tesoma_geo.workshop.moderation import shown_items
from tesoma_geo.workshop.phone_store import write_posts
from tesoma_geo.workshop.plan_effects import PlanEffects
from tesoma_geo.workshop.plan_process import ComputedHere, PlanComputer
from tesoma_geo.workshop.room_log import Act, append_act, read_log
from tesoma_geo.workshop.rounds import Rounds
from tesoma_geo.workshop.session import Session
from tesoma_geo.workshop.writer import StoreWriter
from tesoma_geo.workspace import Workspace


@dataclass(eq=False)
class Room:
    """The state of one workshop; changed in the event loop alone.

    Its ``rounds`` and ``alternatives`` are as they are now: what follows from the log; ``effects`` tells what plans do.

    Attributes
    ----------
    session
        Its folder and keys.
    district
        What never changes.
    writer
        Of the store.
    events
        What is told to those who listen.
    acts
        The log so far.
    shown
        What the room sees of what was said.
    computer
        Computes what plans do; in this process where none is given.

    """

    session: Session
    district: DistrictToday
    writer: StoreWriter
    events: RoomEvents = field(default_factory=RoomEvents)
    acts: list[Act] = field(default_factory=list)
    shown: list[dict[str, Any]] = field(default_factory=list)
    computer: PlanComputer | None = None

    def __post_init__(self) -> None:
        self.outline = shapely.union_all(self.inputs.district.geometry.to_numpy())
        self.effects = PlanEffects(self.computer or ComputedHere(self.district))
        self._drawing = asyncio.Lock()
        self._refresh()

    def _refresh(self) -> None:
        self.rounds = Rounds.of(self.workspace.workshop.rounds, self.acts)
        self.alternatives: Mapping[str, Alternative] = alternatives_of(self.acts)

    @property
    def inputs(self) -> Inputs:
        """The layers as they are today."""
        return self.district.inputs

    @property
    def workspace(self) -> Workspace:
        """The workspace."""
        return self.inputs.workspace

    @property
    def drawing(self) -> asyncio.Lock:
        """Held by whoever changes an alternative."""
        return self._drawing

    def head_of(self, alternative: str) -> dict[str, Any]:
        """The keys of a plan's file before its tables: what it is called, and what a metre costs.

        Parameters
        ----------
        alternative
            Its name.

        Returns
        -------
        dict
        """
        known = [tag for tag in self.workspace.district.languages if tag in CATALOGUES] or ["en"]
        head: dict[str, Any] = {"name": dict.fromkeys(known, f"{self.session.name}: {alternative}")}
        prices = self.workspace.workshop.cost_eur_per_m
        return head | ({"cost_eur_per_m": dict(prices)} if prices else {})

    async def log(self, name: str, content: dict[str, Any]) -> None:
        """Write an act, and let what follows from it hold.

        Parameters
        ----------
        name
            What happened.
        content
            What it is about.
        """
        round_name = self.rounds.open

        def write(store: Store) -> Act:
            with store.database.transaction(sealed=False):
                return append_act(store, self.session.name, round_name, name, content)

        self.take_in(await self.writer.run(write))

    def take_in(self, act: Act) -> None:
        """Let what follows from an act hold that is written already.

        Parameters
        ----------
        act
            As it stands in the log.
        """
        self.acts.append(act)
        self._refresh()

    def save(self, alternative: str) -> None:
        """Write the scenario file of an alternative.

        Parameters
        ----------
        alternative
            Its name.
        """
        save(self.alternatives[alternative], self.session.folder, self.head_of(alternative))

    async def look_again(self) -> None:
        """Read what the room sees anew, and tell everybody where it changed."""
        shown = await self.writer.run(lambda store: shown_items(store, self.session.source))
        if shown != self.shown:
            self.shown = shown
            self.events.tell("shown", {"items": shown}, EVERYBODY)
        self.events.tell("waiting", {}, HOST)

    def close(self) -> None:
        """Finish what waits, and close the store."""
        self.effects.close()
        self.writer.close()


def open_room(session: Session, district: DistrictToday, computer: PlanComputer | None = None) -> Room:
    """Open a room: the store with its tables, and what its log and its annotations tell.

    Parameters
    ----------
    session
        Its folder and keys.
    district
        What never changes.
    computer
        Computes what plans do; closed with the room. In this process where none is given.

    Returns
    -------
    Room
        To be closed.

    Raises
    ------
    TesomaError
        The store cannot be opened, or a scenario file cannot be written.
    """
    workspace = district.inputs.workspace

    def opened() -> Store:
        store = open_store(workspace)
        with store.database.transaction():
            store.database.create(store.crs)
            store.remember_key()
        return store

    writer = StoreWriter(opened, write_posts)
    try:
        acts = list(writer.run_now(lambda store: read_log(store, session.name)))
        shown = writer.run_now(lambda store: shown_items(store, session.source))
        room = Room(session, district, writer, acts=acts, shown=shown, computer=computer)
        for name in room.alternatives:
            room.save(name)
    except BaseException:
        writer.close()
        raise
    return room


def alternative_named(room: Room, name: str) -> Alternative:
    """An alternative; an empty one where nothing was drawn yet.

    Parameters
    ----------
    room
        The room.
    name
        Of the alternative.

    Returns
    -------
    Alternative

    Raises
    ------
    InputError
        There are too many.
    """
    from tesoma_geo.workshop.alternatives import MOST_ALTERNATIVES
    from tesoma_geo.workshop.session import checked_name

    checked_name(name, "alternative")
    if name not in room.alternatives and len(room.alternatives) >= MOST_ALTERNATIVES:
        raise InputError(f"there are {MOST_ALTERNATIVES} alternatives", "Draw in one of them")
    return room.alternatives.get(name, Alternative(name))
