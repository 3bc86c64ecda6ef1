"""Join a document of several files into one. Only files in its folder, and in folders below, are read.

A referenced file is placed under `x-files`, by its path relative to the folder of the document, and every reference to
it or within it is rewritten to point into the whole document.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from apicontract.openapi import pointer as pointers
from apicontract.openapi.operation import Json
from apicontract.openapi.problems import DocumentInvalid
from apicontract.openapi.rebuild import Rebuild, put

KEY = "x-files"
"""The key under which other files are placed."""
_LEAVES = re.compile(rb"\$ref[\"']?\s*:\s*[\"']?[^\"'#\s]")


def leaves(text: bytes) -> bool:
    """Return whether a document may refer to another file; plain data can match too."""
    return _LEAVES.search(text) is not None


def join(raw: Mapping[str, Any], source: Path, parse: Callable[[bytes, Path], Mapping[str, Any]]) -> Mapping[str, Any]:
    """Join a document with the files that it refers to; raise `DocumentInvalid` if one of them cannot be read.

    A reference that leads out of the folder, to a missing file or over the network is left unchanged.
    """
    return _Join(raw, source, parse).all()


class _Placed(str):
    """A reference that has already been rewritten."""

    __slots__ = ()


def _plain(value: Any) -> Any:
    """Return a copy in which references are plain strings."""
    if isinstance(value, dict):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_plain(held) for held in value]
    return str(value) if isinstance(value, _Placed) else value


class _Join:
    """The files that have been read, and the references that are still to be followed."""

    def __init__(self, raw: Mapping[str, Any], source: Path, parse: Callable[[bytes, Path], Mapping[str, Any]]) -> None:
        self._raw = raw
        self._folder = source.resolve().parent
        self._main = source.resolve()
        self._files: dict[Path, Any] = {self._main: raw}
        self._parse = parse
        self._waiting: list[tuple[Path, str, str]] = [(self._main, "", "document")]

    def all(self) -> Mapping[str, Any]:
        """Follow references from file to file until none is left."""
        done: set[tuple[Path, str, str]] = set()
        while self._waiting:
            place = self._waiting.pop()
            if place in done:
                continue
            done.add(place)
            file, fragment, kind = place
            node = pointers.find(self._files[file], fragment)
            if node is not None:
                walk = Rebuild(partial(self._rewritten, file))
                self._files[file] = put(self._files[file], pointers.split(fragment), walk.one(kind, node))
        others = {self._name(file): data for file, data in self._files.items() if file != self._main}
        joined: Mapping[str, Any] = _plain({**self._files[self._main], KEY: others}) if others else self._raw
        return joined

    def _name(self, file: Path) -> str:
        return file.relative_to(self._folder).as_posix()

    def _rewritten(self, file: Path, kind: str, node: Json, path: list[str]) -> Json:  # noqa: ARG002 - what a walk calls
        if not isinstance(node, dict):
            return node
        target = node.get("$ref")
        if isinstance(target, str) and not isinstance(target, _Placed):
            node = {**node, "$ref": self._placed(target, kind, file)}
        discriminator = node.get("discriminator")
        mapping = discriminator.get("mapping") if kind == "schema" and isinstance(discriminator, dict) else None
        if isinstance(mapping, dict):
            placed = {
                name: self._placed(value, "schema", file) if "#" in str(value) or "." in str(value) else value
                for name, value in mapping.items()
            }
            node = {**node, "discriminator": {**discriminator, "mapping": placed}}
        return node

    def _placed(self, reference: str, kind: str, file: Path) -> str:
        """Rewrite a reference so that it points into the whole document."""
        if isinstance(reference, _Placed):
            return reference
        try:
            parts = urlsplit(reference)
        except ValueError:  # an invalid host
            return reference
        if parts.scheme or parts.netloc or "%00" in parts.path:
            return reference
        other = file
        if parts.path:
            other = Path(os.path.realpath(file.parent / unquote(parts.path)))
            if other not in self._files and not self._read(other):
                return reference
        fragment = unquote(parts.fragment)
        if fragment and fragment[0] != "/":
            return reference
        self._waiting.append((other, fragment, kind))
        start = "" if other == self._main else f"/{KEY}/{pointers.escape(self._name(other))}"
        return _Placed(f"#{start}{fragment}")

    def _read(self, file: Path) -> bool:
        if not file.is_relative_to(self._folder) or not os.path.isfile(file):
            return False
        try:
            self._files[file] = self._parse(file.read_bytes(), file)
        except OSError as error:
            raise DocumentInvalid(f"{self._name(file)} cannot be read: {error.strerror}") from error
        return True
