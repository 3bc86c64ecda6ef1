"""YAML is read by version 1.2."""

from __future__ import annotations

from apicontract.openapi import yaml12


def test_yaml_is_read_by_version_1_2() -> None:
    """Words that YAML 1.1 takes for booleans, times and octal numbers are what they look like; keys are text."""
    text = (
        b"{on: off, y: no, at: 2025-08-01, time: 12:30:00, ten: 010, hex: 0x1F, oct: 0o17, big: 1e3, half: .5, none: ~,"
        b" no: null, yes: true, 200: ok}"
    )
    assert yaml12.load(text) == {
        "on": "off",
        "y": "no",
        "at": "2025-08-01",
        "time": "12:30:00",
        "ten": 10,
        "hex": 31,
        "oct": 15,
        "big": 1000.0,
        "half": 0.5,
        "none": None,
        "no": None,
        "yes": True,
        "200": "ok",
    }
