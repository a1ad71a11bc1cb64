"""Speed against baselines: ratios of whole processes, measured in turn in one run. `python -m benchmarks`."""
