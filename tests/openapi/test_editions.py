"""The list of editions: names and days, and the problems of a list."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from apicontract.openapi.editions import Change, Editions, EditionsInvalid, EditionUnknown
from tests.openapi.documents import EDITIONS, FIRST, LAST, MARCH, MAY, NEXT, document

EDITION = Editions.read(EDITIONS)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        (None, LAST),
        ("2026-01", FIRST),
        ("2026-07", LAST),
        ("sdk-1.1", MARCH),
        ("2026-03-15", "2026-03-15"),
        (NEXT, LAST),
        ("2030-01-01", LAST),
        ("newest", LAST),
        ("oldest", FIRST),
    ],
)
def test_names_and_days_mean_a_day(name: str | None, day: str) -> None:
    """Rule 14: nothing means the newest edition, and so does a day after it."""
    assert EDITION.resolve(name) == day


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "2025-12-31",
            "2025-12-31 is before the first edition, 2026-01 of 2026-01-01; the API of that day is not known",
        ),
        (
            "sdk-1.2",
            "there is no edition 'sdk-1.2'; did you mean 'sdk-1.1'? "
            "known are sdk-1.0, sdk-1.1, 2026-01, 2026-07, and any day written as YYYY-MM-DD",
        ),
        (
            "2026-03",
            "there is no edition '2026-03'; did you mean '2026-03-01'? "
            "known are sdk-1.0, sdk-1.1, 2026-01, 2026-07, and any day written as YYYY-MM-DD",
        ),
        (
            "2026-13-01",
            "there is no edition '2026-13-01'; did you mean '2026-01'? "
            "known are sdk-1.0, sdk-1.1, 2026-01, 2026-07, and any day written as YYYY-MM-DD",
        ),
    ],
)
def test_what_is_not_known_is_refused(name: str, message: str) -> None:
    """Rule 14: a day before the first edition, and a name that nobody gave."""
    with pytest.raises(EditionUnknown) as caught:
        EDITION.resolve(name)
    assert str(caught.value) == message


def test_days() -> None:
    """Rules 13 and 15: the days on which a document is checked, those that are announced, and how a day is said."""
    assert EDITION.days == (FIRST, MARCH, MAY, LAST, NEXT)
    assert EDITION.announced == (NEXT,)
    assert (EDITION.first, EDITION.newest) == (FIRST, LAST)
    assert (EDITION.on(MARCH), EDITION.on(MAY)) == (f"on {MARCH}", f"by {MAY}")
    assert EDITION.changes[MAY] == Change("E2", by=True)
    assert [EDITION.in_force(day) for day in (FIRST, "2026-02-28", MARCH, "2027-01-01")] == [FIRST, FIRST, MARCH, NEXT]
    assert (EDITION.named(LAST), EDITION.named(MARCH)) == ("2026-07", None)
    assert [EDITION.remark(day) for day in (None, LAST, "2026-07", "2026-7-2")] == [""] * 4
    assert EDITION.remark("2026-07-02") == f"2026-07-02 is after the newest edition, {LAST}, which is used"


def test_newest_and_oldest_may_be_names_of_a_day() -> None:
    """A name that somebody gave counts, and an edition before a release; both ends may be meant."""
    given = Editions.read({**EDITIONS, "releases": {"newest": MARCH, "oldest": MARCH, "2026-01": FIRST}})
    assert [given.resolve(name) for name in ("newest", "oldest")] == [MARCH, MARCH]
    for name, near in (("newst", "newest"), ("oldst", "oldest")):
        with pytest.raises(EditionUnknown, match=f"there is no edition '{name}'; did you mean '{near}'"):
            EDITION.resolve(name)


def test_the_first_day_is_one_of_the_days_once() -> None:
    """It is in force from itself on, and no change before it counts."""
    days = {"2025-12-01": {"ledger": "E0"}, FIRST: {"ledger": "E1"}, **EDITIONS["days"]}
    given = Editions.read({**EDITIONS, "days": days})
    assert given.days == (FIRST, MARCH, MAY, LAST, NEXT)
    assert given.resolve(FIRST) == given.in_force(FIRST) == FIRST
    assert [given.in_force(day) for day in ("2026-01-02", "2026-04-30", MAY, LAST, "2026-08-31")] == [
        FIRST, MARCH, MAY, LAST, LAST,
    ]  # fmt: skip
    assert given.on("2026-02-02") == "on 2026-02-02"
    assert given.remark(NEXT) == f"{NEXT} is after the newest edition, {LAST}, which is used"


def test_a_release_may_be_of_the_first_day_and_share_the_name_of_an_edition_of_its_day() -> None:
    for releases in ({"r": FIRST}, {"2026-01": FIRST}, {}):
        assert Editions.read({**EDITIONS, "releases": releases}).releases == releases
    assert Editions.read({"editions": EDITIONS["editions"]}).days == (FIRST,)


def test_a_release_may_have_the_name_of_the_edition_of_its_day() -> None:
    assert Editions.read({**EDITIONS, "releases": {"2026-07": LAST}}).names == {"2026-01": FIRST, "2026-07": LAST}


def test_a_document_without_a_list_has_the_days_of_its_marks() -> None:
    """Rule 19: it is read at its newest day, and no day is before its first edition."""
    marked = document({"/things": {"x-since": MARCH}, "/others": {"x-until": LAST}}, editions=None)
    found = Editions.of(marked)
    assert found.resolve() == LAST
    assert found.resolve(FIRST) == FIRST
    assert found.announced == ()
    assert (found.first, found.newest, found.days) == ("0001-01-01", LAST, ("0001-01-01", MARCH, LAST))
    assert (found.on(MARCH), found.on(FIRST)) == (f"on {MARCH}", f"on {FIRST}")
    assert (found.resolve("2030-01-01"), found.remark("2030-01-01")) == ("2030-01-01", "")
    assert found.in_force(MARCH) == MARCH
    with pytest.raises(EditionUnknown, match=r"there is no edition 'x'; known is any day written as YYYY-MM-DD"):
        found.resolve("x")
    with pytest.raises(EditionUnknown, match=r"'2026-03'; did you mean '2026-03-01'[?] known is any day"):
        found.resolve("2026-03")
    assert Editions.of(document(editions=None)).resolve("2026-01-01") == "2026-01-01"


def test_a_document_carries_its_list() -> None:
    """The list of the bundled document is that of the file, unchanged."""
    assert Editions.of(document()) == EDITION


WRONG: list[tuple[Any, list[str]]] = [
    (None, ["#/x-editions: the list of editions is not a mapping; begin it with 'editions:'"]),
    ({}, ["#/x-editions/editions: there is no list of editions; list at least one, the newest last"]),
    (
        {"editions": [{"day": FIRST, "name": "a", "package": "p"}]},
        ["#/x-editions/editions/0: the edition has no 'witness'; write it as a string"],
    ),
    (
        {"editions": [{"day": FIRST, "name": "", "package": 5, "witness": "w"}]},
        [
            "#/x-editions/editions/0/name: the edition has no 'name'; write it as a string",
            "#/x-editions/editions/0/package: the edition has no 'package'; write it as a string",
        ],
    ),
    (
        {
            "editions": [
                {"day": FIRST, "name": "a", "package": "p", "witness": "w"},
                {"day": FIRST, "name": "b", "package": "q", "witness": "w"},
            ],
            "b": 1,
            "c": 2,
        },
        [
            "#/x-editions/b: the key 'b' is not understood; write editions, releases or days",
            "#/x-editions/c: the key 'c' is not understood; write editions, releases or days",
            f"#/x-editions/editions/1/day: {FIRST} follows {FIRST}; write the newest edition last",
        ],
    ),
    (
        {"editions": ["a"]},
        ["#/x-editions/editions/0: the edition is not a mapping; write {day, name, package, witness}"],
    ),
    (
        {
            "editions": [
                {"day": MARCH, "name": "a", "package": "p", "witness": "w"},
                {"day": FIRST, "name": "a", "package": "p", "witness": "w", "note": ""},
                {"day": FIRST, "name": "a", "package": "p", "witness": "w"},
                {"day": "2026-2-1", "name": LAST, "package": "q", "witness": "w"},
            ],
        },
        [
            "#/x-editions/editions/1/note: the key 'note' is not understood; write day, name, package, witness",
            f"#/x-editions/editions/2/day: {FIRST} follows {MARCH}; write the newest edition last",
            "#/x-editions/editions/2/name: two editions have the name 'a'; rename one of them",
            "#/x-editions/editions/2/package: two editions have the package 'p'; rename one of them",
            "#/x-editions/editions/3/day: '2026-2-1' is not a day; write it as 2026-04-02",
            f"#/x-editions/editions/3/name: the name {LAST!r} is a day; write another name",
        ],
    ),
    (
        {
            **EDITIONS,
            "day": {},
            "days": {
                MAY: {"ledger": "E1"},
                MARCH: {"ledger": "E1", "bye": True},
                LAST: {},
                "soon": {"ledger": "E1", "by": "then"},
            },
        },
        [
            "#/x-editions/day: the key 'day' is not understood; write editions, releases or days",
            f"#/x-editions/days/{MARCH}: {MARCH} follows {MAY}; write the days in order",
            f"#/x-editions/days/{MARCH}/bye: the key 'bye' is not understood; write ledger, or by: true",
            f"#/x-editions/days/{LAST}: {LAST} has no source; write {{ledger: ENTRY}}",
            "#/x-editions/days/soon: 'soon' is not a day; write it as 2026-04-02",
            "#/x-editions/days/soon/by: 'by' is 'then'; write true, or remove it",
        ],
    ),
    ({**EDITIONS, "days": []}, ["#/x-editions/days: the days are not a mapping; write {DAY: {ledger: ENTRY}}"]),
    ({**EDITIONS, "releases": []}, ["#/x-editions/releases: the releases are not a mapping; write {NAME: DAY}"]),
    (
        {**EDITIONS, "releases": {"a": "b", "c": "2025-01-01", "2026-07": FIRST, LAST: LAST}},
        [
            "#/x-editions/releases/a: 'b' is not a day; write it as 2026-04-02",
            "#/x-editions/releases/c: 2025-01-01 is before the first edition; remove the release, or add an edition",
            "#/x-editions/releases/2026-07: the name '2026-07' already means another day; rename it",
            f"#/x-editions/releases/{LAST}: the name {LAST!r} already means another day; rename it",
        ],
    ),
]


@pytest.mark.parametrize(("data", "messages"), WRONG)
def test_everything_wrong_with_a_list_is_said(data: Any, messages: list[str]) -> None:
    """All problems, with pointers into the document."""
    with pytest.raises(EditionsInvalid) as caught:
        Editions.of({**document(), "x-editions": copy.deepcopy(data)})
    assert [str(problem) for problem in caught.value.problems] == messages


def test_pointers_lead_into_the_file() -> None:
    """For the reader of `editions.yaml` itself."""
    with pytest.raises(EditionsInvalid, match=r"^#/editions: there is no list"):
        Editions.read({})
