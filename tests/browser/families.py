"""Firefox and WebKit driven without a further package: each by the protocol that it brings itself."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from watched import PATIENCE_S

#: GTK sets the least width of a window by its buttons; on a phone there are none.
NARROW = "* { min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; }"

#: How the WebDriver standard names an element in its answers.
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
#: The first script of a page: what the console, a failed file and a breach of the page's policy would tell is kept.
#: Only Firefox lets the console itself be read from outside, so both are asked like this.
RECORDER = """<script>
window.faults = [];
for (const name of ["error", "warn", "info", "log"]) {
    console[name] = (...told) => faults.push(`${name}: ${told.join(" ")}`);
}
addEventListener("error", (event) => faults.push(`error: ${event.message || event.target.outerHTML}`), true);
addEventListener("unhandledrejection", (event) => faults.push(`rejected: ${event.reason}`));
addEventListener("securitypolicyviolation", (event) => faults.push(`policy: ${event.blockedURI}`), true);
</script>"""


def recorded(site: Path, into: Path) -> Path:
    """A copy of a site whose pages keep what they should not do in ``faults``."""
    copied = Path(shutil.copytree(site, into))
    for page in copied.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        head = text.index("<meta http-equiv")
        page.write_text(text[:head] + RECORDER + text[head:], encoding="utf-8")
    return copied


class Family(Protocol):
    """A browser of one family with one page open."""

    def size(self, width: int, height: int) -> None:
        """Give the page this size in CSS pixels."""

    def open(self, path: Path) -> None:
        """Open a file and wait until it is loaded."""

    def run(self, script: str, *given: Any) -> Any:
        """What a script returns; a promise is waited for."""

    def press(self, selector: str) -> None:
        """Click what a selector finds first, with a pointer."""

    def type(self, selector: str, text: str) -> None:
        """Click into a field and type."""


def until(family: Family, condition: str) -> None:
    """Wait until an expression holds."""
    end = time.monotonic() + PATIENCE_S
    while not family.run(f"return Boolean({condition})"):
        assert time.monotonic() < end, f"never true: {condition}"
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], home: Path, log: Path, **set_to: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process with a home of its own; it and its children end with the block."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, env={**environment, "HOME": str(home), **set_to}, stdout=out, stderr=out, start_new_session=True
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _reached(port: int, process: subprocess.Popen[bytes]) -> socket.socket:
    end = time.monotonic() + PATIENCE_S
    while True:
        assert process.poll() is None, "the browser ended before it could be reached"
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
        except OSError:
            assert time.monotonic() < end, "the browser was never reached"
            time.sleep(0.1)


class Firefox:
    """Firefox by Marionette, its own protocol: messages of JSON, each with its length before it."""

    def __init__(self, connection: socket.socket) -> None:
        self.stream = connection.makefile("rwb")
        self._read()
        self.count = 0
        self._call("WebDriver:NewSession", {"timeouts": {"script": 1000 * PATIENCE_S, "pageLoad": 1000 * PATIENCE_S}})

    def _read(self) -> Any:
        length = b""
        while (one := self.stream.read(1)) != b":":
            assert one, "Firefox ended"
            length += one
        return json.loads(self.stream.read(int(length)))

    def _call(self, name: str, parameters: dict[str, Any]) -> Any:
        self.count += 1
        text = json.dumps([0, self.count, name, parameters]).encode()
        self.stream.write(b"%d:%s" % (len(text), text))
        self.stream.flush()
        _, _, error, result = self._read()
        assert error is None, error
        return result

    def _run(self, script: str, given: tuple[Any, ...]) -> Any:
        return self._call("WebDriver:ExecuteScript", {"script": script, "args": list(given)})["value"]

    def _of_the_browser(self, script: str, *given: Any) -> Any:
        self._call("Marionette:SetContext", {"value": "chrome"})
        try:
            return self._run(script, given)
        finally:
            self._call("Marionette:SetContext", {"value": "content"})

    def size(self, width: int, height: int) -> None:
        self._of_the_browser(
            """const { style } = gBrowser.selectedBrowser;
            for (const [side, px] of [["width", arguments[0]], ["height", arguments[1]]]) {
                for (const name of [side, `min-${side}`, `max-${side}`]) style.setProperty(name, `${px}px`);
            }""",
            width,
            height,
        )

    def open(self, path: Path) -> None:
        self._call("WebDriver:Navigate", {"url": path.absolute().as_uri()})

    def run(self, script: str, *given: Any) -> Any:
        return self._run(script, given)

    def _element(self, selector: str) -> str:
        found = self._call("WebDriver:FindElement", {"using": "css selector", "value": selector})["value"]
        return str(found[ELEMENT])

    def press(self, selector: str) -> None:
        self._call("WebDriver:ElementClick", {"id": self._element(selector)})

    def type(self, selector: str, text: str) -> None:
        self.press(selector)
        self._call("WebDriver:ElementSendKeys", {"id": self._element(selector), "text": text})


class WebKit:
    """WebKitGTK's MiniBrowser by WebDriver."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/session"
        options = {"binary": str(mini_browser()), "args": ["--automation"]}
        asked = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        session = self._call("", asked)["sessionId"]
        self.address += f"/{session}"
        self._call("/timeouts", {"script": 1000 * PATIENCE_S, "pageLoad": 1000 * PATIENCE_S})

    def _call(self, path: str, body: dict[str, Any] | None = None, method: str = "POST") -> Any:
        data = None if body is None else json.dumps(body).encode()
        kind = {"Content-Type": "application/json"}
        with urllib.request.urlopen(
            urllib.request.Request(self.address + path, data, kind, method=method), timeout=PATIENCE_S
        ) as answer:
            return json.loads(answer.read())["value"]

    def size(self, width: int, height: int) -> None:
        self._call("/window/rect", {"x": 0, "y": 0, "width": width, "height": height})

    def open(self, path: Path) -> None:
        self._call("/url", {"url": path.absolute().as_uri()})

    def run(self, script: str, *given: Any) -> Any:
        return self._call("/execute/sync", {"script": script, "args": list(given)})

    def _element(self, selector: str) -> str:
        found = self._call("/element", {"using": "css selector", "value": selector})
        return f"/element/{found[ELEMENT]}"

    def press(self, selector: str) -> None:
        self._call(f"{self._element(selector)}/click", {})

    def type(self, selector: str, text: str) -> None:
        self.press(selector)
        self._call(f"{self._element(selector)}/value", {"text": text})

    def close(self) -> None:
        """End the browser that the driver started."""
        self._call("", method="DELETE")


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """Firefox without a window and with a profile of its own."""
    port, profile = _free_port(), folder / "profile"
    profile.mkdir()
    set_to = {"marionette.port": port, "browser.shell.checkDefaultBrowser": False, "app.update.auto": False}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in set_to.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [
        "firefox-esr",
        "--headless",
        "--marionette",
        "--remote-allow-system-access",
        "--no-remote",
        "--profile",
        str(profile),
    ]
    with _running(command, folder, folder / "log") as process, _reached(port, process) as connection:
        one = Firefox(connection)
        yield one
        one._call("Marionette:Quit", {"flags": ["eForceQuit"]})
        process.wait(30)


@contextmanager
def webkit(folder: Path) -> Iterator[WebKit]:
    """MiniBrowser on a screen that nobody sees, narrow enough for a phone."""
    port = _free_port()
    (folder / ".config/gtk-3.0").mkdir(parents=True)
    (folder / ".config/gtk-3.0/gtk.css").write_text(NARROW, encoding="utf-8")
    read, write = os.pipe()
    screen = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1200x24"]
    with (folder / "screen").open("wb") as out:
        shown = subprocess.Popen(screen, pass_fds=(write,), stdout=out, stderr=out)
    try:
        os.close(write)
        with os.fdopen(read) as number:
            display = f":{number.readline().strip()}"
        quiet = {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "LIBGL_ALWAYS_SOFTWARE": "1", "DISPLAY": display}
        command = ["WebKitWebDriver", f"--port={port}"]
        with _running(command, folder, folder / "log", **quiet) as process:
            _reached(port, process).close()
            one = WebKit(port)
            try:
                yield one
            finally:
                one.close()
    finally:
        shown.terminate()
        shown.wait()


def mini_browser() -> Path | None:
    """WebKitGTK's small browser, which lies beside its library."""
    return next(iter(sorted(Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"))), None)


def lacks(name: str) -> str | None:
    """Why a browser cannot be started here, or None."""
    needed = {
        "Firefox": {"firefox-esr": shutil.which("firefox-esr")},
        "WebKit": {
            "webkit2gtk-driver": shutil.which("WebKitWebDriver") and mini_browser(),
            "xvfb": shutil.which("Xvfb"),
        },
    }[name]
    missing = [package for package, there in needed.items() if not there]
    return f"no {name}: install the package {' and '.join(missing)}" if missing else None


STARTED = {"Firefox": firefox, "WebKit": webkit}
