"""Results in a store that speaks S3, a real server on this machine: the same bytes, and each fault in plain words."""

import hashlib
import pickle
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tesoma_geo.batch.folder import MARK, batch_folder
from tesoma_geo.batch.object_store import _store_of
from tesoma_geo.batch.results import results_at
from tesoma_geo.batch.run import run_batch
from tesoma_geo.batch.schedule import Schedule
from tesoma_geo.batch.work import cells_name, record_name
from tesoma_geo.errors import OutputError, StoreError
from tests.integration.batch.made_batches import CODES, content, sample_batch
from tests.integration.s3_server import BUCKET, s3_server


@pytest.fixture(scope="module")
def server():
    with s3_server() as running:
        yield running


@pytest.fixture
def store(server, monkeypatch):
    server.use(monkeypatch)
    monkeypatch.setattr("tesoma_geo.batch.object_store.PATIENCE_S", 2)
    return server


def pages(tasks, table):
    return {"index.html": b"<p>page</p>", "assets/a b.js": b"1"}


def test_a_batch_in_a_store_is_that_in_a_folder_and_goes_on_where_it_stopped(store, sample_workspace, tmp_path):
    batch = sample_batch(sample_workspace, tmp_path)
    run_batch(batch, tmp_path / "folder", pages=pages)
    right = content(tmp_path / "folder")
    place = f"s3://{BUCKET}/of/åbo"
    run_batch(batch, place, schedule=Schedule("processes", 2), pages=pages)
    assert store.objects("of/åbo") == right

    store.delete(f"of/åbo/{record_name(CODES[0])}")  # as if it had ended before its record
    store.put(f"of/åbo/{record_name(CODES[1])}", right[record_name(CODES[1])][:40])
    store.put("of/åbo/mine.txt", b"mine")
    again = run_batch(batch, place, pages=pages)
    assert [one.kept for one in again.done] == [False, False, False]
    assert store.objects("of/åbo") == right | {"mine.txt": b"mine"}
    again = run_batch(batch, place, pages=pages)
    assert [one.kept for one in again.done] == [True, True, False]  # nobody lives in the last one

    fewer = batch.model_copy(
        update={"districts": batch.districts.model_copy(update={"where": f"code == '{CODES[0]}'"})}
    )
    run_batch(fewer, place)
    left = [name for name in store.objects("of/åbo") if name.startswith(("cells/", "records/", "page/"))]
    assert left == [cells_name(CODES[0]), record_name(CODES[0])]


def test_what_somebody_else_put_there_stays(store):
    store.put("theirs/thesis.txt", b"thesis")
    with (
        pytest.raises(OutputError, match=r"theirs exists already and holds no batch"),
        batch_folder(results_at(f"s3://{BUCKET}/theirs")),
    ):
        pass
    assert store.objects("theirs") == {"thesis.txt": b"thesis"}
    with batch_folder(results_at(f"s3://{BUCKET}/their")):  # a prefix ends at a slash
        pass
    store.put("their/summary.csv", b"thesis")
    with (
        pytest.raises(OutputError, match=r"holds summary\.csv, which tesoma-geo did not write so"),
        batch_folder(results_at(f"s3://{BUCKET}/their")),
    ):
        pass


def test_of_two_calls_that_write_differently_the_later_one_is_told(store):
    place = results_at(f"s3://{BUCKET}/two")
    with batch_folder(place) as found:
        store.put(f"two/{MARK}", b'{"tesoma_geo": "batch", "files": {"summary.csv": []}}')
        with pytest.raises(OutputError, match=r"another call wrote s3://districts/two/batch\.json meanwhile"):
            place.put(MARK, b"mine", found)
        place.put(MARK, store.objects("two")[MARK], found)  # the same content is no other
        store.delete(f"two/{MARK}")
        with pytest.raises(OutputError, match="another call wrote"):
            place.put(MARK, b"mine", found)


class HeedsNothing(BaseHTTPRequestHandler):
    """A store that writes whatever it is sent, under whatever condition; and tells its ETag later, or not."""

    content, tells, refuses = b"", True, False

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if self.refuses and "If-Match" in self.headers:
            self.send_error(412)
            return
        type(self).content = content
        self.do_HEAD(whole=False)

    def do_HEAD(self, *, whole: bool = True) -> None:
        self.send_response(200)
        if self.tells or not whole:
            self.send_header("ETag", f'"{hashlib.md5(self.content, usedforsecurity=False).hexdigest()}"')
        self.send_header("Last-Modified", "Sat, 28 Nov 2026 08:00:00 GMT")
        self.send_header("Content-Length", str(len(self.content) if whole else 0))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({}, "does not keep two calls apart: it heeds no If-Match"),
        ({"tells": False}, "does not tell one state of a file from the next: it gives no ETag"),
        ({"refuses": True}, "refuses to write a file that nobody changed: it misreads If-Match"),
    ],
)
def test_a_store_that_heeds_no_condition_is_refused_at_the_beginning(monkeypatch, other, says):
    for name, value in other.items():
        monkeypatch.setattr(HeedsNothing, name, value)
    server = ThreadingHTTPServer(("127.0.0.1", 0), HeedsNothing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    named = {"AWS_ENDPOINT_URL": address, "AWS_ALLOW_HTTP": "true", "AWS_REGION": "a"}
    for name, value in (named | {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}).items():
        monkeypatch.setenv(name, value)
    _store_of.cache_clear()
    place = results_at(f"s3://{BUCKET}/any")
    place.put(MARK, b"mark")
    with pytest.raises(StoreError, match=rf"{address} {says}"):
        place.require_exchange(MARK, b"mark")
    server.shutdown()
    server.server_close()
    _store_of.cache_clear()


def test_a_store_that_heeds_conditions_keeps_what_is_there(store):
    place = results_at(f"s3://{BUCKET}/heeds")
    place.put(MARK, b"mark")
    place.require_exchange(MARK, b"mark")
    assert store.objects("heeds") == {MARK: b"mark"}


@pytest.mark.parametrize(
    ("place", "environment", "says"),
    [
        ("s3://no-such-bucket/a", {}, r"http://127\.0\.0\.1:\d+ has no bucket no-such-bucket\. Make it there"),
        (f"s3://{BUCKET}/a", {"AWS_SECRET_ACCESS_KEY": "not-the-key"}, "not let this key at .*SignatureDoesNotMatch"),
        (f"s3://{BUCKET}/a", {"AWS_ACCESS_KEY_ID": "AKIAWRONG"}, "not let this key at .*InvalidAccessKeyId"),
        (f"s3://{BUCKET}/a", {"AWS_ALLOW_HTTP": "false"}, "is not encrypted.*AWS_ALLOW_HTTP=true"),
        (f"s3://{BUCKET}/a", {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "127.0.0.1:9 does not do what is asked for"),
    ],
)  # fmt: skip
def test_what_is_the_matter_is_told_before_any_work_and_no_key_with_it(store, monkeypatch, place, environment, says):
    store.use(monkeypatch, **environment)
    with pytest.raises(StoreError, match=says) as told, batch_folder(results_at(place)):
        pass
    for secret in (store.environment["AWS_SECRET_ACCESS_KEY"], store.environment["AWS_ACCESS_KEY_ID"], "not-the-key"):
        assert secret not in str(told.value)
        assert secret.encode() not in pickle.dumps(results_at(place))
    assert "Debug" not in str(told.value)


def test_a_store_that_ends_in_the_middle_ends_the_batch_with_its_name(sample_workspace, tmp_path, monkeypatch):
    monkeypatch.setattr("tesoma_geo.batch.object_store.PATIENCE_S", 2)
    batch = sample_batch(sample_workspace, tmp_path)
    with s3_server() as ending:
        ending.use(monkeypatch)

        def end(*_):
            ending.process.kill()
            ending.process.wait()

        with pytest.raises(
            StoreError, match=rf"does not do what is asked for s3://{BUCKET}/x .*Call the batch once more"
        ):
            run_batch(batch, f"s3://{BUCKET}/x", each=end)
