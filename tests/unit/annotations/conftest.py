"""A store of sixty respondents."""

from tests.sixty_respondents import path  # noqa: F401 - fixtures
