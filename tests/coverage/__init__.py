"""Tests of the coverage of a contract: its cells, its count, its reports, and its part of the pytest plugin."""
