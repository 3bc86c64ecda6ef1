"""Join the files of a spec directory into one document, and record the origin of every part.

References to schemas, parameters, responses, headers, examples and request bodies are hoisted: the definition becomes
`components/<section>/<its name>`, whatever file it is in, and the reference points there. Path items and webhooks are
inlined. The list of editions, `editions.yaml`, is added as `x-editions`.

A document with editions or marks describes several days; `on` projects it onto one of them. A definition is a top-level
key of its file (in the root file: a component), so that its name is the last token of every reference to it. Only files
below the spec directory are read.
"""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from apicontract.openapi.marks import EDITIONS, INSTEAD, MARKS, WAS, Day
from apicontract.openapi.objects import COMPONENTS, OPENAPI, TITLES, Json, fields_of, is_reference
from apicontract.openapi.pointer import fragment, split
from apicontract.openapi.projection import Moved, origin, project
from codegen.form import beside_reference
from codegen.problems import DocumentWrong, Location, Problem
from codegen.references import Files, Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from codegen.yaml12 import Source

_Tokens: TypeAlias = tuple[str, ...]
_ITEMS = {"paths": "path_item", "webhooks": "webhook"}
_NAMES = {"path_item": "path template", "webhook": "name"}
_MARKS = (*MARKS, INSTEAD)


@dataclass(frozen=True, slots=True)
class Bundle:
    """One document without references to files, and the origin of every part."""

    document: dict[str, Json]
    unused: tuple[Problem, ...]
    """A problem for each definition and file that nothing refers to."""
    _origins: Mapping[_Tokens, tuple[Source, _Tokens]]
    _moved: Moved = field(default_factory=dict)

    def at(self, pointer: str) -> Location:
        """Locate a pointer into the bundled document in its source file."""
        tokens = origin(split(pointer), self._moved)
        length = next(length for length in range(len(tokens), -1, -1) if tokens[:length] in self._origins)
        source, prefix = self._origins[tokens[:length]]
        return source.at((*prefix, *tokens[length:]))

    def on(self, day: Day) -> Bundle:
        """Return the document as it was on a day, without marks."""
        moved: Moved = {}
        document = project(self.document, day, moved)
        return replace(self, document=document, _moved=moved)


def load(spec: Path) -> Bundle:
    """Read the document whose root is `openapi.yaml` (or `.yml`, `.json`) in a directory, or a single file.

    Raises `DocumentWrong` with every problem of reading and joining; all other problems are found by `codegen.rules`.
    """
    bundle, problems = read(spec)
    if bundle is None or problems:
        raise DocumentWrong(problems)
    return bundle


def read(spec: Path) -> tuple[Bundle | None, list[Problem]]:
    """Read as much of a document as possible, and return every problem of reading and joining.

    There is no bundle if a file cannot be read: what else would be found in it can be a consequence of that.
    """
    bundler = _Bundler(Path(os.path.abspath(spec)))
    return bundler.bundle(), bundler.files.problems


class _Bundler:
    """Copies the root document and every definition that it reaches."""

    def __init__(self, spec: Path) -> None:
        self.files = Files(spec)
        self._origins: dict[_Tokens, tuple[Source, _Tokens]] = {}
        self._hoisted: dict[tuple[str, str], Target] = {}
        self._kinds: dict[tuple[str, _Tokens], str] = {}  # the kind of object that each reached definition is used as
        self._queue: deque[tuple[str, str]] = deque()
        self._reached: dict[str, dict[str, Json]] = {}  # the sections of hoisted definitions

    def bundle(self) -> Bundle | None:
        root = self.files.root()
        if root is None:
            return None
        self._origins[()] = (root, ())
        document: dict[str, Json] = {}
        for key, held in root.data.items():
            kind = _ITEMS.get(key)
            document[key] = self._items(key, kind, held, root) if kind else self._root_field(key, held, root)
        if sections := self._sections(root):
            document["components"] = sections
        if (editions := self.files.editions()) is not None:
            document[EDITIONS] = _plain(editions.data)
            self._origins[EDITIONS,] = (editions, ())
        self._report_endless()
        if self.files.unusable:
            return None
        return Bundle(document, tuple(self._unused(root)), self._origins)

    def _root_field(self, key: str, held: Json, root: Source) -> Json:
        if key == "components":
            return {}  # keeps its place among the keys; filled when everything has been reached
        return self._copy("document", {key: held}, root, ())[key]

    def _items(self, section: str, kind: str, items: Json, root: Source) -> Json:
        if not isinstance(items, dict):
            return _plain(items)
        return {name: self._item(section, kind, name, item, root) for name, item in items.items()}

    def _item(self, section: str, kind: str, path: str, item: Json, root: Source) -> Json:
        """Copy a path item or webhook in place; marks beside its reference become its own."""
        source, tokens, seen = root, _tokens(section, path), []
        marks: dict[str, Json] = {}
        while is_reference(kind, item):
            for sibling in item:
                if sibling in _MARKS:
                    marks[sibling] = self._copy(kind, {sibling: item[sibling]}, source, tokens)[sibling]
                    self._origins[section, path, sibling] = (source, (*tokens, sibling))
                elif sibling != "$ref":
                    found = f"{sibling!r} is beside the $ref of a {TITLES[kind]}"
                    self._report(source.at((*tokens, sibling)), found, f"move it to the {TITLES[kind]}")
            place = source.at((*tokens, "$ref"))
            target = self.files.follow(kind, item["$ref"], source, place)
            if target is None:
                return {}
            if target.identity in seen:
                self._report(place, "the $ref leads back to itself", f"write the {TITLES[kind]} out")
                return {}
            if target.tokens != (path,):
                found = f"the {section.removesuffix('s')} {path!r} leads to the {TITLES[kind]} {target.tokens[-1]!r}"
                self._report(place, found, f"give both the same {_NAMES[kind]}")
            self._use(target, kind, place)
            seen.append(target.identity)
            source, tokens, item = target.source, target.tokens, target.value
        self._origins[section, path] = (source, tokens)
        copied = self._copy(kind, item, source, tokens)
        return {**marks, **copied} if isinstance(copied, dict) else copied

    def _sections(self, root: Source) -> dict[str, Json]:
        """Copy the definitions that are referred to, and the components that are used by name only; sorted by name."""
        own = root.data.get("components", {})
        if not isinstance(own, dict):
            self._report(root.at(("components",)), "the components are not a mapping", "write the sections below it")
            own = {}
        while self._queue:
            kind, name = self._queue.popleft()
            target = self._hoisted[kind, name]
            self._origins["components", COMPONENTS[kind], name] = (target.source, target.tokens)
            copied = self._copy(kind, target.value, target.source, target.tokens)
            self._reached.setdefault(COMPONENTS[kind], {})[name] = copied
        sections = {section: _plain(held) for section, held in own.items() if section not in COMPONENTS.values()}
        for section in COMPONENTS.values():
            if not isinstance(own.get(section, {}), dict):
                place = root.at(("components", section))
                self._report(place, f"{section!r} is not a mapping", "write the definitions below it")
        ordered = [section for section in OPENAPI["components"] if section in sections or section in self._reached]
        found = {section: self._reached.get(section) or sections[section] for section in ordered} | sections
        return {
            section: dict(sorted(held.items())) if isinstance(held, dict) else held for section, held in found.items()
        }

    def _copy(self, kind: str, value: Json, source: Source, tokens: _Tokens) -> Json:
        """Copy an object of a kind, with its references hoisted; a value of the wrong form is copied unchanged."""
        if not isinstance(value, dict):
            return _plain(value)
        if is_reference(kind, value):
            return self._reference(kind, value, source, tokens)
        fields = fields_of(kind)
        copied: dict[str, Json] = {}
        for key, held in value.items():
            below = (*tokens, key)
            field = fields.get(key)
            if key == WAS and isinstance(held, list):
                copied[key] = [self._entry(kind, entry, source, (*below, str(n))) for n, entry in enumerate(held)]
            elif (kind, key) == ("discriminator", "mapping") and isinstance(held, dict):
                copied[key] = {name: self._variant(text, source, (*below, name)) for name, text in held.items()}
            elif field is None or not field.kind:
                copied[key] = _plain(held)
            elif field.form == "list" and isinstance(held, list):
                copied[key] = [self._copy(field.kind, v, source, (*below, str(i))) for i, v in enumerate(held)]
            elif field.form == "map" and isinstance(held, dict):
                copied[key] = {name: self._copy(field.kind, v, source, (*below, name)) for name, v in held.items()}
            elif field.form in ("list", "map"):
                copied[key] = _plain(held)
            else:
                copied[key] = self._copy(field.kind, held, source, below)
        return copied

    def _reference(self, kind: str, value: dict[str, Json], source: Source, tokens: _Tokens) -> dict[str, Json]:
        allowed = beside_reference(kind)
        copied: dict[str, Json] = {}
        for key, held in value.items():
            if key == "$ref":
                place = source.at((*tokens, key))
                if target := self.files.follow(kind, held, source, place):
                    copied[key] = self._hoist(target, kind, place)
            elif key in (*allowed, *_MARKS):
                copied[key] = self._copy(kind, {key: held}, source, tokens)[key]
            else:
                fix = f"only {' and '.join(allowed[:2])} may; move it to the definition"
                self._report(source.at((*tokens, key)), f"{key!r} is beside a $ref", fix)
        return copied

    def _entry(self, kind: str, entry: Json, source: Source, tokens: _Tokens) -> Json:
        """Copy an entry of `x-was`: some keywords of an object of this kind, which may be a reference or not."""
        if not isinstance(entry, dict):
            return _plain(entry)
        copied = self._copy(kind, {key: held for key, held in entry.items() if key != "$ref"}, source, tokens)
        if entry.get("$ref") is not None:
            copied |= self._reference(kind, {"$ref": entry["$ref"]}, source, tokens)
        return {key: copied.get(key) for key in entry if key in copied or entry[key] is None}

    def _variant(self, reference: Json, source: Source, tokens: _Tokens) -> Json:
        """Hoist a value of a discriminator mapping, which is a reference without the key `$ref`."""
        place = source.at(tokens)
        target = self.files.follow("schema", reference, source, place)
        return self._hoist(target, "schema", place) if target else reference

    def _hoist(self, target: Target, kind: str, place: Location) -> str:
        name = target.tokens[-1]
        first = self._hoisted.setdefault((kind, name), target)
        if first is target:
            self._queue.append((kind, name))
        elif first.identity != target.identity:
            at = first.source.at(first.tokens)
            found = f"the {TITLES[kind]} {name!r} is also defined in {at.file}, line {at.line}"
            self._report(target.source.at(target.tokens), found, "rename one of them")
        self._use(target, kind, place)
        return fragment(("components", COMPONENTS[kind], name))

    def _use(self, target: Target, kind: str, place: Location) -> None:
        used = self._kinds.setdefault(target.identity, kind)
        if used != kind:
            found = f"{target.tokens[-1]!r} is referred to as a {TITLES[kind]} here, and as a {TITLES[used]} elsewhere"
            self._report(place, found, "give each its own definition")

    def _report_endless(self) -> None:
        """Report definitions that only consist of references to each other."""
        for (kind, name), target in self._hoisted.items():
            at, seen = name, []
            while at not in seen and is_reference(kind, value := self._reached[COMPONENTS[kind]][at]):
                seen.append(at)
                at = split(value["$ref"])[-1]
            if seen and at == name:
                found = f"the {TITLES[kind]} {name!r} is only a $ref that leads back to itself"
                self._report(target.source.at((*target.tokens, "$ref")), found, "write one definition out")

    def _unused(self, root: Source) -> Iterator[Problem]:
        for source in self.files.sources:
            definitions = [_tokens(key) for key in source.data]
            if source is self.files.editions():
                continue
            if source is root:
                own = root.data.get("components")
                sections = {s: own.get(s) for s in COMPONENTS.values()} if isinstance(own, dict) else {}
                named = {section: held for section, held in sections.items() if isinstance(held, dict)}
                definitions = [_tokens("components", section, name) for section, held in named.items() for name in held]
            for tokens in definitions:
                if (source.file, tokens) not in self._kinds:
                    found = f"{tokens[-1]!r} is defined but never used"
                    yield source.at(tokens).problem(found, "remove it, or refer to it")
        for file in self.files.unread():
            yield Location(file, 1, fragment(())).problem(
                "no reference leads to this file", "remove it, or refer to it"
            )

    def _report(self, place: Location, message: str, fix: str) -> None:
        self.files.problems.append(place.problem(message, fix))


def _tokens(*tokens: str) -> _Tokens:
    return tokens


def _plain(value: Json) -> Json:
    """Copy data, so that the values of aliases are not shared."""
    if isinstance(value, dict):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_plain(held) for held in value]
    return value
