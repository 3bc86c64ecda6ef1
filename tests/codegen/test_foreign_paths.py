"""Another's operations have client paths: by their ids, their tags, or method and path; and no two have the same."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi.document import Document
from codegen.foreign import naming


def client_paths(*given: Any) -> list[str]:
    """Return the client paths of operations with these ids, or with these ids and tags; `None` is no id."""
    items = {}
    for number, one in enumerate(given):
        operation_id, tags = one if isinstance(one, tuple) else (one, None)
        own = {"operationId": operation_id, "tags": tags, "responses": {}}
        items[f"/p{number}"] = {"get": {key: value for key, value in own.items() if value is not None}}
    document = Document({"openapi": "3.1.0", "paths": items})
    pairs = [(operation, document.at(operation.pointer)) for operation in document.operations.values()]
    return [".".join(path) for path in naming.client_paths(pairs)]


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("list", "list"),
        ("listPets", "list_pets"),
        ("pets/list", "pets.list"),
        ("pets.list", "pets.list"),
        ("pets/list-all", "pets.list_all"),
        ("a.b/c.d", "a.b.c.d"),
        ("a.b.c.d.e", "a.b.c.d_e"),
        ("a.b.c.d.e.f", "a.b.c.d_e_f"),
        ("a b", "a_b"),
        ("a b/c", "a_b_c"),
        ("a.", "a"),
        (".a", "a"),
        ("a..b", "a_b"),
        ("a/_", "a"),
        ("é/ñ", "e.n"),
        ("class", "class_"),
        ("upload", "upload_"),
        ("things.upload", "things.upload"),
        ("upload.things", "upload_.things"),
        ("2.3", "value_2.value_3"),
        ("a" * 61, "a" * 60),
        ("漢", "get_p0"),
        ("", "get_p0"),
        (None, "get_p0"),
        (("list", ["Pet Shop"]), "pet_shop.list"),
        (("list", ["Pets", "Dogs"]), "pets.list"),
        (("list", [5, "Pets"]), "pets.list"),
        (("list", []), "list"),
        (("list", "Pets"), "list"),
        (("list", ["!"]), "list"),
        (("pets/list", ["Dogs"]), "pets.list"),
        (("a b", ["Dogs"]), "dogs.a_b"),
        ((None, ["Pets"]), "pets.get_p0"),
        (("漢", ["Pets"]), "pets.get_p0"),
        (("漢/a", ["Pets"]), "pets.a"),
    ],
)
def test_an_operation_has_a_client_path(given: Any, path: str) -> None:
    """That which its id spells; else its id below its first tag; else method and path below that."""
    assert client_paths(given) == [path]


@pytest.mark.parametrize(
    ("given", "paths"),
    [
        (["pets", "pets/list"], ["pets_2", "pets.list"]),
        (["a.b", "a.b.c"], ["a.b_2", "a.b.c"]),
        (["a", "a.b", "a.b.c", "a.b.c.d"], ["a_2", "a.b_2", "a.b.c_2", "a.b.c.d"]),
        (["Pets", ("list", ["Pets"])], ["pets_2", "pets.list"]),
        (["class", "class/list"], ["class_2", "class_.list"]),
        (["b", "a.b.c"], ["b", "a.b.c"]),
        (["pets_2/a", "pets", "pets/list"], ["pets_2.a", "pets_3", "pets.list"]),
    ],
)
def test_a_method_is_not_called_as_a_resource_beside_it(given: list[Any], paths: list[str]) -> None:
    """Whichever comes first, and at any depth: it gets the lowest number that is free."""
    assert client_paths(*given) == paths
    assert client_paths(*reversed(given)) == paths[::-1]


def test_a_number_that_is_taken_is_not_given_to_another() -> None:
    """What comes first has it, whether that is its own name or not."""
    assert client_paths("pets_2", "pets", "pets/list") == ["pets_2", "pets_3", "pets.list"]
    assert client_paths("pets", "pets/list", "pets_2") == ["pets_2", "pets.list", "pets_2_2"]
    assert client_paths((None, ["A"]), ("get_p0", ["A"]), ("x", ["A"])) == ["a.get_p0", "a.get_p1", "a.x"]


@pytest.mark.parametrize(
    ("given", "paths"),
    [
        (["list", "list"], ["get_p0", "get_p1"]),
        (["a", "A", "b"], ["get_p0", "get_p1", "b"]),
        (["get_a", "getA", "get-a"], ["get_p0", "get_p1", "get_p2"]),
        ([("list", ["Pets"]), ("list", ["Dogs"])], ["pets.list", "dogs.list"]),
        ([("list", ["Pets"]), ("list", ["Pets"])], ["pets.get_p0", "pets.get_p1"]),
        ([("list", ["Pets"]), "pets/list"], ["pets.get_p0", "get_p1"]),
    ],
)
def test_operations_that_want_the_same_path_have_none_of_their_ids(given: list[Any], paths: list[str]) -> None:
    assert client_paths(*given) == paths
