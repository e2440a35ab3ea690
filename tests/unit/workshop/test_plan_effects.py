"""A plan is computed once, whoever asks for it, and what is drawn just now before anybody does."""

import asyncio
import threading
from dataclasses import dataclass, field

import pytest

from tesoma_geo.errors import ScenarioError
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.workshop.plan_effects import KEPT, PlanEffects
from tests.event_loops import finished


@dataclass
class Counting:
    """Answers with the name of the plan, once it may."""

    asked: list[tuple[str, str]] = field(default_factory=list)
    may: threading.Event = field(default_factory=threading.Event)
    closed: bool = False

    def effect(self, scenario, profile):
        name = scenario.name["en"]
        self.asked.append((name, profile))
        assert self.may.wait(300)
        if name == "bad":
            raise ScenarioError("it cannot be made", "Draw another one")
        return name.encode()

    def close(self):
        self.closed = True


@pytest.fixture
def computer():
    one = Counting()
    yield one
    one.may.set()


@pytest.fixture
def plan(tmp_path):
    return lambda name: Scenario.model_validate({"name": name, "path": tmp_path / "plan.toml"})


async def until(holds):
    async with asyncio.timeout(300):
        while not holds():
            await asyncio.sleep(0.001)


def test_a_plan_is_computed_once(computer, plan):
    async def asked():
        effects = PlanEffects(computer)
        both = asyncio.gather(effects.effect(plan("a"), "walk"), effects.effect(plan("a"), "walk"))
        computer.may.set()
        found = [*await both, await effects.effect(plan("a"), "walk"), await effects.effect(plan("a"), "car")]
        effects.close()
        return found

    assert finished(asked()) == [b"a"] * 4
    assert computer.asked == [("a", "walk"), ("a", "car")]
    assert computer.closed


def test_what_cannot_be_made_is_asked_again(computer, plan):
    async def asked():
        effects = PlanEffects(computer)
        computer.may.set()
        for _ in range(2):
            with pytest.raises(ScenarioError, match="cannot be made"):
                await effects.effect(plan("bad"), "walk")
        effects.close()

    finished(asked())
    assert len(computer.asked) == 2


def test_the_newest_of_what_is_being_drawn_is_foreseen(computer, plan):
    async def drawn():
        effects = PlanEffects(computer)
        effects.foresee(plan("bad"), "walk")
        await until(lambda: computer.asked)
        for name in ("b", "c", "d"):
            effects.foresee(plan(name), "walk")
        computer.may.set()
        await until(lambda: len(computer.asked) == 2)
        found = await effects.effect(plan("d"), "walk")
        effects.close()
        return found

    assert finished(drawn()) == b"d"
    assert computer.asked == [("bad", "walk"), ("d", "walk")]


def test_old_answers_give_way_to_new_ones(computer, plan):
    async def asked():
        effects = PlanEffects(computer)
        computer.may.set()
        for number in range(KEPT + 1):
            await effects.effect(plan(f"p{number}"), "walk")
        for name in ("p1", "p0"):
            await effects.effect(plan(name), "walk")
        effects.close()

    finished(asked())
    assert [name for name, _ in computer.asked].count("p0") == 2
    assert [name for name, _ in computer.asked].count("p1") == 1
