"""Compiled validators (jsonschema-rs), and violations made from their errors.

A valid instance costs one call into compiled code. Only for an invalid one are the errors computed, and each is
reported in the terms of the contract: its location in the message, the rule, and the pointer of that rule in the
document.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from apicontract.checks.assertion_form import Direction, assertions
from apicontract.checks.formats import NOT_ASSERTED
from apicontract.guess import nearest
from apicontract.openapi.document import Document, Json, Operation
from apicontract.openapi.problems import Problem
from apicontract.openapi.violation import Violation, excerpt, where

if TYPE_CHECKING:
    import jsonschema_rs

URN = "urn:contract"
MOST = 1000
"""The maximum number of violations that are reported for one value."""
FURTHER = "further"
"""The rule of a violation beyond that number, which is counted and never shown."""
_GAVE_UP = "Error executing regex"
"""The start of an engine message that is not about the value: a pattern took too many steps."""
_OURS = {"required": "missing", "additionalProperties": "undeclared", "dependentRequired": "dependentRequired"}


class Validators:
    """The compiled validators of one document, each made when it is first needed."""

    def __init__(
        self,
        document: Document,
        direction: Direction | None = None,
        broken: Container[str] = (),
        *,
        formats: bool = True,
    ) -> None:
        """Take the document, the direction of the values if they have one, and invalid patterns to leave out.

        `formats` says whether `format` is asserted. Nothing is compiled yet.
        """
        self._formats = formats
        self._document = document
        self._broken = broken
        self._direction = direction
        self.unusable: list[Problem] = []
        """Schemas that turned out to be invalid when they were needed; nothing is checked by them."""
        self._compiled: dict[str, jsonschema_rs.Draft202012Validator] = {}

    @cached_property
    def _registry(self) -> jsonschema_rs.Registry:
        import jsonschema_rs  # noqa: PLC0415 - a program that validates nothing does not load the engine

        return jsonschema_rs.Registry([(URN, dict(self._seen[0]))])

    @cached_property
    def _seen(self) -> tuple[Mapping[str, Json], Mapping[str, str]]:
        """The document as the validator uses it, and the schemas that are replaced in it."""
        return assertions(self._document, self._direction, self._broken)

    def _compile(self, key: str, schema: dict[str, Any], at: str = "") -> jsonschema_rs.Draft202012Validator:
        import jsonschema_rs  # noqa: PLC0415 - as above

        try:
            found = jsonschema_rs.Draft202012Validator(
                schema,
                registry=self._registry,
                validate_formats=self._formats,
                formats=NOT_ASSERTED if self._formats else None,
                mask="the value",
            )
        except (ValueError, jsonschema_rs.ReferencingError) as error:
            why = " ".join(str(error).split("\n\n")[0].split())
            message = f"this schema cannot be used: {why}"
            self.unusable.append(Problem(f"#{at}", message, "correct it; until then nothing is checked by it"))
            found = jsonschema_rs.Draft202012Validator(True)
        self._compiled[key] = found
        return found

    def at(self, pointer: str) -> jsonschema_rs.Draft202012Validator:
        """Return the validator for the schema at a pointer."""
        found = self._compiled.get(pointer)
        return found or self._compile(pointer, self._reference(pointer), pointer)

    def conformity(self, pointer: str) -> Callable[[list[Json]], bool]:
        """Return a function that says, in one call of compiled code, whether many instances fit a schema.

        It returns `False` in case of doubt, such as for a value that is not JSON.
        """
        schema = {"type": "array", "items": self._reference(pointer)}
        valid = self._compile(f"each {pointer}", schema, pointer).is_valid

        def conform(instances: list[Json]) -> bool:
            try:
                return valid(instances)
            except ValueError:
                return False

        return conform

    def _reference(self, pointer: str) -> dict[str, Any]:
        return {"$ref": reference(self._seen[1].get(pointer, pointer))}

    def violations(self, pointer: str, instance: Json, operation: str | None, root: str) -> list[Violation]:
        """Validate an instance against the schema at a pointer; `root` names the location of the instance (`body`)."""
        return self._violations(self.at(pointer), instance, operation, root, pointer)

    def group_violations(self, operation: Operation, location: str, instance: Json) -> list[Violation]:
        """Validate the values of one location together; only declared parameters are admitted."""
        key = f"{location} {operation.id}"
        validator = self._compiled.get(key) or self._compile(key, _group(operation, location))
        return self._violations(validator, instance, operation.id, location, operation.pointer)

    def whole(self, operation: Operation) -> jsonschema_rs.Draft202012Validator:
        """Return the validator for all arguments of an operation together; it is only used for a yes or no."""
        key = f"arguments {operation.id}"
        return self._compiled.get(key) or self._compile(key, _whole(operation))

    def _violations(
        self,
        validator: jsonschema_rs.Draft202012Validator,
        instance: Json,
        operation: str | None,
        root: str,
        owner: str,
    ) -> list[Violation]:
        try:
            if validator.is_valid(instance):
                return []
            reported = (
                v for error in validator.iter_errors(instance) for v in self._reported(error, operation, root, owner)
            )
            found = list(islice(reported, MOST))
            if len(found) == MOST and (further := next(reported, None)) is not None:
                message = f"and further violations; only the first {MOST} of one value are reported"
                found.append(Violation(operation, root, further.rule, message, further.pointer))
        except ValueError as error:
            if "ecursion" in str(error):
                return [Violation(operation, root, "encoding", "nested too deeply to be checked", owner)]
            # Not a JSON value: bytes, a lone surrogate, a key that is not a string.
            return [Violation(operation, root, "type", f"this is not a JSON value: {error}", owner)]
        return list(dict.fromkeys(found))

    def _reported(
        self, error: jsonschema_rs.ValidationError, operation: str | None, root: str, owner: str
    ) -> Iterator[Violation]:
        pointer = _document_pointer(error) or owner
        place = where(root, error.instance_path)
        # The engine reports a violated dependentRequired as `required`; the pointer distinguishes them.
        keyword = "dependentRequired" if "/dependentRequired/" in pointer else error.kind.name
        pointer = pointer.rpartition("/")[0] if keyword == "dependentRequired" else pointer
        match keyword:
            case "required" | "dependentRequired":
                name = error.kind.as_dict()["property"]
                message = f"{name!r} is missing" if keyword == "required" else self._dependent(pointer, name, error)
                yield Violation(operation, where(place, [name]), _OURS[keyword], message, pointer)
            case "additionalProperties" | "unevaluatedProperties" if (
                keyword == "additionalProperties" or self._node(pointer) is False
            ):
                declared = self._declared(pointer)
                for name in error.kind.as_dict()["unexpected"]:
                    message = f"{name!r} is not declared{_close(name, declared)}"
                    yield Violation(operation, where(place, [name]), "undeclared", message, pointer)
            case "pattern" if error.message.startswith(_GAVE_UP):
                message = f"a value could not be checked by this pattern: {error.message}"
                fix = "write a pattern that needs less backtracking"
                if (problem := Problem(f"#{pointer}", message, fix)) not in self.unusable:
                    self.unusable.append(problem)
            case "anyOf" | "oneOf":
                yield from self._branches(error, keyword, operation, root, pointer)
            case _:
                message = self._described(keyword, pointer) or f"{error.message}{self._hint(keyword, error)}"
                value = None if isinstance(error.instance, dict | list) else excerpt(error.instance)
                yield Violation(operation, place, keyword, message, pointer, value)

    def _branches(
        self, error: jsonschema_rs.ValidationError, keyword: str, operation: str | None, root: str, pointer: str
    ) -> Iterator[Violation]:
        """Report a failed union by the branch that was meant, if a discriminator or the errors show which."""
        place = where(root, error.instance_path)
        branches: Sequence[Sequence[jsonschema_rs.ValidationError]] = error.kind.as_dict().get("context") or ()
        value = None if isinstance(error.instance, dict | list) else excerpt(error.instance)
        if keyword == "oneOf" and not any(branches):
            message = f"fits more than one alternative: {self._fitting(pointer, error.instance)}; exactly one must fit"
            yield Violation(operation, place, keyword, message, pointer, value)
            return
        tag = self._discriminator(pointer)
        names = [b[0].kind.as_dict()["property"] for b in branches if len(b) == 1 and b[0].kind.name == "required"]
        if branches and len(names) == len(branches) and tag is None:
            message = f"give {'at least one' if keyword == 'anyOf' else 'exactly one'} of {', '.join(names)}"
            yield Violation(operation, place, keyword, message, pointer)
            return
        if tag and isinstance(error.instance, dict):
            default = self._default(pointer)
            if tag not in error.instance and default is None:
                yield Violation(operation, where(place, [tag]), "missing", f"{tag!r} is missing", pointer)
                return
            given = error.instance.get(tag)
            meant = [b for b in branches if not any(e.instance_path[len(error.instance_path) :] == [tag] for e in b)]
            position = self._tagged(pointer, given) if tag in error.instance else None
            position = default if position is None else position
            if position is not None and len(meant) != 1 and position < len(branches):
                meant = [branches[position]]
            if len(meant) == 1:
                for inner in meant[0]:
                    yield from self._reported(inner, operation, root, pointer)
                return
            known = ", ".join(name for name in self._known_tags(pointer) if name != given)
            message = f"no variant has this {tag!r}{'; known are ' if known else ''}{known}"
            yield Violation(operation, where(place, [tag]), keyword, message, pointer, excerpt(error.instance[tag]))
            return
        left = [b for b in branches if not (len(b) == 1 and b[0].kind.name == "type" and self._is_null(b[0]))]
        if len(left) == 1 < len(branches) and tag is None and isinstance(error.instance, dict | list):
            for inner in left[0]:  # nullable, and not null
                yield from self._reported(inner, operation, root, pointer)
            return
        reasons = "; or ".join(dict.fromkeys(b[0].message for b in branches if b))
        yield Violation(operation, place, keyword, f"fits no alternative: {reasons}", pointer, value)

    def _node(self, pointer: str) -> Json:
        """Return the value at a pointer of the document; an empty mapping if there is none."""
        try:
            return self._document.at(pointer)
        except ValueError:
            return {}

    def _described(self, keyword: str, pointer: str) -> str | None:
        """Return the description of a rule that is itself a schema, if the document has one."""
        node = self._node(pointer) if keyword in ("contains", "not") else None
        return str(node["description"]) if isinstance(node, Mapping) and "description" in node else None

    def _discriminator(self, pointer: str) -> str | None:
        node = self._node(pointer.rpartition("/")[0])
        return (node.get("discriminator") or {}).get("propertyName") if isinstance(node, Mapping) else None

    def _fitting(self, pointer: str, instance: Json) -> str:
        """Return the names of the branches that an instance fits."""
        node = self._node(pointer)
        fitting = [at for at in range(len(node)) if self.at(f"{pointer}/{at}").is_valid(instance)]
        names = [
            str(node[at].get("$ref", "")).rpartition("/")[2] if isinstance(node[at], dict) else "" for at in fitting
        ]
        return " and ".join(name or f"number {at + 1}" for name, at in zip(names, fitting, strict=True)) or "several"

    def _is_null(self, error: jsonschema_rs.ValidationError) -> bool:
        return bool(self._node(_document_pointer(error) or "") == "null")

    def _tagged(self, pointer: str, tag: Json) -> int | None:
        """Return the position of the branch for a tag, by the mapping or the name of its schema; `None` if unknown."""
        mapping = self._node(pointer.rpartition("/")[0])["discriminator"].get("mapping")
        target = (mapping if isinstance(mapping, dict) else {}).get(tag) if isinstance(tag, str) else None
        return self._branch(pointer, target or tag)

    def _default(self, pointer: str) -> int | None:
        """Return the position of the branch for values without a known tag (OpenAPI 3.2)."""
        given = self._node(pointer.rpartition("/")[0])["discriminator"].get("defaultMapping")
        return None if given is None else self._branch(pointer, given)

    def _branch(self, pointer: str, target: Json) -> int | None:
        """Return the position of the branch that is a component, given by name or reference; `None` if none is."""
        wanted = (target, f"#/components/schemas/{target}")
        branches = enumerate(self._node(pointer))
        return next((at for at, b in branches if isinstance(b, dict) and b.get("$ref") in wanted), None)

    def _known_tags(self, pointer: str) -> list[str]:
        return list(self._node(pointer.rpartition("/")[0])["discriminator"].get("mapping") or ())

    def _declared(self, pointer: str) -> list[str]:
        """Return the names that a schema declares, or those of the parameters of the operation at the pointer."""
        owner = self._node(pointer)
        if isinstance(owner, Mapping) and "parameters" in owner:
            return [str(self._document.resolve(parameter, pointer)[0]["name"]) for parameter in owner["parameters"]]
        return list(self._node(pointer.rpartition("/")[0]).get("properties") or ())

    def _dependent(self, pointer: str, name: str, error: jsonschema_rs.ValidationError) -> str:
        rules = self._node(pointer)
        given = [
            key
            for key, needed in rules.items()
            if name in needed and isinstance(error.instance, dict) and key in error.instance
        ]
        return f"{name!r} is missing; {', '.join(given)} needs it"

    def _hint(self, keyword: str, error: jsonschema_rs.ValidationError) -> str:
        text = error.instance
        if keyword == "type" and isinstance(text, str) and text.lower() in ("true", "false"):
            return "; write it without quotes" if text in ("true", "false") else "; write true or false in lower case"
        if keyword in ("enum", "const"):
            known = error.kind.as_dict()
            return _listed(text, known["options"] if keyword == "enum" else [known["expected_value"]])
        return ""


def _group(operation: Operation, location: str) -> dict[str, Any]:
    """Return the schema for the values of one location."""
    members = list(operation.parameters_in(location))
    return {
        "type": "object",
        "properties": {p.name: p.schema is True or {"$ref": reference(p.schema_pointer)} for p in members},
        "required": [p.name for p in members if p.required],
        "additionalProperties": False,
    }


def _whole(operation: Operation) -> dict[str, Any]:
    """Return the schema for all arguments of an operation."""
    groups: dict[str, Any] = {location: _group(operation, location) for location in ("path", "query", "header")}
    if next(operation.parameters_in("cookie"), None) is not None:
        groups["cookie"] = _group(operation, "cookie")
    needed = [location for location, group in groups.items() if group["required"]]
    body = operation.request_body
    content = None if body is None else next(iter(body.content.values()), None)
    described = content is not None and content.schema is not None
    groups["body"] = {"$ref": reference(content.schema_pointer)} if content and described else body is not None
    return {"properties": groups, "required": [*needed, "body"] if body and body.required else needed}


def schema_problem(schema: Json) -> str | None:
    """Return why a self-contained schema is not valid JSON Schema 2020-12; `None` if it is."""
    import jsonschema_rs  # noqa: PLC0415 - as above

    try:
        jsonschema_rs.Draft202012Validator(schema)
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        return str(error)
    return None


def reference(pointer: str) -> str:
    """Return a pointer into the document as a URI reference."""
    return f"{URN}#{quote(pointer, safe='/~')}"


def _document_pointer(error: jsonschema_rs.ValidationError) -> str | None:
    location = error.absolute_keyword_location
    return unquote(location[len(URN) + 1 :]) if location and location.startswith(URN) else None


def _listed(given: Json, known: Sequence[Json]) -> str:
    """Return how a value differs from a listed one that was meant; of a single one, which the message has, no more."""
    names = [value for value in known if isinstance(value, str)]
    if not isinstance(given, str):
        return "; write it in quotes" if not isinstance(given, dict | list) and json.dumps(given) in names else ""
    if given in [json.dumps(value) for value in known if not isinstance(value, str)]:
        return "; write it without quotes"
    if given.strip("\"' ") in names:
        return f"; leave out the {'quotes' if given.strip() == given else 'spaces'} around it"
    if given.casefold() in map(str.casefold, names):
        case = next(name for name in names if name.casefold() == given.casefold())
        return "; upper and lower case count" if len(known) == 1 else f"; did you mean {case!r}?"
    return _close(given, names) if len(known) > 1 else ""


def _close(name: str, known: Sequence[str]) -> str:
    near = nearest(name, known)
    return f"; did you mean {near!r}?" if near and near != name else ""
