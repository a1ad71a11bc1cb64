"""The invented city: a realistic roster and its settings out of nothing but a seed and templates/sample.toml. Pure."""

from hrbook.sample.city import MIN_STAFF, build_city
from hrbook.sample.tables import City, Table, Tables, Value

__all__ = ["MIN_STAFF", "City", "Table", "Tables", "Value", "build_city"]
