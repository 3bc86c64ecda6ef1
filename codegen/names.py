"""Derive Python names from names of the document.

The rule is the same for attributes, methods, arguments and fields: ASCII letters, digits and underscores in snake case,
no leading underscore, and a trailing underscore if the name already has a meaning in that place. If two names of the
document become the same Python name, that is reported to the author; names are never numbered.
"""

from __future__ import annotations

import builtins
import keyword
import re
import sys
import unicodedata
from importlib.util import find_spec
from typing import TYPE_CHECKING

from apicontract.openapi.file_names import RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterable

ANNOTATION_NAMES = frozenset({"bool", "builtins", "bytes", "float", "int", "object", "str"})
"""Lower-case names in annotations of generated code, which a method, argument or field of that name would shadow."""

ARGUMENT_NAMES = ANNOTATION_NAMES | {"request_options", "self"}

ATTRIBUTE_NAMES = ANNOTATION_NAMES | {"cached_property", "deprecated", "overload"}
"""Names that a method or resource cannot have, because the body of its class uses them."""

CLIENT_NAMES = ATTRIBUTE_NAMES | {
    "aclose",
    "api_key",
    "base_url",
    "call",
    "call_bytes",
    "call_large",
    "call_none",
    "close",
    "document",
    "httpx_client",
    "max_retries",
    "options",
    "pages",
    "stream",
    "timeout",
    "upload",
    "validate",
    "wait",
    "wait_for_all",
}
"""Names that an operation or resource directly on the client cannot have: the attributes of the base classes."""

FIELD_NAMES = ANNOTATION_NAMES | {
    "construct",
    "copy",
    "dict",
    "from_orm",
    "json",
    "list",
    "model_computed_fields",
    "model_config",
    "model_construct",
    "model_copy",
    "model_dump",
    "model_dump_json",
    "model_extra",
    "model_fields",
    "model_fields_set",
    "model_json_schema",
    "model_parametrized_name",
    "model_post_init",
    "model_rebuild",
    "model_validate",
    "model_validate_json",
    "model_validate_strings",
    "parse_file",
    "parse_obj",
    "parse_raw",
    "schema",
    "schema_json",
    "update_forward_refs",
    "validate",
}
"""Names that a field of a model cannot have: names in annotations, and the attributes of pydantic's `BaseModel`."""

MODULE_NAMES = frozenset({"models"})
"""Modules that every package has besides its resources."""

RUNTIME_NAMES = frozenset(
    {
        "ApiError",
        "AsyncPager",
        "AsyncStream",
        "BadRequestError",
        "ConflictError",
        "ContentTooLargeError",
        "FileInput",
        "ForbiddenError",
        "GoneError",
        "JobError",
        "JobFailed",
        "JobTimeout",
        "JobsFailed",
        "NotFoundError",
        "Page",
        "Pager",
        "PaginationInvalid",
        "RequestInvalid",
        "RequestOptions",
        "ResponseInvalid",
        "ServerError",
        "StatusError",
        "Stream",
        "StreamInvalid",
        "TooManyRequestsError",
        "UnauthorizedError",
        "UnprocessableError",
        "UploadChanged",
    }
)
"""The runtime names that a generated package re-exports, because callers write them."""

CLASS_NAMES = (
    RUNTIME_NAMES
    | frozenset(keyword.kwlist)
    | frozenset(name for name in dir(builtins) if name[0].isupper())
    | {
        "Annotated",
        "Answer",
        "Any",
        "AsyncClient",
        "AsyncResource",
        "BaseModel",
        "Callback",
        "ClassVar",
        "ClosedModel",
        "Field",
        "FilePath",
        "Literal",
        "Mapping",
        "OMIT",
        "Omit",
        "OpenModel",
        "Progress",
        "RootModel",
        "Sequence",
        "SyncClient",
        "SyncResource",
        "TypeAlias",
        "TypeAliasType",
        "Union",
        "UnknownEvent",
        "deprecated",
        "on_demand",
    }
)
"""Names that a schema or a client class cannot have, because generated modules or the model generator use them."""

_CLASS = re.compile(r"[A-Z][A-Za-z0-9]*")
_PACKAGE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_IMPORTED = frozenset({"apicontract", "pydantic"})
_LONGEST = 100


def identifier(text: str, taken: frozenset[str], longest: int = _LONGEST) -> str | None:
    """Convert a name to a snake-case identifier; `None` if nothing is left of it.

    A keyword, or a name that is taken in this place, gets a trailing underscore.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", plain)
    name = re.sub(r"[^0-9A-Za-z]+", "_", parted).strip("_").lower()
    if not name or len(name) > longest:
        return None
    if name[0].isdigit():
        name = f"value_{name}"
    return f"{name}_" if keyword.iskeyword(name) or name in taken else name


def shortened(text: str, longest: int = _LONGEST) -> str:
    """Convert any name to a snake-case identifier of limited length; empty if nothing is left of it.

    A sign before a number becomes a word: `+1` and `-1` are two names.
    """
    signed = re.sub(r"^([+-])(?=[0-9])", lambda sign: "plus_" if sign[1] == "+" else "minus_", text)
    return (identifier(signed[: 4 * longest], frozenset(), 4 * longest) or "")[:longest].strip("_")


def numbered(texts: Iterable[str], taken: frozenset[str]) -> dict[str, str]:
    """Return a name for each of some texts, avoiding taken names; duplicates are numbered."""
    found: dict[str, str] = {}
    used: set[str] = set()
    for text in texts:
        name = shortened(text) or "value"
        name, number = identifier(name, taken) or name, 1
        free = name
        while free in used:
            number += 1
            free = f"{name.rstrip('_')}_{number}"
        used.add(free)
        found[text] = free
    return found


def class_name(attribute: str) -> str:
    """Return the class name of a resource: `spare_parts` becomes `SpareParts`."""
    name = "".join(part[:1].upper() + part[1:] for part in attribute.split("_"))
    return f"{name}_" if CLASS_NAMES & {name, f"Async{name}"} else name


def module_name(attribute: str) -> str:
    """Return the module name of a resource on the client, which must not be that of the models or of a device."""
    return f"{attribute}_" if attribute in MODULE_NAMES or attribute in RESERVED else attribute


def is_class_name(text: str) -> bool:
    """Return whether a schema or the client may have this name."""
    return _CLASS.fullmatch(text) is not None and len(text) <= _LONGEST and text not in CLASS_NAMES


def is_package_name(text: str) -> bool:
    """Return whether a package may have this name, which must not hide a module that it imports."""
    known = keyword.iskeyword(text) or text in sys.stdlib_module_names or text in _IMPORTED or text.lower() in RESERVED
    return _PACKAGE.fullmatch(text) is not None and not known and len(text) <= _LONGEST


def installed_by(text: str) -> str | None:
    """Return the distribution, other than this project, that installed a package of this name; `None` if none did."""
    if find_spec(text) is None:  # asking every distribution takes longer than reading a small document
        return None
    from importlib import metadata  # noqa: PLC0415 - slow to import, and rarely needed

    known = metadata.packages_distributions()
    others = [name for name in known.get(text, ()) if name not in known.get("apicontract", ())]
    return others[0] if others else None
