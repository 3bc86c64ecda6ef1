"""Tests of floors 0 to 3: document, schema, wire, check."""
