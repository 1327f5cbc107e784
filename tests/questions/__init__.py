"""Tests of the banks that are shipped."""
