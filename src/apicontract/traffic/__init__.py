"""Exchanges from anywhere, and findings about them.

`taps` sees those of the HTTP libraries of this process, `recordings` reads those of files, `payloads` bodies alone.
"""

from apicontract.traffic.findings import Finding, Side

__all__ = ["Finding", "Side"]
