"""A slow, plain second implementation of the rules, to test the package against. It imports nothing of the package."""
