"""Mutation testing: one fault at a time is planted, and the tests must fail.

`python -m tests.mutants` (`make mutants`) tries mutants of the code: `operators` has the changes, `sample` selects
those of a day, `choice` selects the tests for each, `tree` and `server` run them, and `results` has the outcomes so
far. `byhand` has faults that no operator expresses.

`python -m tests.mutants.constraints` (`make constraints`) changes constraints of the document, found by `document`.
"""
