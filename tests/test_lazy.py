"""Names that are imported on first use, and what is said of a package that an extra brings."""

from __future__ import annotations

import importlib.metadata
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from apicontract.lazy import lazy_names, missing_extra, on_demand


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    found = ModuleType("lazy_of_tests")
    found.__dict__["own"] = 1
    monkeypatch.setitem(sys.modules, found.__name__, found)
    return found


def test_a_name_is_loaded_from_its_home_once_and_kept(module: ModuleType) -> None:
    load, names = lazy_names(module.__name__, {"sqrt": "math", "math": "lazy_of_tests.math"})
    assert "sqrt" not in vars(module)
    found = load("sqrt")
    assert found(9) == 3
    assert vars(module)["sqrt"] is found
    assert {"own", "sqrt", "math", "__name__"} <= {*names()}
    assert names() == sorted(names())
    with pytest.raises(AttributeError, match=r"^module 'lazy_of_tests' has no attribute 'cube'$"):
        load("cube")


def test_a_home_of_the_same_name_is_the_submodule_itself(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    below = ModuleType("lazy_of_tests.below")
    below.__dict__["below"] = "not this"
    monkeypatch.setitem(sys.modules, below.__name__, below)
    load, _ = lazy_names(module.__name__, {"below": "lazy_of_tests.below"})
    assert load("below") is below


def test_all_names_can_have_one_home(module: ModuleType) -> None:
    load, names = on_demand(module.__name__, ["sqrt", "floor"], "math")
    assert (load("sqrt")(4), load("floor")(1.5)) == (2, 1)
    assert {"sqrt", "floor"} <= {*names()}


@pytest.mark.parametrize(
    ("own", "built", "how"),
    [
        (None, None, "pip install '.[server]' in the clone"),
        (["a-product"], '{"dir_info": {"editable": true}, "url": "file:///a"}', "pip install '.[server]' in the clone"),
        (["a-product"], '{"archive_info": {}, "url": "https://a.test/a.whl"}', "pip install 'a-product[server]'"),
        (["a-product"], None, "pip install 'a-product[server]'"),
    ],
)
def test_the_command_that_brings_an_extra_is_that_of_the_installation(
    own: list[str] | None, built: str | None, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def distribution(name: str) -> Any:
        assert own is not None
        assert name == own[0]
        return SimpleNamespace(read_text={"direct_url.json": built}.__getitem__)

    known = {} if own is None else {"apicontract": own}
    monkeypatch.setattr(importlib.metadata, "packages_distributions", lambda: known)
    monkeypatch.setattr(importlib.metadata, "distribution", distribution)
    said = missing_extra("a server", "uvicorn", "server")
    assert said == f"a server needs uvicorn, which the extra `server` brings: {how}"
