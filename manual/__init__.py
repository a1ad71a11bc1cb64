"""The documentation site: pages that are made from the data of the product itself, so that they cannot fall behind."""
