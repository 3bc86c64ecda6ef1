"""The pages that people read: README.md, docs/ and examples/README.md, done as they say."""
