"""A run at an edition, and the explanations by other editions in its failures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.history import install
from tests.support.running import Consumer

HEAD = """
def library(answer=None, status=200):
    def respond(request):
        return httpx.Response(status, json=answer)

    transport = httpx.MockTransport(respond)
    return httpx.Client(transport=transport, base_url="https://library.example/v2", headers={"x-key": "k"})

PAGE = {"data": [], "total": 0}
"""
TESTS = """
def test_removed():
    library(PAGE).get("/books?sort=year")

def test_not_yet():
    library(PAGE).get("/books?order=year")

def test_gone():
    library(status=204).post("/loans")

def test_unknown():
    library(status=204).get("/book")

def test_fixture():
    library({"data": []}).get("/books")

def test_elsewhere():
    library({"data": []}).get("/../v3/books")
"""
NEWEST = "Library API as of 2026-07-01"


@pytest.fixture
def library(consumer: Consumer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Consumer:
    """Return a consumer of an API with a history."""
    install(tmp_path, monkeypatch)
    consumer.tests(HEAD + TESTS)
    return consumer


def test_the_newest_edition_by_default(library: Consumer) -> None:
    """What another edition knows is reported as that; what none knows is not said to be wrong."""
    run = library.run("--contract")
    assert run.outcomes() == {
        "test_removed": "failed",
        "test_not_yet": "passed",
        "test_gone": "failed",
        "test_unknown": "failed",
        "test_fixture": "failed",
        "test_elsewhere": "failed",
    }
    for name, *said in (
        (
            "test_removed",
            "contract: books.list query.sort removed",
            f"the CODE is older than {NEWEST}, which no longer takes this; fix what is sent",
            "books.list: query.sort: `sort` was removed on 2026-03-01; use order [removed, #/paths",
        ),
        ("test_gone", "contract: loans.create path removed", "`POST /loans` was removed by 2026-05-01; use books.lend"),
        (
            "test_unknown",
            "contract: GET /book path undeclared",
            "the OPERATION is unknown: a mistake in the path, or newer than the document",
            f"path: not in this document ({NEWEST}): a mistake in the path, or newer than the document; the nearest",
        ),
        (
            "test_fixture",
            f"the FIXTURE is older than {NEWEST}, which no longer sends this; fix the mock",
            "'total' is missing; this response was valid until 2026-02-28",
        ),
        ("test_elsewhere", "the CODE is wrong: this is not a URL of the API; fix the URL"),
    ):
        for text in said:
            assert text in run.tests[name].failure, (name, run.tests[name].failure)
    assert f"contract: 6 exchanges checked (httpx 6), 5 findings; {NEWEST}" in run.output
    assert "the CODE is wrong" not in run.tests["test_unknown"].failure


@pytest.mark.parametrize("ask", ["option", "ini"])
@pytest.mark.parametrize("edition", ["2026-01", "sdk-1.0", "2026-02-01"])
def test_an_edition_that_is_asked_for(library: Consumer, ask: str, edition: str) -> None:
    """By day or name, on the command line, which goes before the ini file, or there."""
    option = ["--contract-edition", edition, "-o", "contract_edition=2026-07"]
    given = option if ask == "option" else ["-o", f"contract_edition={edition}"]
    run = library.run("--contract", *given)
    assert {name for name, outcome in run.outcomes().items() if outcome == "failed"} == {
        "test_not_yet",
        "test_unknown",
        "test_elsewhere",
    }
    day = "2026-02-01" if edition == "2026-02-01" else "2026-01-01"
    assert (
        f"the CODE is newer than Library API as of {day}; choose a later edition" in run.tests["test_not_yet"].failure
    )
    assert f"; Library API as of {day}" in run.output


def test_a_document_at_an_edition(consumer: Consumer) -> None:
    """`--contract-spec` takes a marked document too; a fixture can be newer than the edition."""
    path = Path(__file__).parents[1] / "support" / "history.yaml"
    consumer.tests(HEAD + "def test_it():\n    library(status=404).get('/books')\n")
    run = consumer.run("--contract", "--contract-spec", str(path), "--contract-edition", "2026-01")
    assert "the FIXTURE is newer than Library API as of 2026-01-01; choose a later edition" in run.one().failure


def test_an_edition_that_there_is_not(library: Consumer) -> None:
    """The run does not begin, and says which there are."""
    run = library.run("--contract", "--contract-edition", "sdk-9")
    assert run.code == pytest.ExitCode.USAGE_ERROR
    assert "contract_edition: there is no edition 'sdk-9'; " in run.output
    assert "known are sdk-1.0, sdk-1.1, 2026-01, 2026-07" in run.output


def test_reports_name_the_edition(library: Consumer, tmp_path: Path) -> None:
    """In every form."""
    reports = [tmp_path / f"report{suffix}" for suffix in (".json", ".html", ".xml")]
    run = library.run("--contract", *(f"--contract-report={path}" for path in reports))
    assert "contract coverage: Library API 2 as of 2026-07-01" in run.output
    for path, text in zip(
        reports,
        (
            '"edition": "2026-07-01"',
            '<h1>Library API <span class="version">2 as of 2026-07-01</span></h1>',
            'name="contract coverage: Library API 2 as of 2026-07-01"',
        ),
        strict=True,
    ):
        assert text in path.read_text()


def test_the_mock_is_of_the_edition(library: Consumer) -> None:
    """The fixture takes the run's."""
    library.tests(
        """
        import httpx

        def test_it(twelvelabs_mock):
            answer = httpx.get("https://library.example/v2/books?sort=a", headers={"x-key": "k"})
            assert "was removed" not in answer.text
        """
    )
    assert library.run("--contract-edition", "2026-01").one().outcome == "passed"
    assert library.run().one().outcome == "failed"


def test_the_release_of_an_sdk_that_fits_another_edition_is_named(library: Consumer) -> None:
    """Requests carry the version of the SDK that sends them; the run says which edition it is of."""
    library.tests(HEAD + "def test_it():\n    library(PAGE).get('/books', headers={'x-fern-sdk-version': '1.0'})\n")
    assert "contract: requests of SDK 1.0, which fits --contract-edition=sdk-1.0\n" in library.run("--contract").output
    fitting = library.run("--contract", "--contract-edition=sdk-1.0")
    assert "requests of SDK" not in fitting.output
