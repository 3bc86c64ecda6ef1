"""An operation that is added to the document is under every law that applies to it, without a new test."""

from __future__ import annotations

import importlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from codegen import bundle, editions
from codegen.__main__ import Wanted, generate
from tests.laws.laws import all_laws
from tests.laws.subjects import Ours
from tests.laws.trial import World
from tests.support.copies import copied
from tests.support.editions import contract_2025_08
from twelvelabs_contract import Contract

HERE = Path(__file__).parent
SPEC = HERE.parents[1] / "spec"
PACKAGE = "laws_added_api"
EFFORT = 0.2
"""Of what is drawn for an operation of the API."""


def _added(folder: Path) -> Path:
    """Copy the document, and add the operations of the folder `added` to it."""
    spec = copied(SPEC, folder / "spec")
    copied(HERE / "added", spec)
    paths = (spec / "paths" / "playlists.yaml").read_text().splitlines()
    names = [line.rstrip(":") for line in paths if line.startswith("/")]
    lines = [f"  {name}: {{$ref: 'paths/playlists.yaml#/{name.replace('/', '~1')}'}}" for name in names]
    root = spec / "openapi.yaml"
    root.write_text(root.read_text().replace("\npaths:\n", "\n".join(["\npaths:", *lines, ""]), 1))
    return spec


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Generate a client of the longer document as it was in August 2025, and load it.

    That all of its days are right is not asked here: it would take most of the time.
    """
    folder = tmp_path_factory.mktemp("added")
    document, problems = bundle.read(_added(folder))
    assert document is not None
    assert not problems
    plain = document.on(editions.listed(document).resolve("2025-08")).document
    (folder / "plain").mkdir()
    (folder / "plain" / "openapi.json").write_text(json.dumps(plain), encoding="utf-8")
    for path, content in generate(folder / "plain", Wanted(package=PACKAGE))[PACKAGE].items():
        place = folder / PACKAGE / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    sys.path.insert(0, str(folder))
    try:
        package, models = importlib.import_module(PACKAGE), importlib.import_module(f"{PACKAGE}.models")
        subjects = (
            Ours("sync", package.TwelveLabs, asynchronous=False),
            Ours("async", package.AsyncTwelveLabs, asynchronous=True),
        )
        yield World(Contract.load(folder / PACKAGE / "openapi.json"), models, subjects)
        for subject in subjects:
            subject.close()
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
            del sys.modules[name]


def test_an_added_operation_is_under_every_law_that_concerns_it(
    world: World, record_property: Callable[[str, object], None]
) -> None:
    """Every group of laws finds something to try, both clients keep all of them, and how much was tried is counted."""
    known = {operation.id for operation in contract_2025_08().operations}
    added = [operation for operation in world.contract.operations if operation.id not in known]
    assert [operation.id for operation in added] == ["playlists.create", "playlists.entries.list", "playlists.narrate"]
    cases: Counter[str] = Counter()
    for law in all_laws():
        for operation in law.operations(world):
            if operation in added:
                cases[law.group] += 1
                for subject in law.asked(world):
                    cases[operation.id] += law.run(world, operation, subject, effort=EFFORT)
    assert {law.group for law in all_laws()} <= cases.keys()
    for operation in added:
        record_property(operation.id, cases[operation.id])
        print(f"{operation.id}: {cases[operation.id]} cases")
        assert cases[operation.id] > 100
