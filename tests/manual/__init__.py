"""Run the pages of the manual: README.md, docs/ and examples/README.md."""
