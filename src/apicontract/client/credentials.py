"""The caller's credentials, and which of them the security schemes of an operation require."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from apicontract.client.errors import ApiError
from apicontract.client.options import is_header_value
from apicontract.openapi.operation import Credential, Operation

Key: TypeAlias = str | tuple[str, str]
"""An API key or a token, or the user and password of basic authentication."""
Keys: TypeAlias = Key | Mapping[str, Key]
"""One key for all security schemes, or keys by the names of the schemes."""


class Secret(str):
    """A key that is sent as it is; its `repr` hides it, as in a traceback that shows variables."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'[API key]'"


def secret(keys: Keys | None) -> Keys | None:
    """Wrap keys in `Secret`, so that they are not shown."""
    if isinstance(keys, Mapping):
        return {name: _secret(key) for name, key in keys.items()}
    return None if keys is None else _secret(keys)


def _secret(key: Key) -> Key:
    if isinstance(key, str):
        return Secret(key)
    if isinstance(key, tuple) and len(key) == 2 and all(isinstance(part, str) for part in key):
        return Secret(key[0]), Secret(key[1])
    return key  # `check` reports the error


@dataclass(frozen=True, slots=True)
class Carried:
    """The credentials that the requests of one operation carry."""

    headers: Sequence[tuple[str, str]] = field(default=(), repr=False)
    query: Sequence[tuple[str, str]] = field(default=(), repr=False)
    cookies: Sequence[tuple[str, str]] = field(default=(), repr=False)
    secrets: Sequence[str] = field(default=(), repr=False)
    """The strings that must never be shown."""


def check(keys: Keys, source: str, schemes: Iterable[Credential]) -> None:
    """Raise `ApiError`, without showing a key, for keys that cannot be sent or that no scheme requires."""
    known = list(dict.fromkeys(schemes))
    if isinstance(keys, Mapping) and (strange := sorted(keys.keys() - {scheme.scheme for scheme in known})):
        names = ", ".join(sorted({scheme.scheme for scheme in known})) or "none"
        raise ApiError(f"{source}: the document has no security scheme {', '.join(strange)}; it has {names}")
    for key in keys.values() if isinstance(keys, Mapping) else [keys]:
        _check(key, source)
    if known and not isinstance(keys, Mapping) and all(_key(keys, scheme) is None for scheme in known):
        wanted = "a pair of user and password" if isinstance(keys, str) else "a string"
        raise ApiError(f"{source} must be {wanted}, as the document requires")


def _check(key: object, source: str) -> None:
    pair = cast("Any", key) if isinstance(key, tuple) else None
    if not isinstance(key, str) and not (pair and len(pair) == 2 and all(isinstance(part, str) for part in pair)):
        raise ApiError(f"{source} must be a string, or a pair of user and password")
    if pair:
        if ":" in pair[0]:
            raise ApiError(f"{source}: a user name cannot contain a colon (RFC 7617, section 2)")
    elif not is_header_value(cast("str", key)):
        raise ApiError(f"{source} is not an API key: it has white space, or characters that a header cannot have")


def carried(operation: Operation, keys: Keys | None) -> Carried | None:
    """Return what to send for the first set of credentials that the keys satisfy; `None` if there is none.

    If credentials are optional, those that are available are sent. Credentials that this client does not support, such
    as a certificate, have to be set up in the httpx client that is passed in.
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
    """Return the key for a scheme, if it has the form that the scheme needs."""
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
        text = key if isinstance(key, str) else Secret(base64.b64encode(":".join(key).encode()).decode())
        secrets += [text] if isinstance(key, str) else [text, key[1] or key[0]]
        if scheme.place == "header":
            headers[scheme.name.lower()] = text
        elif scheme.place in ("query", "cookie"):
            (query if scheme.place == "query" else cookies)[scheme.name] = text
        else:
            headers["authorization"] = Secret(f"{'Bearer' if isinstance(key, str) else 'Basic'} {text}")
    return Carried(tuple(headers.items()), tuple(query.items()), tuple(cookies.items()), tuple(filter(None, secrets)))


def shown(keys: Keys | None) -> Iterator[str]:
    """Yield the strings that must never be shown: keys, tokens, passwords, or users whose password is empty."""
    for key in keys.values() if isinstance(keys, Mapping) else [keys]:
        if key:
            yield key if isinstance(key, str) else key[1] or key[0]


def schemes_of(operations: Iterable[Operation]) -> Iterator[Credential]:
    """Yield the security schemes that the operations of a document use."""
    return (scheme for operation in operations for needed in operation.security for scheme in needed)
