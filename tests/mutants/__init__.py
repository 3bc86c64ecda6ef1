"""Planted faults: a suite is worth what it catches, so one fault at a time is put in, and the tests must fail.

`python -m tests.mutants` (`make mutants`) tries mutants of the code: `operators` says what is changed and by whose
operators, `sample` which changes are tried on a day, `choice` which tests judge one, `tree` and `server` where they are
run, and `results` what became of all that were tried so far. `byhand` has what no operator expresses.

`python -m tests.mutants.constraints` (`make constraints`) changes constraints of the document, found by `document`.
"""
