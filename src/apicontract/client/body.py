"""Floor 3: the body of a request: JSON, or a form whose files are sent as they are read."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from apicontract.client.answer import OMIT, Omit
from apicontract.client.arguments import Reader, is_absent, listed
from apicontract.client.narrowing import is_list, is_mapping, mapping
from apicontract.client.plan import BodyPlan, Slot
from apicontract.client.uploads import Upload, UploadRefused, open_part
from apicontract.openapi.document import Document, Json
from apicontract.openapi.facts import Shape
from apicontract.wire.faults import EncodeError, Fault
from apicontract.wire.forms import encode_form
from apicontract.wire.multipart import Multipart, Part

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class Body:
    """The body of one request: first read into an instance, then encoded."""

    def __init__(self, document: Document, plan: BodyPlan, reader: Reader) -> None:
        """Take the declaration; what cannot be read goes to the faults of `reader`."""
        self._document = document
        self._plan = plan
        self._reader = reader
        self._files: dict[str, list[Part]] = {}
        self.uploads: list[Upload] = []
        """The files that were opened or taken; whoever made this closes them."""

    def read(self, given: Any) -> Json | Omit:
        """Read the arguments; `OMIT` if there is no body to send. A required object is `{}` at least (ledger A42)."""
        plan = self._plan
        if given is OMIT or (given is None and not plan.shape.nullable):
            return OMIT
        if not is_mapping(given):
            return self._reader.value(given, plan.shape, plan.root)
        instance: dict[str, Json] = {}
        for name, value in given.items():
            slot = plan.slot(name)
            if not is_absent(value, slot.shape):
                instance[name] = self._property(name, value, slot)
        return instance if instance or plan.required else OMIT

    def _property(self, name: str, value: Any, slot: Slot) -> Json:
        shape, place = slot.shape, slot.place
        if self._plan.form and shape.is_file:
            return self._file(name, value, shape, place)
        if slot.repeats and shape.items.is_file:
            several = value if is_list(value) and isinstance(value, list) else [value]
            return [self._file(name, one, shape.items, f"{place}[{index}]") for index, one in enumerate(several)]
        return self._reader.value(listed(value, shape) if slot.repeats else value, shape, place)

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
        """Yield the groups of which more than one is given (ledger A30)."""
        for group, pointer in self._plan.exclusive:
            given = [name for name in group if name in mapping(instance)]
            if len(given) > 1:
                yield Fault(self._plan.root, "x-exclusive", f"give only one of {', '.join(given)}", pointer)

    def encode(self, instance: Json | Omit, additional: Mapping[str, Json]) -> tuple[bytes | Multipart | None, str]:
        """Write the body and name its media type; `EncodeError` tells what has no wire form."""
        if additional:
            instance = {**mapping(instance), **additional}
        if instance is OMIT:
            return None, ""
        try:
            if not self._plan.form:
                return _ENCODER.encode(instance).encode(), self._plan.content.name
            parts = encode_form(self._document, self._plan.content, mapping(instance), self._files)
            form = Multipart(parts, secrets.token_hex(16))
        except EncodeError:
            raise
        except (ValueError, RecursionError) as error:  # a lone surrogate, a control character in a media type
            raise EncodeError(Fault(self._plan.root, "encoding", str(error), self._plan.content.pointer)) from None
        # A form without files is small: as bytes it can be looked at by transports and hooks as often as they like.
        return (form if self._files else b"".join(form.chunks())), form.content_type
