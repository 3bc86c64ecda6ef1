"""Join the files of a spec directory into one document, and remember where every part of it came from.

References to schemas, parameters, responses, headers, examples and request bodies are hoisted: the definition becomes
`components/<section>/<its name>`, whatever file it stands in, and the reference leads there. Path items are inlined.
A definition is a top-level key of its file (in the root file: a component), so that its name is the last token of every
reference to it. Only files below the spec directory are read.
"""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from codegen.grammar import COMPONENTS, OPENAPI, TITLES, Json, is_reference
from codegen.problems import ROOT, DocumentWrong, Location, Problem, to_pointer, to_tokens
from codegen.references import Files, Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from codegen.yaml12 import Source

_Tokens: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """One document without references to files, and the origin of every part of it."""

    document: dict[str, Json]
    unused: tuple[Problem, ...]
    """One for each definition and file that nothing refers to."""
    _origins: Mapping[_Tokens, tuple[Source, _Tokens]]

    def at(self, pointer: str) -> Location:
        """Locate a pointer into the bundled document in the file that its text stands in."""
        tokens = to_tokens(pointer)
        length = next(length for length in range(len(tokens), -1, -1) if tokens[:length] in self._origins)
        source, prefix = self._origins[tokens[:length]]
        return source.at((*prefix, *tokens[length:]))


def load(spec: Path) -> Bundle:
    """Read the document whose root is `openapi.yaml` (or `.yml`, `.json`) in a directory.

    Raises `DocumentWrong` with every problem of reading and joining; whether the document means something is for
    `codegen.rules` to say.
    """
    bundler = _Bundler(Path(os.path.abspath(spec)))
    bundle = bundler.bundle()
    if bundle is None or bundler.files.problems:
        raise DocumentWrong(bundler.files.problems)
    return bundle


class _Bundler:
    """Copies the root document and every definition that it reaches."""

    def __init__(self, spec: Path) -> None:
        self.files = Files(spec)
        self._origins: dict[_Tokens, tuple[Source, _Tokens]] = {}
        self._hoisted: dict[tuple[str, str], Target] = {}
        self._kinds: dict[tuple[str, _Tokens], str] = {}  # what each reached definition is used as
        self._queue: deque[tuple[str, str]] = deque()
        self._reached: dict[str, dict[str, Json]] = {}  # the sections of hoisted definitions

    def bundle(self) -> Bundle | None:
        root = self.files.root()
        if root is None:
            return None
        self._origins[()] = (root, ())
        document: dict[str, Json] = {}
        for key, held in root.data.items():
            document[key] = self._paths(held, root) if key == "paths" else self._root_field(key, held, root)
        if sections := self._sections(root):
            document["components"] = sections
        self._report_endless()
        return Bundle(document, tuple(self._unused(root)), self._origins)

    def _root_field(self, key: str, held: Json, root: Source) -> Json:
        if key == "components":
            return {}  # keeps the place among the keys; filled when everything is reached
        return self._copy("document", {key: held}, root, ())[key]

    def _paths(self, paths: Json, root: Source) -> Json:
        if not isinstance(paths, dict):
            return _plain(paths)
        return {path: self._path_item(path, item, root) for path, item in paths.items()}

    def _path_item(self, path: str, item: Json, root: Source) -> Json:
        source, tokens, seen = root, _tokens("paths", path), []
        while is_reference("path_item", item):
            for sibling in item:
                if sibling != "$ref":
                    found, fix = f"{sibling!r} stands beside the $ref of a path item", "move it to the path item"
                    self._report(source.at((*tokens, sibling)), found, fix)
            place = source.at((*tokens, "$ref"))
            target = self.files.follow("path_item", item["$ref"], source, place)
            if target is None:
                return {}
            if target.identity in seen:
                self._report(place, "the $ref leads back to itself", "write the path item out")
                return {}
            if target.tokens != (path,):
                found = f"the path {path!r} leads to the path item {target.tokens[-1]!r}"
                self._report(place, found, "give both the same path template")
            self._use(target, "path_item", place)
            seen.append(target.identity)
            source, tokens, item = target.source, target.tokens, target.value
        self._origins["paths", path] = (source, tokens)
        return self._copy("path_item", item, source, tokens)

    def _sections(self, root: Source) -> dict[str, Json]:
        """Copy what the references reach, and the components that are known by name only; sorted by name."""
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
        """Copy an object of a kind, its references hoisted; a value of the wrong form is copied as it is."""
        if not isinstance(value, dict):
            return _plain(value)
        if is_reference(kind, value):
            return self._reference(kind, value, source, tokens)
        fields = OPENAPI[kind]
        copied: dict[str, Json] = {}
        for key, held in value.items():
            below = (*tokens, key)
            field = fields.get(key)
            if (kind, key) == ("discriminator", "mapping") and isinstance(held, dict):
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
        allowed = ("description",) if kind == "schema" else ("summary", "description")
        for sibling in value:
            if sibling not in ("$ref", *allowed):
                fix = f"only {' and '.join(allowed)} may; move it to the definition"
                self._report(source.at((*tokens, sibling)), f"{sibling!r} stands beside a $ref", fix)
        place = source.at((*tokens, "$ref"))
        target = self.files.follow(kind, value["$ref"], source, place)
        siblings = {key: _plain(held) for key, held in value.items() if key in allowed}
        return {"$ref": self._hoist(target, kind, place), **siblings} if target else siblings

    def _variant(self, reference: Json, source: Source, tokens: _Tokens) -> Json:
        """Hoist a value of a discriminator mapping, which is a reference without the word `$ref`."""
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
        return to_pointer(("components", COMPONENTS[kind], name))

    def _use(self, target: Target, kind: str, place: Location) -> None:
        used = self._kinds.setdefault(target.identity, kind)
        if used != kind:
            found = f"{target.tokens[-1]!r} is referred to as a {TITLES[kind]} here, and as a {TITLES[used]} elsewhere"
            self._report(place, found, "give each its own definition")

    def _report_endless(self) -> None:
        """Report definitions that are nothing but references to each other: there is nothing to write down."""
        for (kind, name), target in self._hoisted.items():
            at, seen = name, []
            while at not in seen and is_reference(kind, value := self._reached[COMPONENTS[kind]][at]):
                seen.append(at)
                at = to_tokens(value["$ref"])[-1]
            if seen and at == name:
                found = f"the {TITLES[kind]} {name!r} is only a $ref that leads back to itself"
                self._report(target.source.at((*target.tokens, "$ref")), found, "write one definition out")

    def _unused(self, root: Source) -> Iterator[Problem]:
        for source in self.files.sources:
            definitions = [_tokens(key) for key in source.data]
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
            yield Location(file, 1, ROOT).problem("no reference leads to this file", "remove it, or refer to it")

    def _report(self, place: Location, message: str, fix: str) -> None:
        self.files.problems.append(place.problem(message, fix))


def _tokens(*tokens: str) -> _Tokens:
    return tokens


def _plain(value: Json) -> Json:
    """Copy data, so that what an alias repeats is not shared."""
    if isinstance(value, dict):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_plain(held) for held in value]
    return value
