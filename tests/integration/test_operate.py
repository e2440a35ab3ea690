"""What an operator is given: the web server's configuration, the nightly job with its lock, the services."""

import gzip
import os
import re
import shutil
import socket
import subprocess
import time
import tomllib
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")


@pytest.fixture
def site(tmp_path):
    """The address of a site behind nginx, and its folder."""
    if NGINX is None:
        pytest.skip("nginx is not installed")
    folder = tmp_path / "current" / "site"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<p>Länsikeskus</p>" * 200, encoding="utf-8")
    (folder / "assets" / "map.js").write_text("let a = 1\n" * 300)
    (folder / ".secret").write_text("no")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for old, new in (
        ("/tmp/", f"{tmp_path}/"), ("listen 8080", f"listen 127.0.0.1:{port}"),
        ("/site/current", str(tmp_path / "current")), ("/dev/stdout", f"{tmp_path}/access.log"),
        ("error_log stderr", f"error_log {tmp_path}/error.log"),
    ):  # fmt: skip
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "nginx.conf"
    file.write_text(f"user root;\ndaemon off;\n{text}" if os.geteuid() == 0 else f"daemon off;\n{text}")
    server = subprocess.Popen([NGINX, "-c", str(file)], stderr=subprocess.PIPE, text=True)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                assert ask(f"{address}/healthy")[2] == b"well\n"
                break
            except OSError:
                assert server.poll() is None, server.stderr.read()
                time.sleep(0.05)
        yield address, tmp_path
    finally:
        server.terminate()
        server.wait()


def ask(address, method="GET"):
    request = urllib.request.Request(
        address, method=method, headers={"Accept-Encoding": "gzip", "Referer": "http://x/"}
    )
    with urllib.request.urlopen(request) as answer:
        return answer.status, answer.headers, answer.read()


def test_pages_come_compressed_and_say_how_long_they_hold(site):
    address, _ = site
    _, headers, body = ask(f"{address}/")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body).decode().startswith("<p>Länsikeskus</p>")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "public, max-age=300, must-revalidate"
    assert headers["Vary"] == "Accept-Encoding"
    _, of_script, _ = ask(f"{address}/assets/map.js")
    assert of_script["Cache-Control"] == "public, max-age=86400, must-revalidate"
    assert of_script["Content-Type"].startswith("text/javascript")
    assert of_script["ETag"]


@pytest.mark.parametrize(
    ("path", "method", "status"), [("/.secret", "GET", 404), ("/none", "GET", 404), ("/", "PUT", 403)]
)
def test_what_is_not_published_is_not_there(site, path, method, status):
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask(site[0] + path, method)
    assert refused.value.code == status


def test_no_log_tells_who_asked_or_from_where(site):
    address, folder = site
    ask(f"{address}/")
    with pytest.raises(urllib.error.HTTPError):
        ask(address, "PUT")
    logs = [folder / "access.log", folder / "error.log"]
    for _ in range(600):  # a line is written after its answer
        told = "".join(log.read_text() for log in logs)
        if " 200 GET /index.html " in told and " 403 PUT / " in told:
            break
        time.sleep(0.05)
    else:
        pytest.fail(f"neither request is in the log: {told}")
    assert not any(word in told for word in ("127.0.0.1", "http://x/"))


@pytest.fixture
def nightly(tmp_path):
    """The script with a command beside it that writes what it is asked to, or waits, or fails."""
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "tesoma-geo"
    command.write_text(
        '#!/bin/sh\n[ "$1" = run ] || exit 0\n[ -z "${FAILS:-}" ] || exit 1\n'
        'while [ "$#" -gt 0 ]; do [ "$1" = --out ] && out=$2; shift; done\n'
        'mkdir -p "$out/site"; echo "$out" > "$out/site/index.html"\n'
        '[ -z "${WAITS:-}" ] || { echo ready; read -r _; }\n'
    )
    command.chmod(0o755)
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"

    def start(**more):
        words = [str(ROOT / "deploy" / "nightly.sh"), "tesoma.toml", str(tmp_path / "site")]
        return subprocess.Popen(
            words, env={**os.environ, "PATH": path, **more}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    return start, tmp_path / "site"


def test_two_jobs_at_once_are_one_and_the_pages_change_at_its_end(nightly):
    start, site = nightly
    first = start(WAITS="1")
    assert first.stdout.readline() == "ready\n"
    assert not (site / "current").exists()
    second = start()
    assert "another job is at work" in second.communicate()[1]
    assert second.returncode == 75
    first.communicate("go on\n")
    assert first.returncode == 0
    shown = (site / "current" / "site" / "index.html").read_text().strip()
    assert Path(shown).resolve() == (site / "current").resolve()


def test_a_job_that_fails_leaves_the_pages_of_the_night_before(nightly):
    start, site = nightly
    assert start().wait() == 0
    before = (site / "current").readlink()
    assert start(FAILS="1").wait() == 1
    assert (site / "current").readlink() == before
    assert (site / "current" / "site" / "index.html").exists()


def test_old_runs_go_and_what_is_no_run_stays(nightly):
    start, site = nightly
    for day in range(1, 6):
        (site / "runs" / f"2026-01-0{day}T031500Z").mkdir(parents=True)
    (site / "runs" / "mine").mkdir()
    assert start(TESOMA_KEEP_RUNS="3").wait() == 0
    left = sorted(path.name for path in (site / "runs").iterdir())
    assert left[:2] == ["2026-01-04T031500Z", "2026-01-05T031500Z"]
    assert left[-1] == "mine"
    assert len(left) == 4


@pytest.fixture
def services():
    return yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]


def test_services_hold_no_password_and_may_not_write_their_own_files(services):
    assert set(services) == {"site", "nightly", "workshop", "database"}
    assert all(services[name]["read_only"] for name in ("site", "nightly", "workshop"))
    assert all(port.startswith("127.0.0.1:") for service in services.values() for port in service.get("ports", ()))
    environment = services["database"]["environment"]
    assert "POSTGRES_PASSWORD" not in environment
    assert environment["POSTGRES_PASSWORD_FILE"].startswith("/run/secrets/")


def test_services_have_no_rights_of_root_and_the_database_no_new_ones(services):
    assert all(services[name]["cap_drop"] == ["ALL"] for name in ("site", "nightly", "workshop"))
    assert all(service["security_opt"] == ["no-new-privileges:true"] for service in services.values())
    assert services["site"]["user"].split(":")[0] != "0"


def test_whoever_may_ask_the_database_can_read_its_password(services):
    for name in ("nightly", "workshop"):
        file = services[name]["environment"]["PGPASSFILE"]
        assert file.removeprefix("/run/secrets/") in services[name]["secrets"]


def test_a_database_that_is_still_being_made_is_not_healthy(services):
    # The image makes a new database with a server that listens at its socket alone.
    asked = services["database"]["healthcheck"]["test"]
    assert asked[asked.index("--host") + 1] == "127.0.0.1"


def test_the_workshop_tells_the_address_that_compose_gives_it(services):
    command, port = services["workshop"]["command"], services["workshop"]["ports"][0]
    assert command[command.index("--address") + 1] == f"${{TESOMA_ADDRESS:-http://{port.rpartition(':')[0]}}}"


def test_the_commands_for_operators_name_services_and_build_one_that_a_profile_hides(services):
    page = (ROOT / "docs" / "operate.md").read_text() + (ROOT / "compose.yaml").read_text()
    named = re.findall(r"docker compose (?:--\S+ (?:/\S+ |workshop )?)?(up|run|build)(?: --\w+)*(?: ([a-z]+))?", page)
    assert {verb for verb, _ in named} == {"up", "run", "build"}
    assert {service for _, service in named} <= services.keys()
    # Without a name compose builds nothing that a profile hides, and goes on with the image of before.
    assert all("build" in services[service] for verb, service in named if verb == "build")


def test_the_image_copies_files_that_are_there_and_none_of_residents():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    copied = [
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    ]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert ignored[0] == "*"
    assert "layers/annotations*" in ignored


def test_the_image_has_what_every_extra_names_but_that_which_needs_a_browser():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    installed = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements" / "image.txt").read_text(), re.MULTILINE))
    for name in extras.keys() - {"check", "all"}:
        wanted = {re.match(r"[a-z0-9-]+", package)[0] for package in extras[name]} - {"tesoma-geo"}
        assert wanted <= installed, name
