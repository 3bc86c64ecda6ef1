"""The base URLs of an API, and the requests that belong to it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from apicontract.openapi.servers import PORTS, Origin, Server, origin


class BaseUrls:
    """The servers that a document names, and other base URLs that stand for them.

    A request to the host of a server belongs to the API, whatever its scheme and path: a wrong version in the path is a
    mistake, not another API. A host that only stands for the API (also the `base_url` of a contract) may serve other
    things too, so there only requests below the base URL belong to the API.
    """

    def __init__(self, servers: Sequence[Server], *, own: bool, others: Iterable[str] = ()) -> None:
        """Take the servers, `own` if the document names them, and other base URLs.

        Raises `ValueError` for an invalid one.
        """
        self._base = servers[0].url
        self._named = [server for server in servers if server.names_host] if own else []
        self._others = [split(url) for url in (*(() if own else [server.url for server in servers]), *others)]
        self.named = bool(self._others) or bool(self._named)
        """Whether a host is known. If none is (the only server is `/v1`, for example), every request counts as the
        API's."""

    def find(self, url: str) -> str | None:
        """Return the URL of a request to the API; `None` if it does not belong to the API.

        A URL below one of the other base URLs is returned as one below the document's first server, any other URL
        unchanged.
        """
        parts = urlsplit(url)
        given = origin(parts.scheme, parts.netloc)
        if self._others:
            target = url.partition("#")[0].partition("//")[2][len(parts.netloc) :]
            target = target if target.startswith("/") else f"/{target}"
            for other, prefix in self._others:
                rest = target.removeprefix(prefix)
                if str(given) == other and target.startswith(prefix) and rest[:1] in ("", "/", "?"):
                    return f"{self._base}{rest}"
        if not self.named or any(server.has_host(given, any_scheme=True) for server in self._named):
            return url
        return None


def of_environment(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the base URL in the environment variable that a document names for its clients (`x-client`), if any."""
    client = document.get("x-client")
    name = client.get("base_url_environment") if isinstance(client, Mapping) else None
    found = os.environ.get(name) if isinstance(name, str) else None
    return (found,) if found else ()


def split(url: str) -> tuple[str, str]:
    """Split a base URL into its origin and its path; raise `ValueError` if it is not a base URL."""
    try:
        parts = urlsplit(url)
        found = Origin(parts.scheme, parts.netloc)
    except ValueError:  # the port is not a number, or the brackets of an IPv6 address are not closed
        parts, found = urlsplit(""), Origin("", "")
    if parts.scheme not in PORTS or not found.host:
        raise ValueError(f"a base URL is needed, such as http://localhost:8000/v1, not {url!r}")
    return str(found), parts.path.rstrip("/")
