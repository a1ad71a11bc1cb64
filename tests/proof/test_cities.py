"""Books of many generated cities: a tenth of what `make nightly` looks at, of each city two books, the kinds in turn."""

import pytest

from benchmarks.nightly import CITIES, LEAST, MOST, build, sizes, some

pytestmark = pytest.mark.proof


def test_the_cities_cover_the_range():
    staff = [size for _, size in sizes(CITIES // 10)]
    assert (min(staff), max(staff), len(staff)) == (LEAST, MOST, 20)


@pytest.mark.parametrize("number", range(4))
def test_books_of_generated_cities(number, tmp_path, validate):
    """Five cities a test: lint, Open XML SDK, LibreOffice's own result of every formula."""
    books = []
    for place, (seed, staff) in list(enumerate(sizes(CITIES // 10)))[number::4]:
        books += some(build(tmp_path / str(seed), seed, staff), place)
    done = validate(*books)
    assert done.returncode == 0, done.stdout
    assert "10 workbooks, all valid" in done.stdout
