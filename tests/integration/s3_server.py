"""A server that speaks S3 on this machine, with a bucket and a key that it looks at."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import obstore
import pytest
from obstore.store import S3Store
from s3_serve import server_program

from tesoma_geo.batch.object_store import _store_of

BUCKET = "districts"
#: Names another server to be tested by hand: what is called with the bucket and prints what ``s3_serve.py`` prints.
OTHER = "TESOMA_GEO_S3_SERVER"


@dataclass(frozen=True)
class S3Server:
    """A running server.

    Attributes
    ----------
    process
        Its process.
    environment
        Where it is and the key, as a program is told them.
    """

    process: subprocess.Popen[str]
    environment: dict[str, str]

    def use(self, patch: pytest.MonkeyPatch, **other: str) -> None:
        """Tell this process of the server, or of something that is not right about it."""
        _store_of.cache_clear()
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        for name, value in {**self.environment, **other}.items():
            patch.setenv(name, value)

    def objects(self, prefix: str) -> dict[str, bytes]:
        """What lies below a prefix, by its name below it."""
        store = self._store()
        names = sorted(str(one["path"]) for some in obstore.list(store, prefix) for one in some)
        return {name[len(prefix) + 1 :]: bytes(obstore.get(store, name).bytes()) for name in names}

    def put(self, name: str, content: bytes) -> None:
        """Put an object there as somebody else would."""
        obstore.put(self._store(), name, content)

    def delete(self, name: str) -> None:
        """Remove an object as somebody else would."""
        obstore.delete(self._store(), name)

    def _store(self) -> Any:
        named = {name.lower(): value for name, value in self.environment.items() if name != "AWS_ALLOW_HTTP"}
        return S3Store(BUCKET, client_options={"allow_http": True}, **named)


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """A server for as long as the block."""
    words = os.environ.get(OTHER, "").split() or [sys.executable, str(Path(__file__).with_name("s3_serve.py"))]
    if OTHER not in os.environ and server_program() is None:
        pytest.skip("there is no server that speaks S3 for this kind of machine")
    pipe = subprocess.PIPE
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "TMPDIR": folder}
        process = subprocess.Popen(
            [*words, BUCKET], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, env=environment
        )
        try:
            assert process.stdout is not None
            yield S3Server(process, json.loads(process.stdout.readline()))
        finally:
            process.kill()
            process.communicate()
            _store_of.cache_clear()
