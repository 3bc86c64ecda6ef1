"""Run the snippets of a dated reference on a client that is generated from the document of its day.

A snippet is written for the vendor's package, so a package of that name replaces it while it runs: its client is ours,
over a transport that responds by itself, and its models are plain dictionaries, which our client accepts as well.
"""

from __future__ import annotations

import importlib
import itertools
import json
import re
import sys
import tempfile
import textwrap
import types
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from codegen.__main__ import Wanted, generate
from tests.references import extract
from tests.support.editions import contract_of, document_of
from twelvelabs_contract import Contract

VENDOR = "twelvelabs"


@dataclass(slots=True)
class Outcome:
    """What came of a snippet: the requests that it sent, their violations, and the error that ended it."""

    method: str
    requests: list[httpx.Request] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    error: str = ""


def run(day: str, reference: str) -> Iterator[Outcome]:
    """Run every snippet of a reference; what it sends is checked against the document of the day."""
    contract = contract_of(day)
    with client_of(day) as package:
        for name, text in extract.methods(reference):
            yield _run(name, extract.snippet(text), package, contract)


@contextmanager
def client_of(day: str) -> Iterator[types.ModuleType]:
    """Generate the client package of a day, and import it for as long as it is needed."""
    name = f"api_of_{day.replace('-', '_')}"
    with tempfile.TemporaryDirectory() as folder:
        spec = Path(folder) / "spec"
        spec.mkdir()
        (spec / "openapi.json").write_text(json.dumps(document_of(day)), encoding="utf-8")
        for path, content in generate(spec, Wanted(package=name))[name].items():
            target = Path(folder) / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        sys.path.insert(0, folder)
        importlib.invalidate_caches()
        try:
            yield importlib.import_module(name)
        finally:
            sys.path.remove(folder)
            for module in [key for key in sys.modules if key == name or key.startswith(f"{name}.")]:
                del sys.modules[module]


def _run(name: str, code: str, package: types.ModuleType, contract: Contract) -> Outcome:
    outcome = Outcome(name)

    def answer(request: httpx.Request) -> httpx.Response:
        request.read()
        outcome.requests.append(request)
        return httpx.Response(200, json={"_id": "6298d673f1090f1100476d4c", "data": []})

    def client(**_: Any) -> Any:
        http = httpx.Client(transport=httpx.MockTransport(answer))
        return package.TwelveLabs(api_key="key-0123456789abcdef", httpx_client=http)

    try:
        with _standing_in(client):
            for _ in itertools.islice(_compiled(code)(), 3):
                pass
    except Exception as raised:  # noqa: BLE001 - whatever ends a snippet is its outcome
        # That an answer made for any method is none of this method's does not matter here.
        if not outcome.requests:
            outcome.error = f"{type(raised).__name__}: {raised}"
    outcome.violations = [str(found) for request in outcome.requests for found in contract.check_request(request)]
    return outcome


def _compiled(code: str) -> Any:
    """Make a function of a snippet: many yield outside of any. Our streams are iterated over themselves."""
    body = textwrap.indent(code.replace("response.data:", "response:"), "    ")
    namespace: dict[str, Any] = {}
    source = f"def snippet():\n{body}\n    if False: yield\n"
    # The vendor's snippets, from a directory that the caller names.
    exec(compile(source, "<snippet>", "exec"), namespace)  # noqa: S102
    return namespace["snippet"]


@contextmanager
def _standing_in(client: Any) -> Iterator[None]:
    """Let a package of the vendor's name make our client and plain models, whatever module of it is imported."""
    kept = {key: sys.modules.pop(key) for key in [*sys.modules] if key == VENDOR or key.startswith(f"{VENDOR}.")}
    finder = _Finder(client)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for key in [key for key in sys.modules if key == VENDOR or key.startswith(f"{VENDOR}.")]:
            del sys.modules[key]
        sys.modules.update(kept)


class _Finder:
    """An importer of modules in which every name is a model, and `TwelveLabs` the client."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        """Find the vendor's package and everything below it."""
        if name == VENDOR or name.startswith(f"{VENDOR}."):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]
        return None

    def create_module(self, spec: Any) -> types.ModuleType:
        """Make a module whose names come into being when they are asked for."""
        module = types.ModuleType(spec.name)
        module.__dict__["__getattr__"] = lambda name: self._client if name == "TwelveLabs" else _model(name)
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        """Do nothing: there is no code."""


def _model(name: str) -> Any:
    """Stand for a model: a dictionary of its wire names, with the tag that `VideoContext_Url` implies."""
    if name.startswith("__"):
        raise AttributeError(name)
    union, _, tag = name.partition("_")
    key = "strategy" if union.endswith("Segmentation") else "type"
    given = {key: re.sub(r"(?<!^)(?=[A-Z])", "_", tag).lower()} if tag else {}

    def model(**values: Any) -> dict[str, Any]:
        return {**given, **{re.sub(r"_(\d)", r"\1", key).rstrip("_"): value for key, value in values.items()}}

    return model
