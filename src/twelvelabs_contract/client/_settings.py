"""Floor 3: what a client is set up with: the document of its package, the key, the address, how long and how often."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from typing import ClassVar, Final, Self
from urllib.parse import urlsplit

import httpx

from twelvelabs_contract._contract import Contract
from twelvelabs_contract.client._errors import ApiError
from twelvelabs_contract.client._options import is_count, is_duration, is_header_value

DOCUMENT = "openapi.json"


class _Seconds(float):
    """A number of seconds that is told, by identity, from the same number given by a caller."""

    __slots__ = ()


DEFAULT_TIMEOUT: Final[float] = _Seconds(60.0)
"""Seconds to connect, to send a piece and to wait for one. A given httpx client keeps its own, unless one is given."""


@dataclass(frozen=True, slots=True)
class Api:
    """A contract, and the environment variables that its clients read (`x-client`)."""

    contract: Contract
    key_environment: str | None
    base_url_environment: str | None
    user_agent: str

    def key(self, given: str | None) -> str | None:
        """Return the API key: the argument, else the environment variable as it is now; `None` if none is needed.

        Raises `ApiError` for a missing key, and for one that cannot be sent; the text never shows it.
        """
        source, key = "api_key", given
        if key is None and self.key_environment:
            source, key = self.key_environment, os.environ.get(self.key_environment)
        if not key:
            if not any(operation.key_headers for operation in self.contract.operations):
                return None
            variable = f", or set the environment variable {self.key_environment}" if self.key_environment else ""
            raise ApiError(f"no API key: give api_key{variable}")
        if not is_header_value(key):
            raise ApiError(f"{source} is no API key: it holds white space, or characters that a header cannot hold")
        return key

    def base_url(self, given: str | None) -> str:
        """Return the base URL without a final slash: the argument, else the environment variable, else the document's.

        Raises `ApiError` for one that no request can be sent to.
        """
        source, url = next(self._base_urls(given))
        try:
            parts = urlsplit(url)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            raise ApiError(f"{source} is no URL") from None
        if not usable:
            shown = "" if "@" in url else f", and is {url!r}"
            raise ApiError(f"{source} must begin with https:// (or http://) and a host{shown}")
        if parts.query or parts.fragment or "@" in parts.netloc or not (url.isascii() and url.isprintable()):
            raise ApiError(f"{source} must be scheme, host and path only, without credentials, query or fragment")
        return url.rstrip("/")

    def _base_urls(self, given: str | None) -> Iterator[tuple[str, str]]:
        if given is not None:
            yield "base_url", given
        if self.base_url_environment and (found := os.environ.get(self.base_url_environment)):
            yield self.base_url_environment, found
        yield "the first server of the document", next(iter(self.contract.document.servers), "")


@cache
def load_api(package: str) -> Api:
    """Read the document that a generated package holds, once."""
    with as_file(files(package) / DOCUMENT) as path:
        contract = Contract.load(path)
    client = contract.document.raw.get("x-client") or {}
    version = (contract.document.raw.get("info") or {}).get("version", "")
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
    key: str | None = field(repr=False)
    base_url: str
    timeout: float | httpx.Timeout | None
    max_retries: int
    validate: bool


class BaseClient:
    """What both clients have: their settings."""

    _package: ClassVar[str]
    """The generated package that holds the document."""

    def __init__(
        self,
        http_class: type[httpx.Client | httpx.AsyncClient],
        api_key: str | None,
        base_url: str | None,
        timeout: float | httpx.Timeout | None,
        max_retries: int,
        httpx_client: httpx.Client | httpx.AsyncClient | None,
        validate: bool,
    ) -> None:
        """Read the settings, environment included; `ApiError` for one that no request can be sent with."""
        if not is_count(max_retries):
            raise ApiError(f"max_retries must be a whole number from 0 up, and is {max_retries!r}")
        if not (timeout is None or isinstance(timeout, httpx.Timeout) or is_duration(timeout)):
            raise ApiError(f"timeout must be seconds above 0, an httpx.Timeout or None, and is {timeout!r}")
        if not isinstance(httpx_client, http_class | None):
            found = type(httpx_client).__name__
            raise ApiError(f"httpx_client must be an httpx.{http_class.__name__}, and is of class {found}")
        if httpx_client is not None and timeout is DEFAULT_TIMEOUT:
            timeout = httpx_client.timeout
        api = load_api(self._package)
        self._settings = Settings(api, api.key(api_key), api.base_url(base_url), timeout, max_retries, validate)
        self._owned = httpx_client is None

    @property
    def _client(self) -> Self:
        """Itself, so that operations of the root read like those of a resource."""
        return self

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self._settings.base_url!r})"
