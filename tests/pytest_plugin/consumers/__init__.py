"""Tests of consumers, run by pytest inside our tests; by their names, pytest does not collect them here."""
