"""A PostGIS server of the tests' own, on a socket in a folder that goes with it."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


def programs() -> Path | None:
    """Where the server's programs are."""
    found = [Path(path).parent for path in [shutil.which("initdb")] if path]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in found if (folder / "initdb").exists()), None)


@pytest.fixture(scope="module")
def postgres_server():
    """The folder of a socket on which a server of its own listens, for as long as this module runs."""
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: pip install tesoma-geo[postgis]")
    where = programs()
    if where is None:
        pytest.skip("no PostgreSQL server on this machine: install postgresql and postgis")
    folder = Path(tempfile.mkdtemp(prefix="tesoma-pg-"))
    as_user = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    data, log = folder / "data", folder / "log"

    def run(*command):
        return subprocess.run([*as_user, *map(str, command)], check=True, capture_output=True, cwd=folder, text=True)

    try:
        run(where / "initdb", "-D", data, "-U", "tester", "-A", "trust", "--no-sync")
        run(where / "pg_ctl", "-D", data, "-l", log, "-w", "-o", f"-k {folder} -c listen_addresses='' -F", "start")
    except subprocess.CalledProcessError as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.fail(f"the server does not start: {error.stderr}")
    try:
        with psycopg.connect(f"host={folder} user=tester dbname=postgres", autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'").fetchall():
                pytest.skip("the PostgreSQL server has no PostGIS: install postgresql-postgis")
        yield folder
    finally:
        run(where / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(postgres_server):
    """The address of an empty database."""
    import psycopg

    with psycopg.connect(f"host={postgres_server} user=tester dbname=postgres", autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS voices WITH (FORCE)")
        connection.execute("CREATE DATABASE voices")
    return f"postgresql://tester@/voices?host={postgres_server}"
