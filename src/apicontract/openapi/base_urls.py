"""Which requests are the API's: the base URLs that they are below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}
_Host = tuple[str, int | None]


class BaseUrls:
    """The servers that a document names, and other base URLs that stand for them.

    A request to the host of a server is the API's, whatever its scheme and path: a wrong version in the path is a
    mistake, not another API. Of a host that stands for the API, the `base_url` of a contract too, only what is below
    the base URL is: a proxy can serve others too.
    """

    def __init__(self, servers: Sequence[str], *, own: bool, others: Iterable[str] = ()) -> None:
        """Take the servers, whether the document names them, and the others; `ValueError` for one that is no URL."""
        self._servers = servers
        named = servers if own else ()
        self._hosts = {_host(parts.scheme, parts.hostname, parts.port) for parts in map(urlsplit, named)}
        self._others = [split(url) for url in (*([] if named else servers), *others)]
        self.named = bool(self._others) or any(host for host, _ in self._hosts)
        """Whether a host is known; where none is, as the only server is `/v1`, every request counts as the API's."""

    def find(self, url: str) -> str | None:
        """Return the URL of a request as the contract knows it; `None` if it is not the API's."""
        parts = urlsplit(url)
        host = _host(parts.scheme, parts.hostname, parts.port)
        if self._others:
            target = url.partition("#")[0].partition("//")[2][len(parts.netloc) :]
            target = target if target.startswith("/") else f"/{target}"
            for other, scheme, prefix in self._others:
                rest = target.removeprefix(prefix)
                if (host, parts.scheme) == (other, scheme) and target.startswith(prefix) and rest[:1] in ("", "/", "?"):
                    return f"{self._servers[0].rstrip('/')}{rest}"
        return url if host in self._hosts or not self.named else None


def split(url: str) -> tuple[_Host, str, str]:
    """Split a base URL into host, scheme and path; `ValueError` for a string that is none."""
    try:
        parts = urlsplit(url)
        host = _host(parts.scheme, parts.hostname, parts.port)
    except ValueError:  # the port is none, or the brackets of an IPv6 address are not closed
        parts, host = urlsplit(""), ("", None)
    if parts.scheme not in _PORTS or not host[0]:
        raise ValueError(f"a base URL is needed, such as http://localhost:8000/v1, not {url!r}")
    return host, parts.scheme, parts.path.rstrip("/")


def _host(scheme: str, host: str | None, port: int | None) -> _Host:
    """Return host and port, none where it is the scheme's own; a name of other letters as it is sent (RFC 3490)."""
    name = host or ""
    return name if name.isascii() else name.encode("idna").decode(), None if port == _PORTS.get(scheme) else port
