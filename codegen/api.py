"""The resolved form of a document: every decision that generated code needs, taken; nothing here reads a document.

Annotations are Python source; they are made of names, and of strings only through `repr`. Notes and summaries are text
of the document, unescaped: only `codegen.text` brings them into source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Schema: TypeAlias = Mapping[str, Any]
Verb: TypeAlias = Literal[
    "call", "call_none", "call_bytes", "stream", "pages", "wait", "wait_for_all", "upload", "call_large"
]
"""The method of the runtime that a generated method calls."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One keyword argument of a method."""

    name: str
    annotation: str
    default: str | None
    """Source text; `None` for a required argument."""
    note: str
    deprecated: str | None = None
    """What is said to those who still give it."""
    positional: bool = False
    """Whether it may be given without its name."""


@dataclass(frozen=True, slots=True)
class Group:
    """The arguments of one location, by wire name, as source text: names of arguments, or `True` and `False`.

    Those of `waiting`, `uploading` and `large` do not travel; they are named as the runtime calls them.
    """

    location: str
    members: tuple[tuple[str, str], ...]
    whole: str | None = None
    """The argument that is the whole body, where the body is no object with properties."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the runtime."""

    verb: Verb
    operation: str
    answers: tuple[str, ...]
    """Annotations: of the answer; of an event; of a page and an item; none for no content and for bytes."""
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """One method of a resource; `flag` names the argument that chooses between `call` and `otherwise`.

    It does so by its default where it is not given.
    """

    name: str
    summary: str
    http: str
    remarks: tuple[str, ...]
    arguments: tuple[Argument, ...]
    call: Call
    flag: str | None = None
    otherwise: Call | None = None
    deprecated: str | None = None
    """What is said to those who still call it."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A group of methods; the one without a path is the client itself."""

    path: tuple[str, ...]
    """Attribute names from the client, such as `("shop", "spare_parts")`."""
    module: tuple[str, ...]
    """Names of its module below the package."""
    class_name: str
    methods: tuple[Method, ...]
    children: tuple[Resource, ...]

    @property
    def attribute(self) -> str:
        """The name under which the parent holds this resource."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a model."""

    name: str
    wire: str
    note: str


@dataclass(frozen=True, slots=True)
class Model:
    """One named schema: a class if it has fields or admits none, otherwise an alias of a type."""

    name: str
    note: str
    base: str | None
    """`ClosedModel`, `OpenModel`, or `None` for an alias."""
    fields: tuple[Field, ...]
    schema: Schema
    """What is left for the model generator: types, bounds and references; property names are those of the fields."""


@dataclass(frozen=True, slots=True)
class Api:
    """Everything that is written down as code."""

    package: str
    title: str
    version: str
    client: Resource
    models: tuple[Model, ...]
