"""Real HTTP servers on this machine, for tests of what is fetched."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import osmium

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Loopback:
    """A server whose paths are answered by functions of the query; it remembers what was asked."""

    address: str = ""
    routes: dict[str, Callable[[dict[str, str], dict[str, str]], Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def gives(self, path: str, *answers: Answer) -> str:
        """Give answers in turn, the last one for ever; returns the address of the path."""
        left = list(answers)
        self.routes[path] = lambda _query, _headers: left.pop(0) if len(left) > 1 else left[0]
        return self.address + path


@contextmanager
def serving() -> Iterator[Loopback]:
    loopback = Loopback()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.respond(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self.respond(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def respond(self, encoded: str) -> None:
            path = urlsplit(self.path).path
            loopback.asked.append(path)
            query = {name: values[0] for name, values in parse_qs(encoded).items()}
            route = loopback.routes.get(path, lambda *_: (404, {}, b""))
            status, headers, body = route(query, {name.lower(): value for name, value in self.headers.items()})
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    loopback.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield loopback
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def overpass_of(file: Path) -> Callable[[dict[str, str], dict[str, str]], Answer]:
    """An Overpass interface to one OpenStreetMap file: answers by tags, with members, without regard to the area."""
    elements = list(_elements(file))
    by_key = {(element["type"], element["id"]): element for element in elements}

    def respond(query: dict[str, str], _: dict[str, str]) -> Answer:
        wanted = re.findall(r'(node|way|relation)\["([^"]+)"(?:="([^"]*)")?\]\(poly:', query["data"])
        found: dict[tuple[str, int], dict] = {}

        def take(element: dict) -> None:
            found[element["type"], element["id"]] = element
            members = [("node", ref) for ref in element.get("nodes", ())]
            members += [(member["type"], member["ref"]) for member in element.get("members", ())]
            for key in members:
                if key in by_key and key not in found:
                    take(by_key[key])

        for element in elements:
            tags = element.get("tags", {})
            if any(kind == element["type"] and key in tags and value in ("", tags[key]) for kind, key, value in wanted):
                take(element)
        answer = {"version": 0.6, "osm3s": {"timestamp_osm_base": "2026-01-01T00:00:00Z"}}
        return (
            200,
            {"Content-Type": "application/json"},
            json.dumps(answer | {"elements": list(found.values())}).encode(),
        )

    return respond


def _elements(file: Path) -> Iterator[dict]:
    kinds = {"n": "node", "w": "way", "r": "relation"}
    for item in osmium.FileProcessor(str(file)):
        element = {"type": kinds[item.type_str()], "id": item.id}
        if item.is_node():
            element |= {"lat": item.lat, "lon": item.lon}
        elif item.is_way():
            element["nodes"] = [node.ref for node in item.nodes]
        else:
            element["members"] = [{"type": kinds[m.type], "ref": m.ref, "role": m.role} for m in item.members]
        yield element | ({"tags": dict(item.tags)} if len(item.tags) else {})
