"""Tests of traffic from anywhere."""
