"""The documented facts of the API as a literal table, written by hand from the reference, and its comparison.

The laws of the suite are derived from the document, so a constraint that is loosened in `spec/` would loosen the laws
with it. This table does not come from the document: a row is what the vendor's reference says, or what the ledger
(`spec/DEVIATIONS.md`) chose where the sources leave a choice; such a choice has its number beside it (`A45`, `D1`).
Table and document must agree both ways: nothing missing, nothing invented.

The table of 2025-08 is in Python, that of the newest edition in `today.tsv`, what went since in `gone.tsv`, the days of
all changes in `days.tsv`; `today` says how to read these. All other facts, of all days, are in `forms.tsv`, which has
no sources: it holds what the document said when it was last read against them; `forms` says how to read it.

`rows` says how to read a row. The table is in the modules named after the resources, with what they share in `common`.
"""
