"""Check the vendor's references and documents in a directory against what is committed: `make references DIR=…`.

Extracts the table of each dated reference and compares it with the committed one; runs the snippets of each reference
on a client that is generated for its day; checks the examples of the vendor's documents, and responses made from their
schemas; compares these documents with ours and with each other. The directory holds `sdk-reference-DAY.md` and
`vendor-DAY.yaml` or `.json`, possibly compressed by gzip.
`--write` writes the tables.
"""

from __future__ import annotations

import sys
from pathlib import Path

from codegen.__main__ import Failed
from tests.references import answers, documents, examples, extract, snippets
from tests.references.readings import ANSWERS, EXAMPLES, SNIPPETS
from tests.support.editions import contract_of


def main(arguments: list[str]) -> int:
    """Do all five; 1 if something is not as it should be."""
    folder = Path(next(argument for argument in arguments if not argument.startswith("--")))
    status = extract.main(arguments)
    if status > 1:
        return status
    status = max(status, documents.main(folder, writes="--write" in arguments))
    if "--write" in arguments:
        return status
    return max(status, _snippets(folder), _examples(folder), _answers(folder))


def _snippets(folder: Path) -> int:
    wrong = 0
    for path in sorted(folder.glob("sdk-reference-????-??-??.md*")):
        day = path.name.removeprefix("sdk-reference-").partition(".")[0]
        try:
            outcomes = list(snippets.run(day, extract.read(path)))
        except Failed as failed:
            print(f"{day}: no client can be generated\n{failed}")
            wrong += 1
            continue
        refused = [one for one in outcomes if any(reading.explains(one.method, one.error) for reading in SNIPPETS)]
        others = [one for one in outcomes if (one.error or one.violations) and one not in refused]
        print(f"{day}: {len(outcomes)} snippets, {len(refused)} do not run as the ledger says, {len(others)} wrong")
        for one in others:
            print(f"  {one.method}: {one.error or one.violations[0]}")
        wrong += len(others)
    return int(wrong > 0)


def _examples(folder: Path) -> int:
    wrong = 0
    for day, document in examples.documents(folder):
        found = list(examples.check(day, document))
        if not found:
            continue
        broken = [one for one in found if one.violations]
        others = [one for one in broken if (one.operation, one.place) not in EXAMPLES]
        print(
            f"{day}: {len(found)} examples, {len(broken) - len(others)} differ as the ledger says, {len(others)} wrong"
        )
        for one in others:
            print(f"  {one.operation} {one.place}: {', '.join(one.violations or ())}")
        wrong += len(others)
    return int(wrong > 0)


def _answers(folder: Path) -> int:
    wrong = 0
    for day, document in examples.documents(folder):
        found = list(answers.check(contract_of(day), document))
        broken = [one for one in found if one.violations is None or one.violations]
        others = [one for one in broken if not answers.explained(one, ANSWERS)]
        print(
            f"{day}: {len(found)} answers, {len(broken) - len(others)} differ as the ledger says, {len(others)} wrong"
        )
        for one in others:
            print(f"  {one.operation} {one.status}: {', '.join(one.violations or ('no such answer',))}")
        wrong += len(others)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
