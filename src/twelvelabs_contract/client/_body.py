"""Floor 3: the body of a request: JSON, or a form whose files are sent as they are read."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from twelvelabs_contract._document import Document, DocumentInvalid, Json, RequestBody
from twelvelabs_contract._schema import where
from twelvelabs_contract._shape import Shape, shape_at
from twelvelabs_contract._wire import media
from twelvelabs_contract._wire.faults import EncodeError, Fault
from twelvelabs_contract._wire.form import encode_form
from twelvelabs_contract._wire.multipart import Multipart, Part
from twelvelabs_contract.client._answer import OMIT, Omit
from twelvelabs_contract.client._arguments import Reader, is_absent, listed
from twelvelabs_contract.client._narrow import is_list, is_mapping, mapping
from twelvelabs_contract.client._uploads import Upload, UploadRefused, open_part

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class Body:
    """The body of one request: first read into an instance, then encoded."""

    def __init__(self, document: Document, declared: RequestBody, reader: Reader) -> None:
        """Take the declaration; what cannot be read goes to the faults of `reader`."""
        self._document = document
        self._required = declared.required
        self._content = next(iter(declared.content.values()))
        self._form = self._content.name == media.FORM
        if not self._form and not media.is_json(self._content.name):
            raise DocumentInvalid("this client sends JSON and multipart forms only", self._content.pointer)
        self._reader = reader
        self._shape = shape_at(document, self._content.schema, self._content.schema_pointer)
        self._files: dict[str, list[Part]] = {}
        self.root = "form" if self._form else "body"
        self.uploads: list[Upload] = []
        """The files that were opened or taken; whoever made this closes them."""

    @property
    def names(self) -> frozenset[str]:
        """The declared properties."""
        return frozenset(self._shape.properties)

    def read(self, given: Any) -> Json | Omit:
        """Read the arguments; `OMIT` if there is no body to send. A required object is `{}` at least (ledger A42)."""
        if given is OMIT or (given is None and not self._shape.nullable):
            return OMIT
        if not is_mapping(given):
            return self._reader.value(given, self._shape, self.root)
        instance = {
            name: self._property(name, value, self._shape.property(name))
            for name, value in given.items()
            if not is_absent(value, self._shape.property(name))
        }
        return instance if instance or self._required else OMIT

    def _property(self, name: str, value: Any, shape: Shape) -> Json:
        place = where(self.root, [name])
        if self._form and shape.is_file:
            return self._file(name, value, shape, place)
        if self._form and shape.is_array and shape.items.is_file:
            several = value if is_list(value) and isinstance(value, list) else [value]
            return [self._file(name, one, shape.items, f"{place}[{index}]") for index, one in enumerate(several)]
        return self._reader.value(listed(value, shape) if self._form else value, shape, place)

    def _file(self, name: str, value: object, shape: Shape, place: str) -> str:
        """Take an upload, which stands in the instance as its file name."""
        try:
            part = open_part(name, value)
        except UploadRefused as error:
            self._reader.faults.append(Fault(place, "type", str(error), shape.pointer))
            return ""
        if isinstance(part.content, Upload):
            self.uploads.append(part.content)
        self._files.setdefault(name, []).append(part)
        return part.filename or ""

    def exclusive(self, instance: Json) -> Iterator[Fault]:
        """Yield the groups (`x-exclusive`) of which more than one is given (ledger A30)."""
        schema, pointer = self._document.resolve(self._content.schema, self._content.schema_pointer)
        groups: Sequence[Sequence[str]] = mapping(schema).get("x-exclusive", ())
        for index, group in enumerate(groups):
            given = [name for name in group if name in mapping(instance)]
            if len(given) > 1:
                at = f"{pointer}/x-exclusive/{index}"
                yield Fault(self.root, "x-exclusive", f"give only one of {', '.join(given)}", at)

    def encode(self, instance: Json | Omit, additional: Mapping[str, Json]) -> tuple[bytes | Multipart | None, str]:
        """Write the body and name its media type; `EncodeError` tells what has no wire form."""
        if additional:
            instance = {**mapping(instance), **additional}
        if instance is OMIT:
            return None, ""
        try:
            if not self._form:
                return _ENCODER.encode(instance).encode(), self._content.name
            parts = encode_form(self._document, self._content, mapping(instance), self._files)
            form = Multipart(parts, secrets.token_hex(16))
        except EncodeError:
            raise
        except (ValueError, RecursionError) as error:  # a lone surrogate, a control character in a media type
            raise EncodeError(Fault(self.root, "encoding", str(error), self._content.pointer)) from None
        # A form without files is small: as bytes it can be looked at by transports and hooks as often as they like.
        return (form if self._files else b"".join(form.chunks())), form.content_type
