"""``tesoma-geo`` on a reader's path: each call is a process of its own, forked where the libraries are loaded already.

Of the program itself nothing is loaded before the call. A reader's shell starts Python for each command and waits two
seconds of one core for numba, pandas and their like; that is said once, by the commands of the README.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

COMMAND = """#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as asked:
    asked.connect({address!r})
    call = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(asked, [len(call).to_bytes(4, "big")], [0, 1, 2])
    asked.sendall(call)
    sys.exit(int(asked.recv(4) or 1))
"""


@contextlib.contextmanager
def forked_commands(folder: Path, environment: Mapping[str, str]) -> Iterator[Path]:
    """A folder for the path, with the command; who answers its calls ends when the context does."""
    address = str(folder / "calls")
    command = folder / "tesoma-geo"
    command.write_text(COMMAND.format(python=sys.executable, address=address), encoding="utf-8")
    command.chmod(0o755)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        words = [sys.executable, __file__, str(listening.fileno())]
        answering = subprocess.Popen(words, env=environment, pass_fds=[listening.fileno()])
    try:
        yield folder
    finally:
        answering.kill()
        answering.wait()


def answer(listening: socket.socket) -> None:
    """Fork a process for each call."""
    import geopandas, numba, osmium, pandera.pandas, pyarrow.parquet, pydantic, rasterio.features  # noqa: E401, F401, I001
    import scipy.sparse.csgraph, scipy.spatial, scipy.stats  # noqa: E401, F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # those that ended are waited for by the system
    while True:
        asked, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            do(asked)
        asked.close()


def do(asked: socket.socket) -> None:
    """Be the command that is asked for, and end as it does."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    length, streams, *_ = socket.recv_fds(asked, 4, 3)
    content = b""
    while len(content) < int.from_bytes(length, "big"):
        content += asked.recv(1 << 16)
    arguments, folder, environment = json.loads(content)
    for own, stream in enumerate(streams):
        os.dup2(stream, own)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["tesoma-geo", *arguments]
    code = 1
    try:
        from tesoma_geo.cli import main

        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        asked.sendall(str(code).encode())
        os._exit(code)


if __name__ == "__main__":
    sys.path.pop(0)  # the folder of this file
    answer(socket.socket(fileno=int(sys.argv[1])))
