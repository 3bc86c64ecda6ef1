"""Planted faults: a suite is worth what it catches, so one fault at a time is put in, and the tests must fail.

`python -m tests.mutants` (`make mutants`) plants

*document faults* (`document`): each constraint of the bundled document removed or moved by one step, found by walking
the document. The literal table of `tests/facts` judges them without a run of pytest, and one of each kind is planted
for real, so that the short way is known to say what pytest says (`judge`).

A planted fault lives in a copy of the project (`tree`). A fault survives if all of `tree.SUITE` stays green.
"""
