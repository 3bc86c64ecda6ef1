"""A one-line summary, so that a run in which nothing was checked does not look like one without violations."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from apicontract.traffic.taps import libraries

HOSTS = 3
"""The maximum number of other hosts to list."""
NOT_TAPPED = ("curl_cffi", "niquests", "pycurl", "tornado.httpclient", "twisted.web.client")
"""Well-known libraries that send requests on their own and have no tap."""


@dataclass(slots=True)
class Seen:
    """The exchanges that one or several processes have seen."""

    followed: Counter[str] = field(default_factory=Counter)
    """The number of exchanges with the API, by library."""
    others: Counter[str] = field(default_factory=Counter)
    """The number of exchanges with other hosts, by host."""
    findings: int = 0
    known: int = 0
    """The number of violations that a baseline or an `ignore` let pass."""

    def add(self, other: Seen) -> None:
        """Add the exchanges of another process."""
        self.followed.update(other.followed)
        self.others.update(other.others)
        self.findings += other.findings
        self.known += other.known

    def line(self, title: str) -> str:
        """Return the summary line; `title` is that of the document."""
        total = self.followed.total()
        if not total:
            return f"no exchange with the API was checked{self._elsewhere()}; {title}"
        libraries = ", ".join(f"{name} {count:,}" for name, count in sorted(self.followed.items()))
        findings = f"{self.findings:,} finding{'' if self.findings == 1 else 's'}" if self.findings else "no finding"
        findings += f", {self.known:,} known" if self.known else ""
        checked = f"{total:,} exchange{'' if total == 1 else 's'} checked ({libraries})"
        return f"{checked}, {findings}{self._elsewhere()}; {title}"

    def _elsewhere(self) -> str:
        total = self.others.total()
        if not total:
            return ""
        hosts = ", ".join(f"{host or '?'} {count:,}" for host, count in self.others.most_common(HOSTS))
        return f", {total:,} with other hosts ({hosts}{', …' if len(self.others) > HOSTS else ''})"


def imported(names: Iterable[str]) -> list[str]:
    """Return the libraries that this process has imported."""
    return sorted(name for name in names if name in sys.modules)


def why_nothing(hooked: Iterable[str], deaf: Iterable[str]) -> str:
    """Explain which libraries were observed, and which were not: `hooked` and `deaf` are imported libraries."""
    hooked = sorted(set(hooked))
    parts = [f"observed: {', '.join(hooked) or 'none'}"]
    rest = [name for name in libraries() if name not in hooked]
    if rest:
        parts.append(f"never imported: {', '.join(rest)}")
    if deaf := sorted(set(deaf)):
        parts.append(f"imported, but cannot be observed: {', '.join(deaf)}")
    return f"{'; '.join(parts)}; what other processes send is not seen"
