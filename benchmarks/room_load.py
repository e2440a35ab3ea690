"""A room full of people: 300 phones that speak and look, and a wall at which a path is drawn now and then.

``python -m benchmarks.room_load WORKSPACE [MINUTES]`` serves a room of a workspace and lets 300 phones each keep a
stream of events open, say six things and look 20 times a minute. Every 15 s a link is drawn at the wall in headless
Chromium and taken back, ended at once and half a second after its last corner by turns. Told are the waits for what is
said and for looks, the wall's, the memory of the server and of its process for plans, and
whether all that was acknowledged is stored once. The table goes to ``benchmarks/room_load.md``.
"""

import asyncio
import os
import platform
import random
import secrets
import ssl
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import numpy as np
from playwright.sync_api import sync_playwright

from benchmarks.arguments import WORKSPACE, arguments
from benchmarks.half_day import served
from benchmarks.served_room import chromium
from benchmarks.workshop import HAND_S, drawn, near, wait

PHONES, SAID_A_MINUTE, LOOKS_A_MINUTE, DRAWN_EVERY_S = 300, 6, 20, 15
#: A wait of a phone is given up after so long.
LONGEST_S = 60


@dataclass
class Load:
    """What was waited for, and what was acknowledged."""

    base: str
    key: str
    ends: float
    said_ms: list[float] = field(default_factory=list)
    looks_ms: list[float] = field(default_factory=list)
    wall_ms: list[float] = field(default_factory=list)
    by_hand_ms: list[float] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    memory_mb: list[float] = field(default_factory=list)
    plans_mb: list[float] = field(default_factory=list)
    heard: int = 0

    async def phone(self, secure: ssl.SSLContext, place: tuple[float, float], seed: int) -> None:
        """One phone with connections of its own: says and looks at times drawn by its seed until the end."""
        async with httpx.AsyncClient(verify=secure, timeout=LONGEST_S) as client:
            await self._lives(client, place, seed)

    async def _lives(self, client: httpx.AsyncClient, place: tuple[float, float], seed: int) -> None:
        drawn_by = random.Random(seed)
        headers = {"X-Workshop-Key": self.key, "X-Device-Key": secrets.token_hex(16)}
        listening = asyncio.create_task(self._listen(client, headers))
        every_s = 60.0 / (SAID_A_MINUTE + LOOKS_A_MINUTE)
        await asyncio.sleep(drawn_by.uniform(0, every_s))
        while time.monotonic() < self.ends:
            begin = time.perf_counter()
            if drawn_by.random() < SAID_A_MINUTE / (SAID_A_MINUTE + LOOKS_A_MINUTE):
                await self._say(client, headers, place, drawn_by, begin)
            else:
                answer = await client.get(f"{self.base}/api/room", headers=headers)
                self._tell(answer, self.looks_ms, begin)
            await asyncio.sleep(max(0.0, drawn_by.uniform(0.5, 1.5) * every_s - (time.perf_counter() - begin)))
        listening.cancel()

    async def _say(
        self,
        client: httpx.AsyncClient,
        headers: dict[str, str],
        place: tuple[float, float],
        drawn_by: random.Random,
        begin: float,
    ) -> None:
        at = [round(place[0] + drawn_by.uniform(-0.01, 0.01), 6), round(place[1] + drawn_by.uniform(-0.005, 0.005), 6)]
        post = {
            "id": secrets.token_hex(16), "kind": drawn_by.choice(["idea", "barrier", "place"]), "shape": "point",
            "places": [at], "text": f"Penkki tai valo {drawn_by.random():.6f}", "show": True, "language": "fi",
        }  # fmt: skip
        answer = await client.post(f"{self.base}/api/annotations", headers=headers, json=post)
        self._tell(answer, self.said_ms, begin)
        if answer.status_code in (200, 201):
            self.stored.append(str(post["id"]))

    def _tell(self, answer: httpx.Response, waits_ms: list[float], begin: float) -> None:
        waits_ms.append(1000 * (time.perf_counter() - begin))
        if not answer.is_success:
            self.refused.append(f"{answer.status_code} {answer.text[:80]}")

    async def _listen(self, client: httpx.AsyncClient, headers: dict[str, str]) -> None:
        async with client.stream("GET", f"{self.base}/api/events", headers=headers, timeout=None) as events:
            async for _ in events.aiter_bytes():
                self.heard += 1

    def draw(self, wall: str) -> None:
        """Draw links at the wall until the end."""
        with sync_playwright() as playwright:
            page = chromium(playwright).new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(300_000)
            page.goto(wall)
            wait(page, "tesoma.took > 0")
            middle = page.evaluate("(({ lng, lat }) => [lng, lat])(tesoma.current.getCenter())")
            lines = near((middle[0], middle[1]), 0)
            while time.monotonic() < self.ends:
                self.wall_ms += drawn(page, "path", lines, 1)
                time.sleep(DRAWN_EVERY_S / 2)
                self.by_hand_ms += drawn(page, "path", lines, 1, HAND_S)
                time.sleep(DRAWN_EVERY_S / 2)

    def weigh(self, server: Path) -> None:
        """Memory of the server and of its process for plans, every ten seconds until the end (Linux)."""
        children = (server / "task" / server.name / "children").read_text(encoding="ascii").split()
        (plans,) = [one for one in map(server.parent.joinpath, children) if b"spawn_main" in command_of(one)]
        while time.monotonic() < self.ends:
            self.memory_mb.append(resident_mb(server))
            self.plans_mb.append(resident_mb(plans))
            time.sleep(10)


def command_of(process: Path) -> bytes:
    """The command line of a process below ``/proc``."""
    return (process / "cmdline").read_bytes()


def resident_mb(process: Path) -> float:
    """Megabytes of memory that a process below ``/proc`` has."""
    resident = (process / "statm").read_text(encoding="ascii").split()[1]
    return int(resident) * os.sysconf("SC_PAGE_SIZE") / 2**20


async def lived_through(load: Load, place: tuple[float, float]) -> None:
    """All phones at once."""
    secure = ssl.create_default_context()  # once: making one takes longer than all else of a client
    await asyncio.gather(*(load.phone(secure, place, seed) for seed in range(PHONES)))


def main(workspace: Path, minutes: float = 10.0) -> None:
    """Let them speak, and write the table."""
    with served(workspace) as addresses:
        base = addresses["Wall"].split("/plan")[0]
        keys = {name: address.split("#k=")[1] for name, address in addresses.items()}
        host = {"X-Workshop-Key": keys["Moderation"]}
        httpx.post(f"{base}/api/rounds", headers=host, json={"act": "open", "name": "morning"}).raise_for_status()
        wall = {"X-Workshop-Key": keys["Wall"]}
        district = httpx.get(f"{base}/api/services", headers=wall, timeout=LONGEST_S).json()
        place = (district["services"][0]["lon"], district["services"][0]["lat"])
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
        (server,) = [one for one in map(Path("/proc").joinpath, children) if b"workshop" in command_of(one)]
        load = Load(base, keys["Phones"], time.monotonic() + 60 * minutes)
        beside = [
            threading.Thread(target=load.draw, args=(addresses["Wall"],)),
            threading.Thread(target=load.weigh, args=(server,)),
        ]
        for thread in beside:
            thread.start()
        asyncio.run(lived_through(load, place))
        busy = os.getloadavg()[0]
        for thread in beside:
            thread.join()
        listed = httpx.get(f"{base}/api/moderation", headers=host, timeout=600).json()["annotations"]
    write(load, workspace, minutes, busy, len(listed), len({one["name"] for one in listed}))


def write(load: Load, workspace: Path, minutes: float, busy: float, listed: int, different: int) -> None:
    """The table, printed and in its file."""
    half = len(load.memory_mb) // 2
    rows = [
        "# A room full of people",
        "",
        f"Made by `python -m benchmarks.room_load {workspace.name} {minutes:g}` on {os.cpu_count()} cores that",
        f"the server, {PHONES} phones and a browser share, Python {platform.python_version()}; load of the machine",
        f"at the end {busy:.1f}. Each phone keeps its stream of events open, says {SAID_A_MINUTE} things and looks",
        f"{LOOKS_A_MINUTE} times a minute.",
        "Milliseconds on the clock, as the phones wait.",
        "",
        "| what | times | median ms | 99 % ms | longest ms | asked |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    waits = (
        ("said", load.said_ms, "99 % ≤ 150"),
        ("looked", load.looks_ms, ""),
        ("a link at the wall, ended at once", load.wall_ms, "≤ 300"),
        (f"a link at the wall, ended {HAND_S:g} s after its last corner", load.by_hand_ms, "≤ 300"),
    )
    for what, times, asked in waits:
        middle, late, longest = np.percentile(times, [50, 99, 100])
        rows.append(f"| {what} | {len(times)} | {middle:.0f} | {late:.0f} | {longest:.0f} | {asked} |")
    rows += [
        "",
        f"Acknowledged: {len(load.stored)}; in the store: {listed}, of which different: {different}. Refused: "
        f"{len(load.refused)}{f' ({load.refused[0]})' if load.refused else ''}. Pieces of events heard: {load.heard}.",
        f"Memory of the server: {load.memory_mb[0]:.0f} MB at the beginning, {load.memory_mb[half]:.0f} half-way, "
        f"{load.memory_mb[-1]:.0f} at the end; of its process for plans {load.plans_mb[0]:.0f}, "
        f"{load.plans_mb[half]:.0f} and {load.plans_mb[-1]:.0f} MB.",
    ]
    Path("benchmarks/room_load.md").write_text("\n".join(rows) + "\n", encoding="utf-8")
    print("\n".join(rows))


if __name__ == "__main__":
    main(*arguments(__doc__, WORKSPACE, optional=("MINUTES", float, "10 unless named")))
