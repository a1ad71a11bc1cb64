"""hrbook: staff roster + human-resources policy -> judgements with evidence -> workbooks."""

__version__ = "0.1.0"
