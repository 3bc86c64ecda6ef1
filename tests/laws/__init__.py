"""Laws: properties that hold for every request, response, listing, form and stream of the document, with every client.

A law is one test over all operations that it applies to. These are read from the document, so a new operation is under
every law from then on. The clients under test are subjects: `subjects.py` has their interface. `laws.py` defines laws,
and `python -m tests.laws.report` prints which subject keeps which law.
"""
