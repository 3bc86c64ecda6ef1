"""Tests of the product: the bundled document, its generated client, and the vendor's SDK against both."""
