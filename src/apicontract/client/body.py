"""The body of a request: JSON, a form whose files are read as they are sent, or raw bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apicontract.client.answer import OMIT, Omit
from apicontract.client.arguments import ArgumentReader, is_absent, listed
from apicontract.client.compiled import CompiledBody, Slot
from apicontract.client.narrowing import is_list, is_mapping, mapping
from apicontract.client.uploads import Upload, UploadRefused, open_part
from apicontract.openapi.document import Document, Json
from apicontract.openapi.facts import Shape
from apicontract.wire.faults import Fault
from apicontract.wire.multipart import Part


class Body:
    """The body of one request, which can be read into an instance."""

    def __init__(self, document: Document, declared: CompiledBody, reader: ArgumentReader) -> None:
        """Take the declaration; values that cannot be read are added to the faults of `reader`."""
        self._document = document
        self._declared = declared
        self._reader = reader
        self.groups = declared.exclusive
        """The groups of properties of which at most one may be given."""
        self.files: dict[str, list[Part]] = {}
        """The parts of the file properties."""
        self.uploads: list[Upload] = []
        """The files that were opened or passed in; the creator of this object closes them."""

    def read(self, given: Any) -> Json | Omit:
        """Read the arguments; `OMIT` if there is no body to send. A required object is at least `{}` (ledger A42)."""
        declared = self._declared
        if given is OMIT or (given is None and not declared.shape.nullable):
            return OMIT
        if declared.raw:
            return self._raw(given)
        if not is_mapping(given):
            return self._reader.value(given, declared.shape, declared.root)
        instance: dict[str, Json] = {}
        for name, value in given.items():
            slot = declared.slot(name)
            own = not declared.form and name not in declared.declared  # a key of the caller: null is sent as null
            if value is not OMIT and (own or not is_absent(value, slot.shape)):
                instance[name] = self._property(name, value, slot)
        return instance if instance or declared.required else OMIT

    def _raw(self, given: object) -> Json:
        """Read a body that is sent unchanged."""
        if isinstance(given, bytes | bytearray):
            return bytes(given)
        if isinstance(given, memoryview):
            return given.tobytes()
        if isinstance(given, str):
            return given
        message = f"bytes or a string are needed, not {type(given).__name__}"
        self._reader.faults.append(Fault(self._declared.root, "type", message, self._declared.content.pointer))
        return ""

    def _property(self, name: str, value: Any, slot: Slot) -> Json:
        shape, place = slot.shape, slot.place
        if self._declared.form and shape.is_file:
            return self._file(name, value, shape, place)
        if slot.repeats and shape.items.is_file:
            # A tuple is one file with its name; `is_list` is for type checkers, which need a type of the items.
            several = value if is_list(value) and isinstance(value, list) else [value]
            return [self._file(name, one, shape.items, f"{place}[{index}]") for index, one in enumerate(several)]
        return self._reader.value(listed(value, shape) if slot.repeats else value, shape, place)

    def _file(self, name: str, value: object, shape: Shape, place: str) -> str:
        """Read an upload, whose value in the instance is its file name."""
        try:
            part = open_part(name, value)
        except UploadRefused as error:
            self._reader.faults.append(Fault(place, "type", str(error), shape.pointer))
            return ""
        if isinstance(part.content, Upload):
            self.uploads.append(part.content)
        self.files.setdefault(name, []).append(part)
        return part.filename or ""

    def exclusive(self, instance: Json) -> Iterator[Fault]:
        """Yield a fault for each group with more than one given property (ledger A30)."""
        for group, pointer in self.groups:
            given = [name for name in group if name in mapping(instance)]
            if len(given) > 1:
                yield Fault(self._declared.root, "x-exclusive", f"give only one of {', '.join(given)}", pointer)
