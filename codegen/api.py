"""The resolved form of a document, in which every decision for the generated code is taken.

Nothing here reads a document.

Annotations are Python source; they consist of names, and of strings through `repr` only. Notes and summaries are text
of the document, unescaped: only `codegen.text` writes them into source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Schema: TypeAlias = Mapping[str, Any]
Verb: TypeAlias = Literal[
    "call", "call_none", "call_bytes", "stream", "pages", "wait", "wait_for_all", "upload", "call_large"
]
"""The runtime method that a generated method calls."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One keyword argument of a method."""

    name: str
    annotation: str
    default: str | None
    """Source text; `None` for a required argument."""
    note: str
    deprecated: str | None = None
    """The message for callers that still pass it, if it is deprecated."""
    positional: bool = False
    """Whether it can be passed by position."""


@dataclass(frozen=True, slots=True)
class Group:
    """The arguments of one location, by wire name, as source text: names of arguments, or `True` and `False`.

    Those of `waiting`, `uploading` and `large` are not sent; they have the names that the runtime uses.
    """

    location: str
    members: tuple[tuple[str, str], ...]
    whole: str | None = None
    """The argument that is the whole body, if the body is not an object with properties."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the runtime."""

    verb: Verb
    operation: str
    answers: tuple[str, ...]
    """Annotations: of the response; of an event; of a page and an item; none for no content and for bytes."""
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """One method of a resource; `flag` names the argument that chooses between `call` and `otherwise`.

    If the flag is not passed, its default decides.
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
    """The message for callers, if it is deprecated."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A group of methods; the one without a path is the client itself."""

    path: tuple[str, ...]
    """Attribute names from the client, such as `("shop", "spare_parts")`."""
    module: tuple[str, ...]
    """The names of its module below the package."""
    class_name: str
    methods: tuple[Method, ...]
    children: tuple[Resource, ...]

    @property
    def attribute(self) -> str:
        """The name of this resource as an attribute of its parent."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a model."""

    name: str
    wire: str
    note: str


@dataclass(frozen=True, slots=True)
class Model:
    """One named schema: a class if it has fields or is a closed empty object, otherwise a type alias."""

    name: str
    note: str
    base: str | None
    """`ClosedModel`, `OpenModel`, or `None` for an alias."""
    fields: tuple[Field, ...]
    schema: Schema
    """The input of the model generator: types, bounds and references; property names are those of the fields."""


@dataclass(frozen=True, slots=True)
class Api:
    """Everything that is written as code."""

    package: str
    title: str
    version: str
    client: Resource
    models: tuple[Model, ...]
