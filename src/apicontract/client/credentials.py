"""Credentials: what a caller gives, and what of it an operation's security schemes ask a request to carry."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from apicontract.client.errors import ApiError
from apicontract.client.options import is_header_value
from apicontract.openapi.operation import Credential, Operation

Key: TypeAlias = str | tuple[str, str]
"""An API key or a token; or the user and the password of basic authentication."""
Keys: TypeAlias = Key | Mapping[str, Key]
"""One key for all that the document asks for, or keys by the names of its security schemes."""


class Secret(str):
    """A text that is sent as it is, and that no representation shows: of a variable in a traceback, of a list."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'[API key]'"


def secret(keys: Keys | None) -> Keys | None:
    """Make keys ones that are not shown."""
    if isinstance(keys, Mapping):
        return {name: _secret(key) for name, key in keys.items()}
    return None if keys is None else _secret(keys)


def _secret(key: Key) -> Key:
    if isinstance(key, str):
        return Secret(key)
    if isinstance(key, tuple) and len(key) == 2 and all(isinstance(part, str) for part in key):
        return Secret(key[0]), Secret(key[1])
    return key  # what it is not, `check` says


@dataclass(frozen=True, slots=True)
class Carried:
    """What the requests of one operation carry."""

    headers: Sequence[tuple[str, str]] = field(default=(), repr=False)
    query: Sequence[tuple[str, str]] = field(default=(), repr=False)
    cookies: Sequence[tuple[str, str]] = field(default=(), repr=False)
    secrets: Sequence[str] = field(default=(), repr=False)
    """What nothing that is shown may hold."""


def check(keys: Keys, source: str, schemes: Iterable[Credential]) -> None:
    """Raise `ApiError` for keys that cannot be sent, or that no scheme of the document asks for; none is shown."""
    known = list(dict.fromkeys(schemes))
    if isinstance(keys, Mapping) and (strange := sorted(keys.keys() - {scheme.scheme for scheme in known})):
        names = ", ".join(sorted({scheme.scheme for scheme in known})) or "none"
        raise ApiError(f"{source}: the document has no security scheme {', '.join(strange)}; it has {names}")
    for key in keys.values() if isinstance(keys, Mapping) else [keys]:
        _check(key, source)
    if known and not isinstance(keys, Mapping) and all(_key(keys, scheme) is None for scheme in known):
        wanted = "a pair of user and password" if isinstance(keys, str) else "a text"
        raise ApiError(f"{source} must be {wanted}, as the document asks for")


def _check(key: object, source: str) -> None:
    pair = cast("Any", key) if isinstance(key, tuple) else None
    if not isinstance(key, str) and not (pair and len(pair) == 2 and all(isinstance(part, str) for part in pair)):
        raise ApiError(f"{source} must be a text, or a pair of user and password")
    if pair:
        if ":" in pair[0]:
            raise ApiError(f"{source}: the name of a user holds no colon (RFC 7617, section 2)")
    elif not is_header_value(cast("str", key)):
        raise ApiError(f"{source} is no API key: it holds white space, or characters that a header cannot hold")


def carried(operation: Operation, keys: Keys | None) -> Carried | None:
    """Return what is sent for the first set of credentials that the keys are enough for; `None` if they are for none.

    A request that may do without credentials has those that there are. What this client does not send, such as a
    certificate, is for the httpx client that it is given.
    """
    alternatives = [[scheme for scheme in needed if scheme.place != "other"] for needed in operation.security]
    for needed in sorted(alternatives, key=lambda needed: not needed):
        if not needed:
            return Carried()
        found = [] if keys is None else [(scheme, _key(keys, scheme)) for scheme in needed]
        if found and all(key is not None for _, key in found):
            return _carried((scheme, key) for scheme, key in found if key is not None)
    return None if alternatives else Carried()


def _key(keys: Keys, scheme: Credential) -> Key | None:
    """Return the key for a scheme, if it is of the form that this needs."""
    key = keys.get(scheme.scheme) if isinstance(keys, Mapping) else keys
    if key is None or scheme.place == "other" or isinstance(key, str) is (scheme.place == "basic"):
        return None
    return key


def _carried(given: Iterable[tuple[Credential, Key]]) -> Carried:
    headers: dict[str, str] = {}
    query: dict[str, str] = {}
    cookies: dict[str, str] = {}
    secrets: list[str] = []
    for scheme, key in given:
        text = key if isinstance(key, str) else base64.b64encode(":".join(key).encode()).decode()
        secrets += [text] if isinstance(key, str) else [text, key[1]]
        if scheme.place == "header":
            headers[scheme.name.lower()] = text
        elif scheme.place in ("query", "cookie"):
            (query if scheme.place == "query" else cookies)[scheme.name] = text
        else:
            headers["authorization"] = Secret(f"{'Bearer' if isinstance(key, str) else 'Basic'} {text}")
    return Carried(tuple(headers.items()), tuple(query.items()), tuple(cookies.items()), tuple(filter(None, secrets)))


def shown(keys: Keys | None) -> Iterator[str]:
    """Yield what nothing that is shown may hold: keys, tokens, passwords."""
    for key in keys.values() if isinstance(keys, Mapping) else [keys]:
        if key:
            yield key if isinstance(key, str) else key[1]


def schemes_of(operations: Iterable[Operation]) -> Iterator[Credential]:
    """Yield what the operations of a document ask for."""
    return (scheme for operation in operations for needed in operation.security for scheme in needed)
