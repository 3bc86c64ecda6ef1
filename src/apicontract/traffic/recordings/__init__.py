"""Floor 4: recorded traffic (HAR 1.2, VCR cassettes) as exchanges, and what a contract says of them.

    for verdict in check_all(contract, read(path), source=str(path)):
        print(verdict.label, verdict.operation, *verdict.findings)

The formats are told apart by content. `read` yields one exchange after the other: the file's bytes are held, the values
of one exchange at a time are built.
"""

from apicontract.traffic.recordings.model import Recorded, RecordingInvalid, Unknown
from apicontract.traffic.recordings.read import read
from apicontract.traffic.recordings.verdict import Verdict, check, check_all

__all__ = ["Recorded", "RecordingInvalid", "Unknown", "Verdict", "check", "check_all", "read"]
