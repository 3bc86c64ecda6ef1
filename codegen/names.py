"""Make Python names out of names of the document.

The rule is the same for attributes, methods, arguments and fields: ASCII letters, digits and underscores in snake case,
no leading underscore, and a trailing underscore where the name already means something in that place. Two names of the
document that become one Python name are a problem for its author; nothing is numbered.
"""

from __future__ import annotations

import builtins
import keyword
import re
import sys
import unicodedata
from importlib import metadata
from typing import TYPE_CHECKING

from apicontract.openapi.files import RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterable

ANNOTATION_NAMES = frozenset({"bool", "builtins", "bytes", "float", "int", "object", "str"})
"""What annotations of generated code say in lower case; a method, argument or field of that name would shadow it."""

ARGUMENT_NAMES = ANNOTATION_NAMES | {"request_options", "self"}

ATTRIBUTE_NAMES = ANNOTATION_NAMES | {"cached_property", "deprecated", "overload"}
"""What a method or resource cannot be called, because the body of its class uses the name."""

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
"""What an operation or resource directly on the client cannot be called: the attributes of the base classes."""

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
"""What a field of a model cannot be called: names in annotations, and the attributes of pydantic's `BaseModel`."""

MODULE_NAMES = frozenset({"models"})
"""Modules that every package has beside its resources."""

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
"""What the front door of a generated package offers of the runtime: the names that callers write themselves."""

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
"""What a schema or a client class cannot be called, because generated modules or the model generator use it."""

_CLASS = re.compile(r"[A-Z][A-Za-z0-9]*")
_PACKAGE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_IMPORTED = frozenset({"apicontract", "pydantic"})
_LONGEST = 100


def identifier(text: str, taken: frozenset[str], longest: int = _LONGEST) -> str | None:
    """Clean a name into a snake-case identifier; `None` if nothing is left of it.

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
    """Clean any name into a snake-case identifier of limited length; empty if nothing is left of it.

    A sign in front of a number is a word: `+1` and `-1` are two names.
    """
    signed = re.sub(r"^([+-])(?=[0-9])", lambda sign: "plus_" if sign[1] == "+" else "minus_", text)
    return (identifier(signed[: 4 * longest], frozenset(), 4 * longest) or "")[:longest].strip("_")


def numbered(texts: Iterable[str], taken: frozenset[str]) -> dict[str, str]:
    """Name all of some texts, where some names are taken; of two that would have one name, the second is numbered."""
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
    """Write the name of a resource as that of its class: `spare_parts` as `SpareParts`."""
    name = "".join(part[:1].upper() + part[1:] for part in attribute.split("_"))
    return f"{name}_" if CLASS_NAMES & {name, f"Async{name}"} else name


def module_name(attribute: str) -> str:
    """Return the name of the module of a resource on the client: not that of the models, and not that of a device."""
    return f"{attribute}_" if attribute in MODULE_NAMES or attribute in RESERVED else attribute


def is_class_name(text: str) -> bool:
    """Tell whether a schema or the client may have this name."""
    return _CLASS.fullmatch(text) is not None and len(text) <= _LONGEST and text not in CLASS_NAMES


def is_package_name(text: str) -> bool:
    """Tell whether a package may have this name, which must not hide a module that it imports."""
    known = keyword.iskeyword(text) or text in sys.stdlib_module_names or text in _IMPORTED or text.lower() in RESERVED
    return _PACKAGE.fullmatch(text) is not None and not known and len(text) <= _LONGEST


def installed_by(text: str) -> str | None:
    """Return the distribution that installed a package of this name, other than this project; `None` if none did."""
    known = metadata.packages_distributions()
    others = [name for name in known.get(text, ()) if name not in known.get("apicontract", ())]
    return others[0] if others else None
