"""Tests of recorded traffic: HAR and VCR cassettes, read and checked."""
