"""The output guard admits the forms of generated code, and nothing else."""

from __future__ import annotations

import textwrap

import pytest

from codegen.output_guard import forbidden
from tests.codegen.allowed import intruders
from tests.codegen.conftest import Package

HEAD = """
from __future__ import annotations
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias, overload
from pydantic import Field
import shop as _api
from shop.models import Book
from apicontract.client import OMIT, Answer, AsyncResource, Omit, OpenModel, Pager, SyncClient, SyncResource
from apicontract.client import deprecated, on_demand
"""
RIGHT = """
if TYPE_CHECKING:
    from shop.models import Tale
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "shop.models")
Alias: TypeAlias = Annotated[Book | None, Field(discriminator="kind")]
class Paper(OpenModel):
    '''A paper.'''
    id: Annotated[str | None, Field(alias="_id", min_length=1, ge=-1.5)] = None
    '''Its id.'''
    kind: Literal["a", -1, True]
class Shop(SyncClient):
    '''A shop.'''
    _package: ClassVar[str] = "shop"
class Books(SyncResource):
    '''Books.'''
    @cached_property
    def papers(self) -> Paper:
        '''Papers.'''
        return Paper(self._client)
    @overload
    def get(self, *, live: Literal[True] = True) -> Book: ...
    @overload
    def get(self, *, live: bool) -> Book | str: ...
    @deprecated("Deprecated.")
    def get(self, *, id: str, note: str | Omit = OMIT, live: bool = True) -> Book | str:
        '''Get.'''
        if live is not False:
            return self._client.call("get", Answer[Book], path={"id": id}, query={"live": live, "x": True})
        return self._client.call_none("get", body=note)
class AsyncBooks(AsyncResource):
    '''Books.'''
    @cached_property
    def papers(self) -> Paper:
        '''Papers.'''
        return Paper(self._client)
    @deprecated("Deprecated.")
    async def get(self, *, id: str) -> Pager[_api.models.Book, str]:
        '''Get.'''
        return await self._client.pages("get", Answer[_api.models.Book], Answer[Mapping[str, Any]], path={"id": id})
"""


def refused(body: str) -> list[str]:
    """Return what the guard says about a module with the usual imports."""
    return [found.found for found in forbidden({"books.py": (HEAD + textwrap.dedent(body)).encode()}, "shop")]


def method(body: str, signature: str = "self, *, id: str") -> str:
    """Write a resource with one method."""
    return f"class Books(SyncResource):\n    def get({signature}) -> Book:\n        'Get.'\n        {body}\n"


def late(
    names: str = "Tale",
    module: str = "shop.models",
    test: str = "TYPE_CHECKING",
    target: str = "__getattr__, __dir__",
    made: str = "on_demand(__name__, __all__, 'shop.models')",
) -> str:
    """Write what comes on demand."""
    return f"if {test}:\n    from {module} import {names}\nelse:\n    {target} = {made}\n"


def held(base: str, *lines: str, call: str = "self._client.call('g')") -> str:
    """Write a class with one method, given by the lines above its body."""
    body = ["'Get.'", f"return {call}"]
    return "\n".join(
        [f"class Books({base}):", *(f"    {line}" for line in lines), *(f"        {line}" for line in body)]
    )


def test_right_modules_pass() -> None:
    assert refused(RIGHT) == []


def test_generated_packages_pass(bookshop: Package, hostile_names: Package, hostile_strings: Package) -> None:
    for package in (bookshop, hostile_names, hostile_strings):
        assert forbidden(package.files, package.name) == []


@pytest.mark.parametrize(
    "body",
    [
        "import os",
        "import builtins as b",
        "from os import system",
        "from typing import cast",
        "from apicontract.client import *",
        "from apicontract.client import Answer as A",
        "from twelvelabs_contract import client",
        "from . import models",
        "from shopping import Book",
        "from shop.models import __builtins__",
        "print('x')",
        "f'{print()}'",
        "x = 1",
        "x: int = 1",
        "__all__ = [str(1)]",
        "__all__ += ['a']",
        "if True:\n    pass",
        "import shop",
        "import shop as api",
        "import os as _api",
        "import builtins as _api",
        "Alias: TypeAlias = _api.Book",
        "Alias: TypeAlias = _api.other.Book",
        "Alias: TypeAlias = _api.models._Book",
        "Alias: TypeAlias = _api.models.__class__",
        "Alias: TypeAlias = _api.models.Book.x",
        "Alias: TypeAlias = Book.models.Tale",
        late("Book"),
        late("_Tale"),
        late("Tale as Story"),
        late("*"),
        late(module="os"),
        late(module="shop.other"),
        late(test="True"),
        late(test="not TYPE_CHECKING"),
        late(target="__getattr__"),
        late(target="__getattr__, __all__"),
        late(target="__dir__, __getattr__"),
        late(made="on_demand(__name__, __all__, 'os')"),
        late(made="on_demand(__name__, __all__, print())"),
        late(made="on_demand(__name__, [print()], 'shop.models')"),
        late(made="on_demand(__name__, __all__, 'shop.models', x=print())"),
        late(made="print(__name__, __all__, 'shop.models')"),
        late() + "    print()",
        late().partition("else")[0],
        late() + "class Tale(OpenModel):\n    'x'",
        "def f() -> None: ...",
        "del Book",
        "Alias: TypeAlias = print()",
        "Alias: TypeAlias = 'Book'",
        "Alias: TypeAlias = list['Book']",
        "Alias: TypeAlias = Unknown",
        "Alias: TypeAlias = [str for _ in ()]",
        "Alias: TypeAlias = Literal[print()]",
        "Alias: TypeAlias = Literal[1.5]",
        "Alias: TypeAlias = Literal[b'a']",
        "Alias: TypeAlias = Annotated[str, print()]",
        "Alias: TypeAlias = Annotated[str, Field(default_factory=print)]",
        "Alias: TypeAlias = Annotated[str, Field(alias=print())]",
        "Alias: TypeAlias = Annotated[str, Field(1)]",
        "Alias: TypeAlias = Annotated[str, Field(**{})]",
        "Alias: TypeAlias = Annotated[str, Field(pattern='a')]",
        "Alias: TypeAlias = str.__class__",
        "Alias: TypeAlias = (lambda: str)()",
        "class Books(Unknown): ...",
        "class Books(dict): ...",
        "class Books(OpenModel, SyncResource):\n    'x'",
        "class Books(OpenModel, metaclass=type):\n    'x'",
        "@print\nclass Books(OpenModel):\n    'x'",
        "class Answer(OpenModel):\n    'x'",
        "class str(OpenModel):\n    'x'",
        "class Book(OpenModel):\n    'x'",
        "class _Hidden(OpenModel):\n    'x'",
        "class Books(OpenModel):\n    x: int = 1",
        "class Books(OpenModel):\n    x = 1",
        "class Books(OpenModel):\n    _x: int",
        "class Books(OpenModel):\n    x: int = Field()",
        "class Books(OpenModel):\n    print()",
        held("OpenModel", "def get(self) -> Book:"),
        "class Books(SyncResource):\n    x: int",
        "class Books(SyncClient):\n    _package: ClassVar[str] = 'other'",
        held("SyncResource", "async def get(self) -> Book:", call="await self._client.call('g')"),
        held("AsyncResource", "def get(self) -> Book:"),
        held("AsyncResource", "async def get(self) -> Book:"),
        held("SyncResource", "@print", "def get(self) -> Book:"),
        held("SyncResource", "@staticmethod", "def get(self) -> Book:"),
        held("SyncResource", "@cached_property", "def get(self) -> Book:", call="eval(self._client)"),
        held("SyncResource", "@cached_property", "def get(self) -> Book:", call="Book(1)"),
        held("SyncResource", "@overload", "def get(self) -> Book:"),
        held("SyncResource", "@deprecated", "def get(self) -> Book:"),
        held("SyncResource", "@deprecated(print())", "def get(self) -> Book:"),
        held("SyncResource", "@deprecated(f'{print()}')", "def get(self) -> Book:"),
        held("SyncResource", "@deprecated('a', category=None)", "def get(self) -> Book:"),
        held("SyncResource", "@deprecated('a')", "@deprecated('a')", "def get(self) -> Book:"),
        held("SyncResource", "@deprecated('a')", "@print", "def get(self) -> Book:"),
        held("SyncResource", "@overload('a')", "def get(self) -> Book:"),
        "@deprecated('a')\nclass Books(OpenModel):\n    'x'",
        held("SyncResource", "def __init_subclass__(self) -> Book:"),
        held("SyncResource", "def get(self):"),
        method("return self._client.call('g')", "self, id: str"),
        method("return self._client.call('g')", "self, *ids: str"),
        method("return self._client.call('g')", "self, **ids: str"),
        method("return self._client.call('g')", "self, *, id"),
        method("return self._client.call('g')", "self, *, id: 'str'"),
        method("return self._client.call('g')", "self, *, id: str = print()"),
        method("return self._client.call('g')", "self, *, id: str = 'x'"),
        method("return None"),
        method("return id"),
        method("return self.call('g')"),
        method("return self._client.close()"),
        method("return self._client.call(id)"),
        method("return self._client.call('g', other={'id': id})"),
        method("return self._client.call('g', **id)"),
        method("return self._client.call('g', path={'id': Book})"),
        method("return self._client.call('g', path={'id': 'x'})"),
        method("return self._client.call('g', path={'id': print()})"),
        method("return self._client.call('g', path={id: id})"),
        method("return self._client.call('g', path={**id})"),
        method("return self._client.call('g', Answer[print()])"),
        method("return self._client.call('g', Answer['Book'])"),
        method("return self._client.call('g', Book)"),
        method("return self._client.call('g' + 'h')"),
        method("return (yield)"),
        method("print()\n        return self._client.call('g')"),
        method("if print():\n            return self._client.call('g')\n        return self._client.call('g')"),
        method("if id:\n            return self._client.call('g')\n        return self._client.call('g')"),
        method("if id is None:\n            return self._client.call('g')\n        return self._client.call('g')"),
        method("if id == True:\n            return self._client.call('g')\n        return self._client.call('g')"),
        method("if Book is True:\n            return self._client.call('g')\n        return self._client.call('g')"),
        method(
            "if id is True is True:\n            return self._client.call('g')\n        return self._client.call('g')"
        ),
        method("if id is True:\n            print()\n        return self._client.call('g')"),
        method("global id"),
    ],
)
def test_anything_else_is_refused(body: str) -> None:
    assert refused(body)


def test_what_is_forbidden_is_located() -> None:
    files = {"books.py": b"'''Books.'''\nimport os\n", "models.py": b"x = (", "a-b.py": b"", "notes.txt": b""}
    assert [str(found) for found in forbidden(files, "shop")] == [
        "a-b.py:1: generated code may not contain a module of this name",
        "books.py:2: generated code may not contain the statement: 'import os'",
        "models.py:1: generated code may not contain invalid Python: '(' was never closed (models.py, line 1)",
        "notes.txt:1: generated code may not contain a file of this name",
    ]


def test_an_encoding_that_hides_code_is_seen_through() -> None:
    """Python reads the encoding from the first two lines, and so does the guard."""
    hidden = "# coding: utf-7\n" + "'x'\n+AGk-mport os\n"
    assert forbidden({"books.py": hidden.encode()}, "shop")


@pytest.mark.parametrize("name", ["bookshop", "hostile_names", "hostile_strings"])
def test_a_second_allow_list_agrees(name: str, request: pytest.FixtureRequest) -> None:
    package: Package = request.getfixturevalue(name)
    for path, content in package.files.items():
        if path.endswith(".py"):
            assert list(intruders(content, package.name)) == []
