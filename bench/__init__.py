"""Measures of the portal against a bare floor, in the same run: `make bench`."""
