"""Models, and pydantic, are imported on first use, which callers cannot notice."""

from __future__ import annotations

import importlib
import subprocess
import sys
import typing
from concurrent.futures import ThreadPoolExecutor

import pytest
import twelvelabs_api_2025_08

import apicontract.client
from apicontract.lazy import on_demand

HEAVY = {"jsonschema_rs", "pydantic", "pydantic_core", "yaml"}
MODULES = (
    "twelvelabs_api_2025_08",
    "twelvelabs_api_2025_08.indexes",
    "twelvelabs_api_2025_08.embed.tasks",
    "apicontract.client",
)


def loaded(program: str) -> set[str]:
    """Return the packages that a fresh interpreter has loaded after a program."""
    program = f"import sys\n{program}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    return set(
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    )


def test_an_import_and_a_client_load_nothing_heavy() -> None:
    """Neither do the modules of resources, nor setting up a client, which reads the document."""
    assert not HEAVY & loaded("from twelvelabs_api_2025_08 import AsyncTwelveLabs, TwelveLabs, NotFoundError")
    assert not HEAVY & loaded("import twelvelabs_api_2025_08.indexes, twelvelabs_api_2025_08.tasks.transfers")
    assert not HEAVY & loaded(
        "import twelvelabs_api_2025_08; client = twelvelabs_api_2025_08.TwelveLabs(api_key='k'); client.tasks"
    )


@pytest.mark.parametrize(
    "use",
    [
        "from twelvelabs_api_2025_08 import models; models.VideoItem.__name__",
        "import twelvelabs_api_2025_08; twelvelabs_api_2025_08.models.VideoItem.__name__",
        "import twelvelabs_api_2025_08.models as m; m.VideoItem.__name__",
        "from twelvelabs_api_2025_08.models import VideoItem; VideoItem.__name__",
        "from twelvelabs_api_2025_08.indexes import IndexesCreateRequestModelsItem as Item; Item.__name__",
        "import twelvelabs_api_2025_08.indexes; twelvelabs_api_2025_08.indexes.IndexSchema",
        "from twelvelabs_api_2025_08.indexes import *; IndexSchema, AsyncIndexes",
        "from twelvelabs_api_2025_08 import *; models.VideoItem",
        "from apicontract.client import OpenModel; OpenModel(a=1)",
    ],
)
def test_a_fresh_interpreter_finds_models_however_it_asks(use: str) -> None:
    assert "pydantic" in loaded(use)


@pytest.mark.parametrize("name", MODULES)
def test_what_a_module_offers_is_there(name: str) -> None:
    module = importlib.import_module(name)
    assert set(module.__all__) <= set(dir(module))
    assert all(hasattr(module, offered) for offered in module.__all__)
    with pytest.raises(AttributeError, match=f"module '{name}' has no attribute 'nothing'"):
        module.nothing  # noqa: B018 - asking for it is the test


def test_what_comes_late_is_the_thing_itself() -> None:
    assert twelvelabs_api_2025_08.models is importlib.import_module("twelvelabs_api_2025_08.models")
    indexes = importlib.import_module("twelvelabs_api_2025_08.indexes")
    assert indexes.IndexSchema is twelvelabs_api_2025_08.models.IndexSchema
    assert "IndexSchema" in vars(indexes)  # kept, so that it is looked for once
    assert apicontract.client.OpenModel is twelvelabs_api_2025_08.models.IndexSchema.__base__


def test_a_type_hint_of_a_method_is_a_class() -> None:
    hints = typing.get_type_hints(twelvelabs_api_2025_08.TwelveLabs.gist)
    assert hints["return"] is twelvelabs_api_2025_08.models.Gist


def test_a_name_that_the_source_lacks_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    load, names = on_demand(__name__, ["cosh", "nothing"], "math")
    monkeypatch.delitem(globals(), "cosh", raising=False)
    assert load("cosh") is globals().pop("cosh")
    assert {"cosh", "nothing", "MODULES"} <= set(names())
    with pytest.raises(AttributeError, match="nothing"):
        load("nothing")


def test_threads_that_ask_together_get_the_same() -> None:
    program = (
        "import threading, twelvelabs_api_2025_08\n"
        "found, start = [], threading.Barrier(8)\n"
        "def ask():\n"
        "    start.wait()\n"
        "    found.append(twelvelabs_api_2025_08.models.VideoItem)\n"
        "threads = [threading.Thread(target=ask) for _ in range(8)]\n"
        "for thread in threads: thread.start()\n"
        "for thread in threads: thread.join()\n"
        "assert len(found) == 8 and len(set(found)) == 1, found\n"
    )
    with ThreadPoolExecutor(2) as pool:
        assert all("pydantic" in packages for packages in pool.map(loaded, [program] * 2))
