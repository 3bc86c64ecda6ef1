"""The packages that `pip install` brings, and the messages for a missing extra."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import distribution, packages_distributions, requires
from textwrap import dedent

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

NAME = "twelvelabs-contract"
PLAIN = {
    "annotated-doc",
    "annotated-types",
    "anyio",
    "certifi",
    "h11",
    "httpcore",
    "httpx",
    "idna",
    "jsonschema-rs",
    "markdown-it-py",
    "mdurl",
    "pydantic",
    "pydantic-core",
    "pygments",
    "pyyaml",
    "rich",
    "shellingham",
    "typer",
    "typing-extensions",
    "typing-inspection",
}
"""Every package that a plain install brings besides this one. The list does not grow."""
ON_SOME_SYSTEMS = {"colorama", "tzdata"}
NEEDED_BY = {
    "bulk": "import apicontract.bulk",
    "mock": "import twelvelabs_contract.mock",
    "server": "sys.argv[1:] = ['serve', '--port', '0']; from twelvelabs_contract.cli import main; sys.exit(main())",
    "strategies": "import twelvelabs_contract.strategies",
}
"""What needs each extra."""
WITHOUT_EXTRAS = """
    import sys
    from importlib.abc import MetaPathFinder

    class Missing(MetaPathFinder):
        def find_spec(self, name, path, target=None):
            if name.partition(".")[0] in {names!r}:
                raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

    sys.meta_path.insert(0, Missing())
"""
USE = """
    import httpx
    from twelvelabs_api import TwelveLabs, models
    from twelvelabs_contract import Contract, cli, traffic, transport

    answers = httpx.MockTransport(lambda request: httpx.Response(200, json={"data": [], "page_info": {"page": 1}}))
    guarded = httpx.Client(transport=transport.ContractTransport(answers))
    with traffic.watch() as findings:
        assert list(TwelveLabs(api_key="KEY", httpx_client=guarded).tasks.list()) == []
    assert Contract.load().check_payload({"page": "1"}, schema="PageInfo")
    sys.argv[1:] = ["show", "tasks.list"]
    assert cli.main() == 0
    import apicontract.pytest_plugin.session
"""


def needed(name: str, found: set[str], extras: frozenset[str] = frozenset()) -> set[str]:
    """Return the packages that one needs, and those that these need."""
    for line in requires(name) or []:
        requirement = Requirement(line)
        wanted = requirement.marker is None or any(
            requirement.marker.evaluate({"extra": extra}) for extra in ("", *extras)
        )
        if wanted and (package := canonicalize_name(requirement.name)) not in found:
            found.add(package)
            needed(package, found, frozenset(requirement.extras))
    return found


def modules(packages: set[str]) -> set[str]:
    """Return the names that packages are imported by."""
    return {name for name, of in packages_distributions().items() if {canonicalize_name(one) for one in of} & packages}


def ran(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program where no package can be imported that only an extra brings."""
    extras = set(distribution(NAME).metadata.get_all("Provides-Extra") or [])
    optional = needed(NAME, set(), frozenset(extras)) - PLAIN - ON_SOME_SYSTEMS
    code = dedent(WITHOUT_EXTRAS).format(names=modules(optional)) + dedent(program)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_a_plain_install_brings_no_more_packages_than_these() -> None:
    assert needed(NAME, set()) - ON_SOME_SYSTEMS == PLAIN


def test_everything_else_works_without_the_extras() -> None:
    """The client, the checks, the guards, the command line and the pytest plugin."""
    done = ran(USE.replace("import apicontract", "import pytest, apicontract"))
    assert done.returncode == 0, done.stderr


def test_every_extra_is_needed_by_something() -> None:
    assert NEEDED_BY.keys() == set(distribution(NAME).metadata.get_all("Provides-Extra") or [])


@pytest.mark.parametrize("extra", NEEDED_BY)
def test_what_needs_an_extra_names_it(extra: str) -> None:
    done = ran(NEEDED_BY[extra])
    assert done.returncode
    assert f"the extra `{extra}`" in done.stderr.splitlines()[-1]
