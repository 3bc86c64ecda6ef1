"""Recorded traffic (HAR 1.2, VCR cassettes, nock, NDJSON) as exchanges, and what a contract says of them.

    for checked in check_all(contract, read(path), source=str(path)):
        print(checked.label, checked.operation, *checked.findings)

The kinds are recognised by content; `kinds` says how to add one. `read` yields one exchange after the other: the file's
bytes are held, the values of one exchange at a time are built.
"""

from apicontract.traffic.recordings.check import CheckedExchange, check, check_all
from apicontract.traffic.recordings.kinds import RECORDINGS, Kind
from apicontract.traffic.recordings.model import Recorded, RecordingInvalid, Unknown, Unreadable
from apicontract.traffic.recordings.read import read

__all__ = [
    "RECORDINGS",
    "CheckedExchange",
    "Kind",
    "Recorded",
    "RecordingInvalid",
    "Unknown",
    "Unreadable",
    "check",
    "check_all",
    "read",
]
