"""Programs that are read by type checkers, and by the tests that see to it that they leave nothing out."""
