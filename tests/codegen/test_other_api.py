"""The generator knows no API: it makes the client of a bookshop, to the byte, and that client is typed and works.

The expected files are in `documents/bookshop/expected`. After an intended change, rewrite them and read the difference:

    python -m codegen --spec tests/codegen/documents/bookshop/spec --out tests/codegen/documents/bookshop/expected \
        --package bookshop_api
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from apicontract.openapi.objects import OPENAPI
from codegen.bundle import load
from codegen.manifest import tree
from tests.codegen.conftest import BOOKSHOP, Package

ROOT = Path(__file__).parents[2]
EXPECTED = BOOKSHOP / "expected" / "bookshop_api"


def test_the_set_of_files_is_the_expected_one(bookshop: Package) -> None:
    assert sorted(bookshop.files) == sorted(tree(EXPECTED))


@pytest.mark.parametrize("path", sorted(tree(EXPECTED)))
def test_each_file_is_the_expected_one_to_the_byte(bookshop: Package, path: str) -> None:
    assert bookshop.files[path].decode() == (EXPECTED / path).read_bytes().decode()


@pytest.mark.deep  # make lint has the packages of this API, make corpus those of others
def test_generated_packages_are_strictly_typed(bookshop: Package, hostile_names: Package, tmp_path: Path) -> None:
    """One run over the bookshop, and over a client whose names are keywords, types and modules.

    Strict runs refuse a `type: ignore` without an error, so what is deprecated is reported at each use.
    """
    use = tmp_path / "use.py"
    use.write_text(
        "from bookshop_api import AsyncBookshop, Bookshop, Stream, models\n"
        "client = Bookshop(api_key='k')\n"
        "plain: models.Advice = client.advise(text='t')  # type: ignore[deprecated]\n"
        "live: Stream[models.AdviceEvent] = client.advise(text='t', live=True)  # type: ignore[deprecated]\n"
        "client.books.delete(id='b')  # type: ignore[deprecated]\n"
        "titles: list[str | None] = [book.title for book in client.books.list(genre='novel')]\n"
        "one: models.Book = client.books.create(title='t', authors=[{'name': 'n'}, models.Author(name='n')])\n"
        "client.books.annotate(id='b', rating=None, texts={'margin': 'dull'})\n"
        "client.books.cover.upload(id='b', options={'width': 1}, labels='front')\n"
        "page = models.PaperBook(kind='paper', id='b', page_count=1, state='unheard of')\n"
        "async def main(client: AsyncBookshop) -> list[models.Book]:\n"
        "    later: models.Advice = await client.advise(text='t')  # type: ignore[deprecated]\n"
        "    return [book async for book in await client.finds.query(words=['sea'])]\n"
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir", str(tmp_path / "cache")]
    command += ["--enable-error-code=deprecated", "--explicit-package-bases", "--python-version", "3.11", str(use)]
    command += [str(package.parent / package.name) for package in (bookshop, hostile_names)]
    path = f"{ROOT / 'src'}:{bookshop.parent}:{hostile_names.parent}"
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"MYPYPATH": path}, cwd=tmp_path)
    assert "Success: no issues found" in done.stdout, done.stdout + done.stderr


def test_the_generator_knows_no_name_of_our_api() -> None:
    """No operation, schema or compound field of the real document is written anywhere in the generator."""
    document = load(ROOT / "spec").document
    schemas = document["components"]["schemas"]
    names = {name for name in schemas if len(re.findall("[A-Z]", name)) > 1}
    names |= {field for schema in schemas.values() for field in schema.get("properties", {}) if "_" in field[1:]}
    operations = [held for item in document["paths"].values() for held in item.values() if isinstance(held, dict)]
    names |= {held["operationId"] for held in operations if "." in held["operationId"]}
    words = {
        word
        for path in (ROOT / "codegen").rglob("*.py")
        for word in re.findall(r"[A-Za-z_]+(?:\.[a-z_]+)*", path.read_text())
    }
    assert len(names) > 100
    assert (names - OPENAPI.keys()) & words == set()


def test_sync_and_async_classes_differ_in_their_prefix_only(bookshop: Package, hostile_names: Package) -> None:
    """The asynchronous half of each module is the synchronous half with `async`, `await` and `Async` put in."""
    for package in (bookshop, hostile_names):
        for path, content in package.files.items():
            if path.endswith(".py") and path not in ("__init__.py", "models.py"):
                classes = [node for node in ast.parse(content).body if isinstance(node, ast.ClassDef)]
                sync, later = (ast.unparse(node) for node in classes)
                plain = re.sub(r"async def|await ", lambda m: "def" if m[0] == "async def" else "", later)
                plain = plain.replace("Asynchronous client", "Client").replace("AsyncResource)", "SyncResource)")
                plain = plain.replace("AsyncClient)", "SyncClient)")
                plain = re.sub(r"\bAsync(?=[A-Z])", "", plain)
                assert plain == re.sub(r"\bAsync(?=[A-Z])", "", sync)


def test_every_module_says_what_it_was_made_from(bookshop: Package) -> None:
    for path, content in bookshop.files.items():
        if path.endswith(".py"):
            first, second, third, *_ = content.decode().splitlines()
            assert "make generate" in first
            assert re.fullmatch(r"# Bundle: sha256 [0-9a-f]{64}", second)
            assert third == "# Document: Bookshop, version 2"


def test_what_a_module_exports_is_sorted_and_there(bookshop: Package) -> None:
    for path, content in bookshop.files.items():
        if path.endswith(".py"):
            tree = ast.parse(content)
            (exported,) = (
                ast.literal_eval(node.value)
                for node in tree.body
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            )
            defined = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
            imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
            defined |= {name.name for node in imports for name in node.names}
            defined |= {
                node.target.id
                for node in tree.body
                if isinstance(node, ast.AnnAssign)
                if isinstance(node.target, ast.Name)
            }
            assert exported == sorted(exported)
            assert set(exported) <= defined
