"""The stand is made once."""

import pytest

from tests.trust.stand import Stand, make_stand


@pytest.fixture(scope="session")
def stand(city) -> Stand:
    return make_stand(city / "input" / "roster.xlsx")
