"""The settings of a client: the document of its package, the key, the base URL, timeouts and retries."""

from __future__ import annotations

import os
import re
import time
from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from ipaddress import ip_address
from typing import Any, ClassVar, Final, Generic, NamedTuple, NoReturn, Self, TypeAlias, TypeVar
from urllib.parse import urljoin

import httpx

from apicontract.checks.contract import Contract
from apicontract.client import credentials
from apicontract.client.credentials import Keys
from apicontract.client.errors import ApiError
from apicontract.client.narrowing import mapping
from apicontract.client.options import is_count, is_duration
from apicontract.openapi.document import Operation
from apicontract.openapi.secrets import Secrets, secrets

DOCUMENT = "openapi.json"
_HOST = re.compile(rb"[0-9A-Za-z._-]+|[0-9A-Fa-f:.]+")


HttpT = TypeVar("HttpT", bound=httpx.Client | httpx.AsyncClient)
OtherT = TypeVar("OtherT")
"""The client of httpx2 that can be passed in instead."""


class _Seconds(float):
    """A number of seconds that differs, by identity, from the same number passed in by a caller."""

    __slots__ = ()


DEFAULT_TIMEOUT: Final[float] = _Seconds(60.0)
"""Seconds to connect, to send a chunk and to wait for one. An httpx client that is passed in keeps its own, unless a
timeout is given."""


class Api(NamedTuple):
    """A contract, and the environment variables that its clients read (`x-client`)."""

    contract: Contract
    key_environment: str | None
    base_url_environment: str | None
    user_agent: str

    def keys(self, given: Keys | None) -> Keys | None:
        """Return the credentials: the argument, else the current environment variable; `None` if none are needed.

        Raises `ApiError` for a missing key, and for one that cannot be sent; the message never shows it.
        """
        source, keys = "api_key", given
        if keys is None and self.key_environment:
            source, keys = self.key_environment, credentials.secret(os.environ.get(self.key_environment))
        if not keys:
            if all(credentials.carried(operation, None) is None for operation in self.contract.operations):
                raise ApiError(self.no_key)
            return None
        credentials.check(keys, source, credentials.schemes_of(self.contract.operations))
        return keys

    @property
    def no_key(self) -> str:
        """The message for a missing key."""
        variable = f", or set the environment variable {self.key_environment}" if self.key_environment else ""
        return f"no API key: give api_key{variable}"

    def base_url(self, given: str | None, *, allow_http: bool = False) -> str:
        """Return the base URL without a final slash: the argument, else the environment variable, else the document's.

        Raises `ApiError` for an invalid one.
        """
        source, url = next(self._base_urls(given))
        return self.checked_url(source, url, allow_http=allow_http)

    def checked_url(self, source: str, url: str, *, allow_http: bool) -> str:
        """Return a base URL without a final slash; raise `ApiError` for an invalid one."""
        try:
            parsed = httpx.URL(url)
            host = parsed.host
        except (httpx.InvalidURL, ValueError):
            raise ApiError(f"{source} is not a URL") from None
        port = 1 if parsed.port is None else parsed.port
        if parsed.scheme not in ("http", "https") or not _HOST.fullmatch(parsed.raw_host) or not 0 < port < 65536:
            shown = f", and is {url!r}" if "@" not in url and "/" in url else ""  # it could be a misplaced key
            raise ApiError(f"{source} must begin with https:// (or http://) and a host{shown}{_otherwise(source)}")
        if "?" in url or "#" in url or parsed.userinfo or not (url.isascii() and url.isprintable()):
            raise ApiError(f"{source} must be scheme, host and path only, without credentials, query or fragment")
        if parsed.scheme == "http" and not allow_http and not _is_loopback(host):
            raise ApiError(f"{source} must begin with https://, as the key is sent with it, unless allow_http is given")
        return url.rstrip("/")

    def chooses(self, given: str | None) -> bool:
        """Return whether the base URL comes from the argument or the environment."""
        return next(self._base_urls(given))[0] != _FIRST

    def _base_urls(self, given: str | None) -> Iterator[tuple[str, str]]:
        if given is not None:
            yield "base_url", given
        if self.base_url_environment and (found := os.environ.get(self.base_url_environment)):
            yield self.base_url_environment, found
        yield _FIRST, next(iter(self.contract.document.servers), "")


_FIRST = "the first server of the document"


def _otherwise(source: str) -> str:
    return "; give base_url" if source == _FIRST else ""


def _is_loopback(host: str) -> bool:
    """Return whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


Abandoned: TypeAlias = deque[tuple[httpx.Response, Generator[Any, None, None] | None]]
"""Streams that were abandoned before their end, each with the object that reads it."""
_OF_PARENTS: list[tuple[httpx.Response, Generator[Any, None, None] | None]] = []
"""Abandoned streams of a parent process, kept here so that nothing frees them, which would close them as well."""


@cache
def load_api(package: str) -> Api:
    """Read the document of a generated package, once."""
    with as_file(files(package) / DOCUMENT) as path:
        contract = Contract.load(path)
    client = mapping(contract.document.raw.get("x-client"))
    version = mapping(contract.document.raw.get("info")).get("version", "")
    return Api(
        contract,
        client.get("api_key_environment"),
        client.get("base_url_environment"),
        f"{package.rpartition('.')[2]}/{version}".rstrip("/"),
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one client."""

    api: Api
    credentials: Keys | None
    """Made of `Secret`, which no `repr` shows."""
    base_url: str
    timeout: float | httpx.Timeout | None
    max_retries: int
    validate: bool
    allow_http: bool
    chosen: bool
    """Whether the base URL was set by the user; it then replaces every server of the document."""
    operations: dict[str, Any] = field(init=False, repr=False, compare=False, default_factory=dict)
    """The compiled operations; only `compiled` reads and writes it."""

    @property
    def keys(self) -> Secrets:
        """Removes the key from anything that is shown."""
        return secrets(*credentials.shown(self.credentials), instead="[API key]")

    def may_send_to(self, url: httpx.URL) -> bool:
        """Return whether content may be sent to a URL: unencrypted only to this machine, unless `allow_http` is set."""
        clear = url.scheme == "http" and (self.allow_http or _is_loopback(url.host))
        return bool(url.host) and (url.scheme == "https" or clear)

    def address(self, operation: Operation) -> str:
        """Return the base URL of an operation: its own server's, if it has one and the user set none."""
        if self.chosen or not operation.servers:
            return self.base_url
        url = urljoin(self.base_url, operation.servers[0].url)
        return self.api.checked_url(f"the server of {operation.id}", url, allow_http=self.allow_http)


class BaseClient(Generic[HttpT, OtherT]):
    """The parts that both clients share: their settings, and the httpx client that holds their connections.

    A client can be shared between threads, but not between processes: after a fork, both would read from the same
    connections. A forked process gets its own connections; if they belong to an httpx client that was passed in, an
    error is raised.
    """

    _package: ClassVar[str]
    """The generated package that has the document."""

    _http_class: ClassVar[type[Any]]
    """The class of httpx client that sends."""

    @staticmethod
    def _over(given: object) -> Any:
        """Return a client of `_http_class` that sends through one of httpx2; `None` for anything else."""
        raise NotImplementedError

    def __init__(
        self,
        *,
        api_key: Keys | None = None,
        base_url: str | None = None,
        timeout: float | httpx.Timeout | None = DEFAULT_TIMEOUT,
        max_retries: int = 2,
        httpx_client: HttpT | OtherT | None = None,
        validate: bool = True,
        allow_http: bool = False,
    ) -> None:
        """Set up a client; key and base URL come from the current environment if they are not given.

        `api_key` is a key or a token, `(user, password)` for basic authentication, or a mapping of such values by the
        names of the document's security schemes, if it has several. `timeout` is in seconds, `None` for no limit.
        `max_retries` is the number of attempts after the first. `httpx_client` is a client of httpx or httpx2, which
        remains the caller's: it is not closed here. `validate=False` sends arguments that break the contract, if they
        can be encoded. `allow_http=True` permits sending the key unencrypted, if `base_url` is neither `https://` nor
        on this machine. Raises `ApiError` for invalid settings.
        """
        api_key = credentials.secret(api_key)  # so that tracebacks do not show it
        http_class = self._http_class
        if not is_count(max_retries):
            raise ApiError(f"max_retries must be a whole number of 0 or more, and is {max_retries!r}")
        if not (timeout is None or isinstance(timeout, httpx.Timeout) or is_duration(timeout)):
            raise ApiError(f"timeout must be seconds above 0, an httpx.Timeout or None, and is {timeout!r}")
        given: Any = httpx_client if isinstance(httpx_client, http_class | None) else self._over(httpx_client)
        if given is None and httpx_client is not None:
            found = type(httpx_client).__name__
            raise ApiError(f"httpx_client must be an httpx.{http_class.__name__}, and is of class {found}")
        if given is not None and timeout is DEFAULT_TIMEOUT:
            timeout = given.timeout
        api = load_api(self._package)
        url, chosen = api.base_url(base_url, allow_http=allow_http), api.chooses(base_url)
        keys = api.keys(api_key)
        self._settings = Settings(api, keys, url, timeout, max_retries, validate, allow_http, chosen)
        self._owned = given is None
        self._http: HttpT = self._open() if given is None else given
        self._process = os.getpid()
        self._clock = time.monotonic
        self._abandoned: Abandoned = deque()

    def _open(self) -> HttpT:
        settings = self._settings
        url = httpx.URL(settings.base_url)
        # Unencrypted requests to this machine must not go to a proxy of the environment.
        environment = url.scheme == "https" or not _is_loopback(url.host)
        opened: HttpT = self._http_class(headers={"user-agent": settings.api.user_agent}, trust_env=environment)
        return opened

    def _usable(self) -> HttpT:
        """Return the httpx client, a new one after a fork; raise `ApiError` if there is none to use."""
        if os.getpid() != self._process:
            self._leave_to_parent()
            if not self._owned:
                raise ApiError("this process was forked: httpx_client belongs to its parent; create a client here")
            self._http, self._process = self._open(), os.getpid()
        if self._http.is_closed:
            raise ApiError("the client is closed; nothing was sent")
        return self._http

    def _leave_to_parent(self) -> None:
        """After a fork, keep abandoned streams of the parent from being closed: its locks may be held for ever."""
        if os.getpid() != self._process:
            _OF_PARENTS.extend(self._abandoned)
            self._abandoned.clear()

    @property
    def _ours(self) -> bool:
        """Whether the connections belong to this client, which then closes them."""
        return self._owned and self._process == os.getpid()

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} has connections and the key, and cannot be copied; create another")

    @property
    def _client(self) -> Self:
        """Itself, so that operations of the client are written like those of a resource."""
        return self

    def __repr__(self) -> str:
        settings = getattr(self, "_settings", None)  # missing while a client is being set up
        return f"{type(self).__name__}({f'base_url={settings.base_url!r}' if settings else ''})"
