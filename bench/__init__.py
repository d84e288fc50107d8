"""What Goldset costs, as ratios within one run: machines are noisy, but both sides of a ratio met the same noise.

`make bench` prints a table and writes it as JSON to bench/results/. Nothing here is part of the test run.
"""
