"""The command, killed at any moment: everything that it acknowledged is there."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest

from tesoma_geo.annotations.store_location import open_store
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved, of_profiles

#: How often the server is killed; WORKSHOP_KILLS=100 takes some minutes.
KILLS = int(os.environ.get("WORKSHOP_KILLS", "2"))


@pytest.fixture
def command(sample_workspace, tmp_path):
    """Start the command on a workspace of its own; the process, and the addresses that it prints."""
    path = moved(sample_workspace, tmp_path, *of_profiles("walk"))
    running = []

    def begin():
        process = subprocess.Popen(
            [sys.executable, "-m", "tesoma_geo", "workshop", "--workspace", str(path), "--port", "0", "-q"],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        running.append(process)
        lines = []
        while not lines or not lines[-1].startswith("Who has"):
            line = process.stdout.readline()
            assert line, "the command ended"
            lines.append(line)
        text = "".join(lines)
        port, host = re.search(r"Moderation: http://127\.0\.0\.1:(\d+)/moderate#k=(\S+)", text).groups()
        code = re.search(r"/join#k=(\S+)", text)[1]
        return process, int(port), {"host": host, "room": code}

    yield path, begin
    for process in running:
        process.kill()
        process.wait()


def ask(port, method, path, key, content=None, device="a" * 32):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    headers = {"X-Workshop-Key": key, "X-Device-Key": device, "Content-Type": "application/json"}
    connection.request(method, path, None if content is None else json.dumps(content), headers)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, json.loads(data)


def test_nothing_that_was_acknowledged_is_lost_when_the_server_is_killed(command):
    path, begin = command
    acknowledged, number = [], 0
    for turn in range(KILLS):
        process, port, keys = begin()
        if turn == 0:
            assert ask(port, "POST", "/api/rounds", keys["host"], {"act": "open", "name": "workshop"})[0] == 200
        deadline = time.monotonic() + 300
        while time.monotonic() < deadline:
            number += 1
            post = {"id": f"{number:032x}", "kind": "idea", "shape": "point", "places": [[23.6275, 61.5052]]}
            try:
                status, _ = ask(port, "POST", "/api/annotations", keys["room"], post, device=f"{number:032x}")
            except (OSError, http.client.HTTPException):
                break
            assert status == 201
            acknowledged.append(number)
            if len(acknowledged) == 8 * (turn + 1):
                process.send_signal(signal.SIGKILL)
        process.wait()
    store = open_store(Workspace.load(path))
    source = "workshop-workshop"
    store_ids = store.annotations()["annotation_id"].tolist()
    kept = set(store_ids)
    store.database.close()
    names = {store.key.annotation(source, f"{one:032x}|{one:032x}") for one in acknowledged}
    assert len(acknowledged) >= 8 * KILLS
    assert len(store_ids) == len(kept)
    assert names <= kept
    assert len(kept) <= number


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_told_to_end_has_not_failed(command, how):
    _path, begin = command
    process, _port, _keys = begin()
    process.send_signal(how)
    assert process.wait() == 0
