"""What servers of other makes have in common that stand in for ``s3_serve.py`` by hand."""

import json
import socket
import time

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
