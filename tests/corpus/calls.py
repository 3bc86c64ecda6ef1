"""Call the methods of a generated client, with responses from its document: `python -m tests.corpus.calls DIR NAME`.

`DIR` holds the package `NAME`. By default one method of each resource is called, with `--all` every one. Arguments are
drawn by the strategies; the request is checked as it is sent, and the response is an example of the document, or made
from its schemas, or else three bytes. The result of each call is counted: `called`, `not drawn`, `document` (its own
example breaks its schema), or `wrong`.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import respx
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable

from apicontract.checks import adapters
from apicontract.checks.contract import Contract
from apicontract.mock.answers import httpx_response
from apicontract.openapi import media_types
from apicontract.openapi.facts import shape_at
from apicontract.openapi.operation import Operation
from apicontract.responder import NoAnswer, Responder
from apicontract.strategies import valid_requests
from apicontract.strategies.request_case import RequestCase
from apicontract.values.uploads import Upload
from apicontract.values.vocabulary import NotUnderstood
from apicontract.wire import media
from apicontract.wire.messages import Response
from tests.corpus.limits import LONGEST, TooLong, limit

BASE_URL = "https://corpus.example"


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the synchronous client, as its source has it."""

    path: tuple[str, ...]
    name: str
    operation: str
    groups: Mapping[str, Mapping[str, str]]
    """By location and wire name, the argument; that of a whole body has no wire name."""


def methods(package: Path, module: str, path: tuple[str, ...] = ()) -> Iterator[Method]:
    """Yield the methods of a generated package, those of each resource together."""
    place = package / module.replace(".", "/")
    source = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    tree = ast.parse(source.read_text())
    homes = {name.name: node.module for node in tree.body if isinstance(node, ast.ImportFrom) for name in node.names}
    owner = next(node for node in tree.body if isinstance(node, ast.ClassDef))
    for held in owner.body:
        if not isinstance(held, ast.FunctionDef):
            continue
        decorators = {decorator.id for decorator in held.decorator_list if isinstance(decorator, ast.Name)}
        if "overload" in decorators:
            continue
        if "cached_property" in decorators:
            calls = (node.func for node in ast.walk(held) if isinstance(node, ast.Call))
            (child,) = (function.id for function in calls if isinstance(function, ast.Name))
            home = str(homes[child]).partition(".")[2]
            yield from methods(package, home, (*path, held.name))
            continue
        call = next(node for node in ast.walk(held) if isinstance(node, ast.Call) and node.keywords)
        groups: dict[str, dict[str, str]] = {}
        for keyword in call.keywords:
            if isinstance(keyword.value, ast.Dict):
                pairs = zip(keyword.value.keys, keyword.value.values, strict=True)
                named = ((key, value.id) for key, value in pairs if key and isinstance(value, ast.Name))
                groups[str(keyword.arg)] = {ast.literal_eval(key): name for key, name in named}
            elif isinstance(keyword.value, ast.Name) and keyword.arg != "options":
                groups[str(keyword.arg)] = {"": keyword.value.id}
        yield Method(path, held.name, ast.literal_eval(call.args[0]), groups)


def drawn(contract: Contract, operation: str) -> RequestCase | None:
    """Draw a request; nothing where none can be drawn."""
    found: list[RequestCase] = []

    def draw(case: RequestCase) -> None:
        found.append(case)

    once = settings(max_examples=1, database=None, deadline=None, phases=[Phase.generate])
    once = settings(once, suppress_health_check=list(HealthCheck))
    try:
        with limit(LONGEST):
            seed(0)(once(given(valid_requests(contract, operation))(draw)))()
    except (NotUnderstood, Unsatisfiable, TooLong):
        return None
    return found[0]


def arguments(case: RequestCase, method: Method) -> dict[str, Any]:
    """Return the keyword arguments for the values of a case; a declared one that is no argument is left out."""
    found: dict[str, Any] = {}
    for location, names in method.groups.items():
        values = case.arguments.get(location)
        if "" in names:
            if location in case.arguments:
                found[names[""]] = _given(values)
        elif isinstance(values, Mapping):
            found |= {names[wire]: _given(value) for wire, value in values.items() if wire in names}
    return found


def _given(value: Any) -> Any:
    if isinstance(value, Upload):
        return (value.filename, value.content)
    return [_given(item) for item in value] if isinstance(value, list) else value


def keys(contract: Contract) -> dict[str, Any] | None:
    """Return a key for each security scheme that an operation asks for."""
    schemes = {scheme for operation in contract.operations for needed in operation.security for scheme in needed}
    return {s.scheme: ("user", "word") if s.place == "basic" else "key" for s in schemes if s.place != "other"} or None


class Caller:
    """Calls methods of one package."""

    def __init__(self, package: Any) -> None:
        contract = Contract.load(Path(package.__file__).parent / "openapi.json", base_url=BASE_URL)
        self.contract = contract
        self._responder = Responder(contract)
        client = next(getattr(package, name) for name in package.__all__ if hasattr(getattr(package, name), "_package"))
        if client.__name__.startswith("Async"):
            client = getattr(package, client.__name__.removeprefix("Async"))
        self._client = client(api_key=keys(contract), base_url=BASE_URL, max_retries=0)

    def call(self, method: Method) -> tuple[str, str]:
        """Call a method, and return what came of it, and why."""
        case = drawn(self.contract, method.operation)
        if case is None:
            return "not drawn", ""
        operation = self.contract.operation(method.operation)
        problems: list[tuple[str, str]] = []

        def answer(request: httpx.Request) -> httpx.Response:
            return self._answer(operation, request, problems)

        target = self._client
        for name in method.path:
            target = getattr(target, name)
        with respx.mock(assert_all_called=False) as router:
            router.route().mock(side_effect=answer)
            try:
                getattr(target, method.name)(**arguments(case, method))
            except Exception as error:  # noqa: BLE001 - whatever a generated method raises is what is measured
                return problems[0] if problems else ("wrong", f"{type(error).__name__}: {error}"[:300])
        return problems[0] if problems and problems[0][0] == "wrong" else ("called", "")

    def _answer(self, operation: Operation, request: httpx.Request, problems: list[tuple[str, str]]) -> httpx.Response:
        received = self._responder.receive(adapters.request(request))
        if received.violations:
            problems.append(("wrong", "; ".join(map(str, received.violations))[:300]))
        try:
            response = self._responder.success(received, operation)
        except NoAnswer:
            return httpx.Response(200, content=b"any")
        response = self._meant(operation, response)
        found = self.contract.check_response(response, operation=operation.id)
        if found:
            problems.append(("document", "; ".join(map(str, found))[:300]))
        return httpx_response(response, request)

    def _meant(self, operation: Operation, response: Response) -> Response:
        """Return an object where a schema has properties and no type: any string fits it by the letter."""
        declared = operation.response(response.status)
        content = None if declared is None else media.preferred(declared.content)
        if content is None or not media_types.is_json(content.name) or response.body[:1] == b"{":
            return response
        shape = shape_at(self.contract.document, content.schema, content.schema_pointer)
        return Response(response.status, response.headers, b"{}") if shape.types == {"object"} else response


def main(given_arguments: list[str]) -> int:
    """Print the counts as JSON, and a line for each call that went wrong; return 1 if any did."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.calls")
    parser.add_argument("folder", type=Path)
    parser.add_argument("package")
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args(given_arguments)
    sys.path.insert(0, str(options.folder))
    package = importlib.import_module(options.package)
    caller = Caller(package)
    counts: Counter[str] = Counter()
    seen: set[tuple[str, ...]] = set()
    for method in methods(options.folder / options.package, "_client"):
        if method.path in seen:
            continue
        outcome, why = caller.call(method)
        counts[outcome] += 1
        if outcome in ("called", "wrong") and not options.all:
            seen.add(method.path)
        if outcome == "wrong":
            sys.stderr.write(f"{'.'.join((*method.path, method.name))}: {why}\n")
    sys.stdout.write(json.dumps(counts) + "\n")
    return int(counts["wrong"] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
