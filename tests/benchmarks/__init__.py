"""Measurements beside the tests: how well and how fast migsearch finds, with its peers in the same run.

``make bench-relevance`` runs :mod:`benchmarks.relevance`, ``make bench-analysis`` :mod:`benchmarks.analysis`.
"""
