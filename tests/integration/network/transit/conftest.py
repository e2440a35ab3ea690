"""A street and routers on it, for tests of changes."""

from tests.transit_streets import ask, headway_router, long_street  # noqa: F401 - fixtures
