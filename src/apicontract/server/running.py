"""Run an ASGI application on uvicorn, by default on this machine only, until a signal stops it."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from apicontract.lazy import missing_extra
from apicontract.server.asgi import Endpoint

LOCAL = "127.0.0.1"


class ServerMissing(ImportError):
    """The required server is not installed."""


def run(
    application: Endpoint, *, host: str = LOCAL, port: int = 0, listening: Callable[[str], None] = lambda _: None
) -> None:
    """Serve an application until SIGINT or SIGTERM, and let responses in progress end within the time limits.

    `listening` is called with the URL, such as `http://127.0.0.1:8000`, once connections are accepted; port 0 is any
    free one. Raises `OSError` if the address cannot be used, and `ServerMissing` without uvicorn.
    """
    try:
        import uvicorn  # noqa: PLC0415 - an extra, for this function alone

        from apicontract.server.connections import Connection  # noqa: PLC0415 - it needs uvicorn too
    except ImportError:
        raise ServerMissing(missing_extra("a server", "uvicorn", "server")) from None

    limits = application.limits
    config = uvicorn.Config(
        application,
        http=Connection,
        lifespan="off",
        ws="none",
        log_config=None,
        log_level="critical",  # the application reports errors, without showing keys
        access_log=False,
        server_header=False,
        date_header=not application.dated,
        proxy_headers=False,
        limit_concurrency=limits.connections + 1,  # uvicorn rejects the connection that reaches this number
        timeout_keep_alive=limits.idle,
        timeout_graceful_shutdown=limits.stop,
    )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    server = uvicorn.Server(config)
    with socket.create_server((host, port), family=family) as listener, _signals(server.handle_exit):
        name, taken = listener.getsockname()[:2]
        listening(f"http://{f'[{name}]' if ':' in name else name}:{taken}")
        server.run(sockets=[listener])


@contextmanager
def _signals(handle: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Have uvicorn handle the signals that stop it also before it runs, when it would miss them, and after it has run.

    It raises them again at its end, which would end the process.
    """
    numbers = (signal.SIGINT, signal.SIGTERM)
    try:
        before = {number: signal.signal(number, handle) for number in numbers}
    except ValueError:  # not in the main thread, which receives the signals
        before = {}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
