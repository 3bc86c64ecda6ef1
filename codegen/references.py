"""Follow the references between the files of a spec directory: never out of it, and never over a network."""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from apicontract.guess import nearest
from apicontract.openapi.objects import COMPONENTS, TITLES, Json
from apicontract.openapi.pointer import split
from codegen.problems import Location, Problem
from codegen.yaml12 import Source, read

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOTS = ("openapi.yaml", "openapi.yml", "openapi.json")
EDITIONS = "editions.yaml"
"""The list of editions of a document, beside its root."""
SUFFIXES = (".yaml", ".yml", ".json")

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def is_file(spec: Path) -> bool:
    """Return whether a path is the file of a document, and not a directory."""
    return spec.suffix in SUFFIXES and spec.is_file()


def root_names(spec: Path) -> list[str]:
    """Return the names of the root files in a directory; there should be one."""
    return [name for name in ROOTS if (spec / name).is_file()]


@dataclass(frozen=True, slots=True)
class Target:
    """The definition that a reference leads to."""

    source: Source
    tokens: tuple[str, ...]
    value: Json

    @property
    def identity(self) -> tuple[str, tuple[str, ...]]:
        """The identity of a definition: the file and the place in it."""
        return self.source.file, self.tokens


class Files:
    """The files below one spec directory, each read once, when it is first referred to."""

    def __init__(self, spec: Path) -> None:
        """Take the directory, or a single root file, whose folder may contain unrelated files."""
        self.problems: list[Problem] = []
        self._alone = spec.name if is_file(spec) else None
        self._spec = spec.parent if self._alone else spec
        self._read: dict[str, Source | None] = {}
        self._located: dict[tuple[str, str], str | tuple[str, str]] = {}

    @property
    def sources(self) -> Iterator[Source]:
        """The files that were read, in that order."""
        return (source for source in self._read.values() if source is not None)

    @property
    def unusable(self) -> bool:
        """Whether a file that was referred to cannot be read at all."""
        return None in self._read.values()

    def root(self) -> Source | None:
        """Read the root file."""
        found = [self._alone] if self._alone else root_names(self._spec)
        if len(found) > 1:
            fix = f"keep one of {', '.join(found)}"
            self.problems.append(Location(self._name(found[1]), 1, "#").problem("the document has two root files", fix))
        return self._source(found[0] if found else ROOTS[0])

    def editions(self) -> Source | None:
        """Read the list of editions, if there is one."""
        if EDITIONS not in self._read and not (self._spec / EDITIONS).is_file():
            return None
        return self._source(EDITIONS)

    def follow(self, kind: str, reference: Json, source: Source, place: Location) -> Target | None:
        """Follow a reference; a problem is reported at its place, and the result is `None`."""
        found = self._follow(reference, kind, source)
        if isinstance(found, Target):
            return found
        if found is not None:
            self.problems.append(place.problem(*found))
        return None

    def unread(self) -> Iterator[str]:
        """Yield the files below the spec directory that nothing refers to, sorted."""
        names: list[str] = []
        if self._alone:
            return iter(names)
        for folder, folders, files in os.walk(self._spec):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            below = Path(folder).relative_to(self._spec)
            names += [(below / name).as_posix() for name in files if name.endswith(SUFFIXES) and name[0] != "."]
        return (self._name(name) for name in sorted(names) if name not in self._read)

    def _name(self, relative: str) -> str:
        return f"{self._spec.name}/{relative}"

    def _source(self, relative: str) -> Source | None:
        if relative not in self._read:
            self._read[relative], problems = read(self._spec / relative, self._name(relative))
            self.problems += problems
        return self._read[relative]

    def _follow(self, reference: Json, kind: str, source: Source) -> Target | tuple[str, str] | None:
        """Return the target, or the problem and its fix, or `None` if the file itself has a problem."""
        if not isinstance(reference, str):
            return "the $ref is not a string", "write it as 'file.yaml#/Name'"
        location, _, fragment = reference.partition("#")
        relative = self._located.get((location, source.file))
        if relative is None:  # cached, because a large document has hundreds of references
            relative = self._located[location, source.file] = self._locate(unquote(location), source)
        if isinstance(relative, tuple):
            message, fix = relative
            return f"the $ref {reference!r} {message}", fix
        if relative not in self._read and not os.path.isfile(self._spec / relative):  # also for a name that is too long
            return (
                f"the $ref {reference!r} leads to no file: there is no {self._name(relative)}",
                "correct the file name",
            )
        if not fragment.startswith("/"):
            return f"the $ref {reference!r} names no definition in its file", "end it with '#/Name'"
        target = self._source(relative)
        if target is None:
            return None
        tokens = split(unquote(fragment))
        if wrong := self._misplaced(target, tokens, kind):
            return f"the $ref {reference!r} {wrong}", "move what it needs to a definition of its own, and refer to that"
        return self._definition(reference, target, tokens)

    def _locate(self, location: str, source: Source) -> str | tuple[str, str]:
        """Return the file part of a reference as a path below the spec directory, or the problem and its fix."""
        own = source.file.split("/", 1)[1]
        if not location:
            return own
        if _SCHEME.match(location):
            return "leads out of the file system", "copy the definition below the spec directory, and lead to that"
        if location.startswith("/") or "\\" in location or "\0" in location:
            return "is not a relative path with slashes", "write it relative to this file"
        relative = posixpath.normpath(posixpath.join(posixpath.dirname(own), location))
        spec = self._spec.resolve()
        place = Path(os.path.realpath(spec / relative))
        if relative.split("/")[0] == ".." or not place.is_relative_to(spec):
            return "leads out of the spec directory", "move the definition below the spec directory"
        return place.relative_to(spec).as_posix()

    def _misplaced(self, target: Source, tokens: tuple[str, ...], kind: str) -> str | None:
        """Return why a place cannot have a definition of this kind; `None` if it can."""
        if target is not self._source(self._root_name()):
            return None if len(tokens) == 1 else "leads into the inside of a definition"
        section = COMPONENTS.get(kind)
        if section and tokens[:2] == ("components", section) and len(tokens) == 3:
            return None
        return f"leads to no {TITLES[kind]} of the root file" if section else "leads into the root file"

    def _definition(self, reference: str, target: Source, tokens: tuple[str, ...]) -> Target | tuple[str, str]:
        value: Json = target.data
        for token in tokens:
            if not isinstance(value, dict) or token not in value:
                near = nearest(token, value if isinstance(value, dict) else ())
                fix = f"did you mean {near!r}?" if near else f"define {token!r} there, or correct the name"
                return f"the $ref {reference!r} leads nowhere: {target.file} has no {token!r}", fix
            value = value[token]
        return Target(target, tokens, value)

    def _root_name(self) -> str:
        return next(iter(self._read))
