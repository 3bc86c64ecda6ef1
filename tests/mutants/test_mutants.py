"""The harness: the mutations, their verdicts, and the evaluation of the results."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.mutants import byhand, keywords
from tests.mutants.__main__ import Trials, try_again
from tests.mutants.choice import Record
from tests.mutants.constraints import Judge, idle
from tests.mutants.document import GONE, DocumentFault, document_faults
from tests.mutants.mutant import Mutant
from tests.mutants.recorder import MOST as KEPT
from tests.mutants.results import Rate, Results, equivalent, interval
from tests.mutants.sample import files, sample
from tests.mutants.tree import ROOT, Run, Tree, Verdict
from tests.support.editions import contract_2025_08, document_of
from twelvelabs_contract import Contract

needs_mutmut = pytest.mark.skipif(find_spec("mutmut") is None, reason="`make mutants` installs it")
DOCUMENT_FAULTS = document_faults(document_of("2025-08-05"))


def test_no_fault_of_the_document_is_planted_twice() -> None:
    labels = Counter(fault.label for fault in DOCUMENT_FAULTS)
    assert [label for label, count in labels.items() if count > 1] == []


def test_every_fault_of_the_document_is_a_change() -> None:
    raw = document_of("2025-08-05")
    assert [fault.label for fault in DOCUMENT_FAULTS if fault.applied(raw) == raw] == []
    assert document_faults(raw) == DOCUMENT_FAULTS


def test_every_constraint_has_a_fault() -> None:
    """Each keyword of each schema that constrains anything is removed, moved, or taken apart."""
    planted = {fault.tokens[: len(fault.tokens) - depth] for fault in DOCUMENT_FAULTS for depth in range(4)}
    found = _constraints(document_of("2025-08-05")["components"]["schemas"], ("components", "schemas"))
    assert [place for place in found if place not in planted] == []


def _constraints(schemas: Any, at: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    pending = [((*at, name), schema) for name, schema in schemas.items()]
    while pending:
        place, schema = pending.pop()
        if isinstance(schema, dict):
            found += [(*place, keyword) for keyword in schema if keyword not in keywords.ANNOTATIONS]
            pending += [((*place, *tokens), below) for tokens, below in keywords.subschemas(schema)]
    return found


def test_a_keyword_that_nothing_is_known_of_is_reported() -> None:
    """A new keyword of the document must have its faults, or be named as one that constrains nothing."""
    with pytest.raises(LookupError):
        list(keywords.steps("unevaluatedItems", {}, {}))
    assert list(keywords.steps("description", "words", {})) == []


@pytest.mark.parametrize(
    ("tokens", "value", "expected"),
    [
        (("a", 0), GONE, {"a": [2], "b": {"c": None}}),
        (("a", 1), 3, {"a": [1, 3], "b": {"c": None}}),
        (("b", "c"), GONE, {"a": [1, 2], "b": {}}),
        (("b", "d"), None, {"a": [1, 2], "b": {"c": None, "d": None}}),
    ],
)
def test_a_change_leaves_the_given_document_alone(tokens: Any, value: Any, expected: Any) -> None:
    raw = {"a": [1, 2], "b": {"c": None}}
    assert DocumentFault(tokens, value, "kind").applied(raw) == expected
    assert raw == {"a": [1, 2], "b": {"c": None}}


GIST = ("components", "schemas", "GistRequest", "properties", "types")


def test_a_constraint_is_noticed_if_a_request_or_an_answer_is_judged_otherwise() -> None:
    judge = Judge(contract_2025_08())
    faults = {fault.kind: fault for fault in DOCUMENT_FAULTS if fault.tokens[:5] == GIST}
    assert judge.notices(faults["uniqueItems turned"])
    assert judge.notices(DocumentFault((*GIST, "description"), "other words", "description changed")) == ""


@pytest.mark.parametrize(
    ("tokens", "kind", "silent"),
    [
        (("a", "anyOf", 0, "enum", 0), "enum value removed", True),
        (("a", "anyOf", 1), "anyOf branch removed", False),
        (("b", "type"), "type removed", True),
        (("b", "enum", 0), "enum value removed", False),
        (("c", "format"), "format removed", True),
        (("d", "format"), "format removed", False),
        (("d", "type"), "type removed", False),
    ],
)
def test_a_change_that_says_nothing_is_told_by_what_stands_beside_it(
    tokens: tuple[str | int, ...], kind: str, silent: bool
) -> None:
    raw = {
        "components": {
            "schemas": {
                "a": {"anyOf": [{"enum": ["x"]}, {"type": "string", "description": "More may come."}]},
                "b": {"type": "string", "enum": ["x", "y"]},
                "c": {"type": "number", "format": "double"},
                "d": {"type": "string", "format": "date"},
            }
        }
    }
    assert idle(raw, DocumentFault(("components", "schemas", *tokens), GONE, kind)) is silent


@pytest.mark.deep  # seconds to draw, and `make constraints` draws them
def test_draws_of_constraints_are_the_same_for_the_same_seed() -> None:
    judge = Judge(Contract.load())
    assert judge.drawn(20, "seed") == judge.drawn(20, "seed") != judge.drawn(20, "another")


SOURCE = '''"""Words."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

T = TypeVar("T", bound=int)
Known = Callable[[T], bool]
KNOWN = {"a": 1}


@lru_cache(maxsize=16)
def above(value: int, *, strict: bool = True) -> Any:
    """Words."""
    if strict and value not in KNOWN:
        return value > 1
    return cast("int", value)
'''


@needs_mutmut
def test_a_mutant_changes_one_place(tmp_path: Path) -> None:
    from tests.mutants.operators import mutants

    (tmp_path / "a.py").write_text(SOURCE, encoding="utf-8")
    found = list(mutants(tmp_path, "a.py"))
    reported = {(mutant.function, mutant.before, mutant.after) for mutant in found}
    assert {
        ("", '"a"', '"XXaXX"'),
        ("", "1", "2"),
        ("above", "True", "False"),
        ("above", "not in", " in "),
        ("above", " > 1", " >= 1"),
        ("above", "strict and value not in KNOWN", "strict or value not in KNOWN"),
    } <= reported
    left = ("Words", "typing", "cast", "TypeVar", "Callable", "lru_cache", "16")
    assert not [before for _, before, _ in reported if any(text in before for text in left)]
    assert len({mutant.name for mutant in found}) == len(found)
    for mutant in found:
        changed = mutant.applied(SOURCE.encode()).decode()
        assert ast.dump(ast.parse(changed)) != ast.dump(ast.parse(SOURCE)), mutant.name


@needs_mutmut
def test_a_mutant_of_another_state_of_its_file_is_refused(tmp_path: Path) -> None:
    from tests.mutants.operators import mutants

    (tmp_path / "a.py").write_text(SOURCE, encoding="utf-8")
    with pytest.raises(ValueError, match="the file is another"):
        next(mutants(tmp_path, "a.py")).applied(b"# a line more\n" + SOURCE.encode())


@needs_mutmut
def test_every_package_has_its_turn_and_no_mutant_comes_twice() -> None:
    drawn = sample(ROOT, "seed", "__init__.py")
    found = [next(drawn) for _ in range(10)]
    again = sample(ROOT, "seed", "__init__.py")
    assert [next(again) for _ in range(10)] == found
    assert len({mutant.name for mutant in found}) == 10
    assert len({mutant.package for mutant in found}) > 3


@needs_mutmut
def test_what_is_listed_as_equivalent_is_there() -> None:
    from tests.mutants.operators import mutants

    for name, reason in equivalent().items():
        file = name.partition(":")[0]
        assert name in {mutant.name for mutant in mutants(ROOT, file)}, name
        assert len(reason.split()) > 4, name


def test_every_package_is_measured() -> None:
    found = files(ROOT)
    assert {"codegen", "twelvelabs_contract", "apicontract"} < found.keys()
    folders = {path.parent.name for path in (ROOT / "src" / "apicontract").glob("*/__init__.py")}
    assert {name.partition(".")[2] for name in found if "." in name} == folders


@pytest.mark.parametrize(
    ("caught", "tried", "low", "high"),
    [(0, 0, 0.0, 1.0), (10, 10, 0.722, 1.0), (95, 100, 0.888, 0.978), (0, 10, 0.0, 0.278)],
)
def test_intervals_are_those_of_wilson(caught: int, tried: int, low: float, high: float) -> None:
    assert interval(caught, tried) == pytest.approx((low, high), abs=0.001)


def test_a_package_fails_once_its_rate_cannot_be_high_enough() -> None:
    assert Rate("apicontract.wire", 90, 5, 5, 0, 0, 0).passes
    assert not Rate("apicontract.wire", 90, 0, 20, 0, 0, 0).passes
    assert Rate("apicontract.cli", 90, 0, 20, 0, 0, 0).passes
    assert not Rate("apicontract.cli", 60, 0, 40, 0, 0, 0).passes


def test_results_add_up_and_are_read_as_they_were_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.mutants.results.equivalent", lambda: {"same": "it changes nothing that is seen"})
    results = Results()
    for day, verdict, name in [
        ("2026-01-01", Verdict.CAUGHT, "a"),
        ("2026-01-01", Verdict.SURVIVED, "same"),
        ("2026-01-02", Verdict.SURVIVED, "b"),
        ("2026-01-02", Verdict.BROKEN, "c"),
        ("2026-01-02", Verdict.SLOW, "d"),
        ("2026-01-02", Verdict.RED, "e"),
    ]:
        results.add(day, "codegen", verdict, name)
    for name in ("f", "g"):
        results.add("2026-01-02", "other", Verdict.SURVIVED, name)
    results.learn("other", "f")
    results.forget("other", "g")
    results.write(tmp_path / "results.json")
    again = Results.read(tmp_path / "results.json")
    assert again == results
    assert list(again.rates(["codegen", "other", "untried"])) == [
        Rate("codegen", 1, 0, 1, 1, 1, 1),
        Rate("other", 0, 1, 0, 0, 0, 0),
        Rate("untried", 0, 0, 0, 0, 0, 0),
    ]
    text = (tmp_path / "results.json").read_text(encoding="utf-8")
    assert len(text.splitlines()) == 23
    assert text.count('"g"') == 0


@needs_mutmut
def test_survivors_are_tried_again_and_those_of_code_that_is_gone_are_not() -> None:
    from tests.mutants.operators import mutants

    file = "src/apicontract/wire/ndjson.py"
    first, second, *_ = mutants(ROOT, file)

    class Judging(Trials):
        def each(self, mutants: Iterator[Mutant], *_: Any) -> Iterator[tuple[Mutant, Run]]:
            return ((mutant, Run(Verdict.CAUGHT if mutant == first else Verdict.SURVIVED)) for mutant in mutants)

    results, said = Results(), StringIO()
    for name in (first.name, second.name, f"{file}:gone: 1 -> 2", "src/gone.py:: 1 -> 2"):
        results.add("2026-01-01", "apicontract.wire", Verdict.SURVIVED, name)
    try_again(Judging(RECORD, said), [], results, said)
    assert results.learned == {"apicontract.wire": [first.name]}
    assert results.survivors == {"apicontract.wire": [second.name]}
    assert [line.partition(":")[0] for line in said.getvalue().splitlines()] == ["gone", "gone", "learned"]


def test_another_run_of_a_day_draws_others() -> None:
    results = Results()
    assert results.unused("2026-01-01") == "2026-01-01"
    results.add("2026-01-01", "codegen", Verdict.CAUGHT, "a")
    results.add("2026-01-01 2", "codegen", Verdict.CAUGHT, "b")
    assert results.unused("2026-01-01") == "2026-01-01 3"


def test_a_line_that_more_tests_run_than_were_kept_is_judged_by_those_of_its_package_too() -> None:
    kept = {f"tests/laws/b.py::many[{number}]": 0.01 for number in range(KEPT)}
    near = {"tests/wire/a.py::slow[1]": 5.0, "tests/wire/a.py::slow[2]": 2.0, "tests/wire/a.py::quick": 0.5}
    record = Record({**kept, **near, "tests/checks/c.py::far": 0.1}, {"src/apicontract/wire/sse.py": {"7": [*kept]}})
    chosen = record.choose(Mutant("src/apicontract/wire/sse.py", "f", 7, "", "", "", 0, 0)).tests
    assert chosen[-3:] == ("tests/wire/a.py::quick", "tests/wire/a.py::slow[2]", "tests/wire/a.py::slow[1]")
    assert set(chosen[:-3]) < kept.keys()


RECORD = Record(
    {"tests/wire/a.py::one": 1.0, "tests/laws/b.py::two": 0.1, "tests/laws/b.py::three": 9.0},
    {"src/apicontract/wire/sse.py": {"7": ["tests/laws/b.py::two", "tests/wire/a.py::one", "tests/laws/b.py::three"]}},
)


def test_the_tests_that_run_a_line_judge_it_the_nearest_first() -> None:
    chosen = RECORD.choose(Mutant("src/apicontract/wire/sse.py", "f", 7, "", "", "", 0, 0))
    assert chosen.tests == ("tests/wire/a.py::one", "tests/laws/b.py::two")  # the third takes too long
    assert chosen.seconds == pytest.approx(1.1)
    assert chosen.limit > 5 * chosen.seconds


def test_what_no_test_is_seen_to_run_is_judged_by_those_of_the_file_or_the_package() -> None:
    of_a_file = RECORD.choose(Mutant("src/apicontract/wire/sse.py", "f", 8, "", "", "", 0, 0))
    assert of_a_file.tests == ("tests/wire/a.py::one", "tests/laws/b.py::two")
    assert RECORD.choose(Mutant("src/apicontract/wire/other.py", "f", 8, "", "", "", 0, 0)).tests == (
        "tests/wire/a.py::one",
    )


@pytest.mark.parametrize("fault", byhand.FAULTS, ids=lambda fault: fault.what)
def test_a_fault_planted_by_hand_replaces_a_function(fault: byhand.Fault) -> None:
    source = (ROOT / fault.file).read_bytes()
    name = fault.function.rpartition(".")[2]
    assert f"def {name}(" in source.decode().split("\n")[fault.line(source.decode()) - 1]
    ast.parse(fault.applied(source))


def test_no_fault_is_taken_for_the_one_before_it(tmp_path: Path) -> None:
    """Python compiles a file again if its size or its whole second differ: of two faults, the size is often one."""
    tree = object.__new__(Tree)
    tree.root, tree._planted = tmp_path, 0
    file = tmp_path / "a.py"
    file.write_bytes(b"0")
    times = [file.stat().st_mtime]
    for fault in (b"1", b"2"):
        with tree.planted("a.py", fault):
            assert file.read_bytes() == fault
            times.append(file.stat().st_mtime)
        assert (file.read_bytes(), file.stat().st_mtime) == (b"0", times[0])
    assert len({int(time) for time in times}) == 3


@pytest.mark.deep
def test_a_copy_is_caught_with_its_fault_and_green_without(tmp_path: Path) -> None:
    """What is imported there is the copy, and what was planted is taken out again."""
    tree, file, tests = Tree(tmp_path), "src/apicontract/wire/ndjson.py", ["tests/wire/test_ndjson.py"]
    source = (tree.root / file).read_bytes()
    try:
        assert tree.pytest(tests, 60) == Run(Verdict.SURVIVED)
        assert tree.judged(file, source.replace(b"shows them", b"shows THEM"), tests, 60).verdict is Verdict.SURVIVED
        assert tree.judged(file, source.replace(b"\\n", b"\\r"), tests, 60).verdict is Verdict.CAUGHT
        assert (tree.root / file).read_bytes() == source
        assert tree.judged(file, source.replace(b"\\n", b"\\r"), tests, 60).verdict is Verdict.CAUGHT
        harmless = source.replace(
            b'"""', b"'''"
        )  # as long as the fault before, whose compiled form is not taken for it
        assert tree.judged(file, harmless, tests, 60).verdict is Verdict.SURVIVED
        assert tree.judged(file, b"raise TypeError", tests, 60).verdict is Verdict.BROKEN
        assert tree.judged(file, source + b"\nwhile True: pass\n", tests, 5).verdict is Verdict.SLOW
        red = tree.root / "tests" / "wire" / "test_red.py"
        red.write_text("def test_red():\n    assert False\n", encoding="utf-8")
        assert tree.judged(file, source, ["tests/wire/test_red.py"], 60).verdict is Verdict.RED
        assert tree.pytest(["tests/none.py"], 60).verdict is Verdict.BROKEN
        assert tree.judged(file, source, ["tests/none.py"], 60).verdict is Verdict.RED
        waits = "from tests.support.patience import PATIENCE\n\n\ndef test_waits():\n    assert PATIENCE == 20\n"
        red.write_text(waits, encoding="utf-8")
        assert tree.pytest(["tests/wire/test_red.py"], 60).verdict is Verdict.SURVIVED
    finally:
        tree.close()
