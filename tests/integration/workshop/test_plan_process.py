"""Plans are computed in a process beside the server's: the same bytes, and it never outlives the server."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tesoma_geo.errors import InputError, ScenarioError
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.workshop.plan_process import ComputedHere, PlanProcess

PATH = {"highway": "path", "foot": "designated", "surface": "asphalt"}


@pytest.fixture
def plans(link, tmp_path):
    """Three plans: nothing, a link, and much."""
    head = {"name": "Plan", "path": tmp_path / "plan.toml"}
    drawn = [{"line": link, "tags": PATH}]
    homes = [{"lon": 23.63, "lat": 61.5, "residents": 200}]
    return [
        Scenario.model_validate(head | content)
        for content in (
            {},
            {"links": drawn},
            {"links": drawn, "homes": homes, "costs": [{"ways": [14], "closed": True}]},
        )
    ]


class Ending:
    """Something that ends the process that reads it."""

    def __reduce__(self):
        return os._exit, (3,)


def is_running(pid: int) -> bool:
    """Whether a process is there and has not ended; one that nobody has waited for yet has."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_the_process_answers_as_this_one_and_another_takes_its_place(district, plans, tmp_path):
    told = []
    here, there = ComputedHere(district), PlanProcess(district, told.append)
    try:
        for plan in plans:
            for profile in district.profiles:
                assert there.effect(plan, profile) == here.effect(plan, profile)
        far = Scenario.model_validate(
            {
                "name": "Far",
                "path": tmp_path / "far.toml",
                "links": [{"line": [[23.6, 61.52], [23.601, 61.52]], "tags": PATH}],
            }
        )
        with pytest.raises(ScenarioError, match="more than 30 m"):
            there.effect(far, "walk")
        assert told == []
        os.kill(there.pid, signal.SIGKILL)
        assert there.effect(plans[1], "walk") == here.effect(plans[1], "walk")
        (words,) = told
        assert "ended (by signal 9)" in words
        last = there.pid
        assert os.getpid() != last
    finally:
        there.close()
    assert not is_running(last)
    assert json.loads(here.effect(plans[1], "walk"))["residents"]["residents"]["gaining"] > 0


def test_a_process_that_always_ends_is_told(plans):
    told = []
    there = PlanProcess(Ending(), told.append)
    with pytest.raises(InputError, match=r"ended 2 times over this change \(with status 3\)"):
        there.effect(plans[0], "walk")
    assert len(told) == 2
    there.close()


@pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc")
def test_it_ends_when_the_server_is_killed():
    program = (
        "import sys, time\n"
        "from tesoma_geo.workshop.plan_process import PlanProcess\n"
        "if __name__ == '__main__':\n"
        "    print(PlanProcess('a district').pid, flush=True)\n"
        "    time.sleep(600)\n"
    )
    server = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    pid = int(server.stdout.readline())
    assert is_running(pid)
    server.kill()
    server.wait()
    deadline = time.monotonic() + 300
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(pid)
