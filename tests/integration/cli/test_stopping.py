"""However a command is told to stop, nothing half-written stays, and a former result does."""

import signal
import subprocess
import sys

import pytest

from tesoma_geo._files import written_folder

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")

#: A command that begins to write, says so, and works until it is told to stop; it takes a while to clean up.
WORK = """
import shutil, sys, time
from pathlib import Path
from tesoma_geo import _drafts
from tesoma_geo._files import written_folder
from tesoma_geo.cli.stopping import stop_cleanly
stop_cleanly()
delete = shutil.rmtree
def slowly(path, **keys):
    print("cleaning", flush=True)
    sys.stdin.readline()
    delete(path, **keys)
shutil.rmtree = slowly
try:
    with written_folder(Path(sys.argv[1]), overwrite=True) as draft:
        (draft / "half.txt").write_text("half")
        print("ready", flush=True)
        time.sleep(60)
except KeyboardInterrupt:
    sys.exit(7)
"""


def unignored():
    """Hear all signals, whatever those who run the tests ignore (nohup does)."""
    for name in SIGNALS:
        signal.signal(getattr(signal, name), signal.SIG_DFL)


@pytest.mark.parametrize("name", SIGNALS)
def test_a_signal_cleans_up_however_often_it_comes(name, tmp_path):
    out = tmp_path / "out"
    with written_folder(out) as draft:
        (draft / "a.txt").write_text("former")
    work = subprocess.Popen(
        [sys.executable, "-c", WORK, str(out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        preexec_fn=unignored,
    )  # fmt: skip
    assert work.stdout.readline() == "ready\n"
    work.send_signal(getattr(signal, name))
    assert work.stdout.readline() == "cleaning\n"
    for again in ("SIGINT", "SIGINT", name):
        work.send_signal(getattr(signal, again))
    work.communicate("go on\n")
    assert work.returncode == 7
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (out / "a.txt").read_text() == "former"
