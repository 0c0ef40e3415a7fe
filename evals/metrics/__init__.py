"""Measures of one record each, a family a file; every value has its formula's source in the docstring."""
