"""Laws: what holds for every request, answer, listing, form and stream of the document, whichever client is asked.

A law is one test over all operations that it concerns. Which ones those are is read from the document, so an operation
that is added to it is under every law from then on. The clients under test are subjects: `subjects.py` says what a law
may ask of them. `laws.py` says what a law is, and `python -m tests.laws.report` prints which subject keeps which.
"""
