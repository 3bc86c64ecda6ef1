"""Coverage of a contract: which operations, arguments, bounds, statuses and events a test run exercised.

    coverage = Coverage(contract)
    coverage.exchange(request, response, origin=Origin(0, "tests/test_search.py::test_search"))
    coverage.summary().cells.percent
    for cell, hit in coverage.cells(): ...

Coverage is counted in cells, which are computed from the document alone (`operation_cells`, `places`). The percentage
counts the cells that the contract admits; invalid values, such as one beyond a bound or outside a list, are a separate
figure, because a client that checks its arguments cannot send them. An exchange that does not conform is a finding, and
covers nothing.
"""

from apicontract.coverage.cells import Cell, Figure, Found, Hit, Kind, Origin, Summary, figures
from apicontract.coverage.counting import Coverage, CoverageInvalid, Identity

__all__ = [
    "Cell",
    "Coverage",
    "CoverageInvalid",
    "Figure",
    "Found",
    "Hit",
    "Identity",
    "Kind",
    "Origin",
    "Summary",
    "figures",
]
