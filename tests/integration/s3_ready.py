"""What servers of other makes have in common that stand in for ``s3_serve.py`` by hand."""

import json
import socket
import time
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

KEY, SECRET = "districts-key", "districts-secret"
REGION, READY_S = "us-east-1", 30
ONCE: Any = {"max_retries": 0, "retry_timeout": timedelta(seconds=1)}


def free_ports(number: int) -> list[int]:
    """So many ports that nobody has."""
    with ExitStack() as held:
        found = [held.enter_context(socket.socket()) for _ in range(number)]
        for one in found:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in found]


def tell_when_ready(port: int, bucket: str) -> None:
    """Print where the server is as soon as it has the bucket."""
    place = f"http://127.0.0.1:{port}"
    key: dict[str, Any] = {"aws_access_key_id": KEY, "aws_secret_access_key": SECRET, "aws_region": REGION}
    store = S3Store(bucket, endpoint=place, client_options={"allow_http": True}, retry_config=ONCE, **key)
    end = time.monotonic() + READY_S
    while time.monotonic() < end:
        try:
            obstore.list_with_delimiter(store)
            break
        except (BaseError, OSError):
            time.sleep(0.1)
    told = {name.upper(): value for name, value in key.items()}
    print(json.dumps({"AWS_ENDPOINT_URL": place, "AWS_ALLOW_HTTP": "true"} | told), flush=True)
