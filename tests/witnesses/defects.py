"""The known defects of the vendor's SDKs: the violations that a replay expects, and their entries in the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from tests.witnesses.store import Recorded
from twelvelabs_contract import Violation


@dataclass(frozen=True, slots=True)
class Defect:
    """A fault of an SDK: where it shows (patterns of `fnmatch`), in which releases, and the ledger's number of it."""

    ledger: str
    method: str
    where: str = "*"
    rule: str = "*"
    releases: str = "*"

    def explains(self, release: str, one: Recorded, violation: Violation | None) -> bool:
        """Say whether a violation, or a call that sent nothing (no violation), is this defect."""
        where, rule = (violation.where, violation.rule) if violation else ("", "silent")
        return (
            any(fnmatchcase(release, pattern) for pattern in self.releases.split())
            and any(fnmatchcase(one.method, pattern) for pattern in self.method.split())
            and fnmatchcase(where, self.where)
            and fnmatchcase(rule, self.rule)
        )


DEFECTS: tuple[Defect, ...] = (
    Defect("S2", "BaseClient.indexes.videos.list", "query.user_metadata*", "encoding"),
    Defect("S3", "*.update manage_videos.partial_update_video_information", "body", "missing", "python-*"),
    Defect("S21", "indexes.indexed_assets.list indexes.indexedAssets.list", "query.user_metadata*", "encoding"),
    Defect("S22", "data_connectors.authorize_connection", "url", "undeclared", "python-*"),
    Defect("S23", "tasks.transfers.create", "body", "missing", "python-1.1.0 python-1.2.?"),
    Defect("S23", "tasks.transfers.get_status", "query.index_id", "missing", "python-1.1.0 python-1.2.?"),
    Defect("S24", "tasks.transfers.*", "path", "removed", "python-1.2.3 python-1.2.4"),
)
"""The known defects; `test_replay.py` fails for a violation that none explains, and for a defect that explains none."""


def explained(release: str, one: Recorded, violation: Violation | None) -> Defect | None:
    """Return the defect that explains a violation, or a call that sent nothing."""
    return next((defect for defect in DEFECTS if defect.explains(release, one, violation)), None)


def unused(seen: Iterable[Defect]) -> list[Defect]:
    """Return the defects that explained nothing."""
    found = set(seen)
    return [defect for defect in DEFECTS if defect not in found]
