"""The credentials in an exchange, which must not be shown: keys, tokens, passwords, cookies."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from apicontract.openapi.operation import Operation
from apicontract.openapi.secrets import MIN_LENGTH, Secrets, secrets
from apicontract.wire.messages import Request, Response

_HEADERS = frozenset({"authorization", "proxy-authorization"})
"""Headers that hold credentials whatever the document declares: a scheme, followed by a token."""
_BETWEEN = re.compile(r"[\s,]+")
_PARAMETER = re.compile(r'([\w-]+)[ \t]*=[ \t]*(?:"([^"]*)"|([^\s",=][^\s",]*))')
_NO_SECRETS = frozenset({"algorithm", "charset", "nc", "qop", "realm", "signedheaders", "uri", "username"})
"""Parameters of the schemes Digest and AWS4-HMAC-SHA256 that anybody may see."""


class Credentials:
    """The places where the operations of one document have keys and tokens."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        """Collect the places that the operations declare."""
        operations = tuple(operations)
        self._headers = frozenset(name.lower() for operation in operations for name in operation.key_headers)
        self._queries = frozenset(name for operation in operations for name in operation.key_queries)

    def of(self, request: Request | None, response: Response | None = None) -> Secrets:
        """Return an object that removes the credentials of an exchange from texts."""
        found = set(cookies_set(response)) if response is not None else set[str]()
        if request is not None:
            found.update(_of_headers(request, self._headers), _of_url(request.url, self._queries))
        return secrets(*sorted(found))


def cookies_set(response: Response) -> Iterator[str]:
    """Yield the values of the cookies that a response sets."""
    for line in response.headers.lines("set-cookie"):
        yield _cookie(line.partition(";")[0])


def _cookie(pair: str) -> str:
    return pair.partition("=")[2].strip().strip('"')


def _of_headers(request: Request, names: frozenset[str]) -> Iterator[str]:
    for name, value in request.headers.items:
        if name in _HEADERS:
            yield from _of_authorization(value)
        elif name in names:
            yield from _of_key(value)
        elif name == "cookie":
            yield from map(_cookie, value.split(";"))


def _of_key(value: str) -> Iterator[str]:
    """Yield the words of a key that can be secret: several if fields are merged, or if it begins with a scheme."""
    words = [word for word in _BETWEEN.split(value) if len(word) >= MIN_LENGTH]
    yield from words or [value.strip()]


def _of_authorization(value: str) -> Iterator[str]:
    for name, quoted, plain in _PARAMETER.findall(value):
        if name.lower() not in _NO_SECRETS:
            yield quoted or plain
    for part in value.split(","):  # fields of the same name are merged so
        scheme, *rest = part.split() or [""]
        token = rest[-1] if rest else scheme
        if not _PARAMETER.match(token):
            yield token
        if scheme.lower() == "basic":
            yield from _of_basic(token)


def _of_basic(token: str) -> Iterator[str]:
    """Yield the password; the user if that is empty, since a key is often sent so."""
    try:
        user, _, password = base64.b64decode(token, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return
    yield password or user


def _of_url(url: str, names: frozenset[str]) -> Iterator[str]:
    if "@" not in url and not names:
        return
    try:
        parts = urlsplit(url)
    except ValueError:  # an invalid host
        return
    user, _, password = parts.netloc.rpartition("@")[0].partition(":")
    yield from (unquote(user), unquote(password))
    yield from (value for name, value in parse_qsl(parts.query) if name in names)
