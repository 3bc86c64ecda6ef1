"""Tests of consumers, run by pytest inside our tests; pytest does not collect them here, as their names say."""
