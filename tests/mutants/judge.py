"""The short way to judge a document fault: ask the table of facts in this process, as its own tests ask it.

A fault on which the table is silent is for pytest to judge, with everything else that there is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import Any

from tests.facts import test_facts as facts
from tests.facts.comparison import Facts, differences, gather
from tests.facts.found import Reading
from tests.facts.stated import stated
from tests.mutants.document import FILE, DocumentFault
from tests.mutants.tree import ROOT

FACTS = "tests/facts"

_CRASHES = (AssertionError, LookupError, TypeError, ValueError, AttributeError, RecursionError)
"""What a test of the facts fails with when the document is not what it reads; anything else ends the run."""
_CHUNK = 8


@cache
def bundled() -> Any:
    """Return the bundled document as JSON, as the tests get it."""
    return json.loads((ROOT / FILE).read_text())


def finding(raw: Mapping[str, Any]) -> str | None:
    """Return the first thing that the tests of the facts tell of a document; `None` if they are all green."""
    try:
        reading = Reading(raw)
        facts.test_the_table_has_the_28_operations_and_the_document_no_others(reading)
        for operation in facts.ROWS:
            found = gather(reading.found(operation))
            for difference in differences(operation, _stated(operation), found):
                return difference
        for operation in facts.ROWS:
            facts.test_the_document_says_what_the_table_states_and_nothing_else(reading, operation)
        facts.test_the_service_is_where_the_reference_says(raw)
        for row, rule in facts.RULES:
            facts.test_a_rule_holds(reading, row, rule)
        facts.test_every_rule_of_the_document_is_in_the_table(reading)
    except _CRASHES as error:
        return " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return None


@cache
def _stated(operation: str) -> Facts:
    return gather(stated(facts.ROWS[operation]))


def findings(faults: Sequence[DocumentFault], workers: int) -> Iterator[tuple[DocumentFault, str | None]]:
    """Judge faults in several processes, and yield each with what is told of it."""
    with ProcessPoolExecutor(workers) as pool:
        yield from zip(faults, pool.map(_judge, faults, chunksize=_CHUNK), strict=True)


def _judge(fault: DocumentFault) -> str | None:
    return finding(fault.applied(bundled()))
