"""Exchanges from any source, and findings about them.

`taps` observes the HTTP libraries of this process, `recordings` reads files of recorded exchanges, and `payloads` reads
bodies alone.
"""

from apicontract.traffic.findings import Finding, Side

__all__ = ["Finding", "Side"]
