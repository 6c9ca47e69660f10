"""Pictures made fit: each repair where it is asked for, and nowhere else."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.readers.scan.image import letter_height, letters_of, marks_of, quarter_turned
from pipeline.readers.scan.level import level_turn, lies_across
from pipeline.readers.scan.prepare import prepare
from pipeline.readers.scan.rulings import find_tables
from pipeline.readers.scan.sheet import find_sheet
from tests.scans import degrade
from tests.scans.paper import Sheet


@pytest.fixture(scope="module")
def page() -> degrade.Image:
    """A page of print at 200 dpi."""
    sheet = Sheet()
    sheet.prose(24)
    return sheet.pixels(200)


@pytest.mark.parametrize("degrees", [-9.0, -2.4, -0.4, 0.0, 0.7, 3.3, 11.0])
def test_the_turn_of_a_page_is_found(page: degrade.Image, degrees: float) -> None:
    askew = degrade.rotated(page, degrees)  # counter-clockwise, as cv2 counts
    assert level_turn(letters_of(marks_of(cv2.cvtColor(askew, cv2.COLOR_RGB2GRAY)))) == pytest.approx(degrees, abs=0.1)


def test_a_good_page_keeps_its_size_and_place(page: degrade.Image) -> None:
    found = prepare(degrade.clean(page, 1))
    assert found.grey.shape == page.shape[:2]
    assert np.allclose(found.origin, np.eye(3))


@pytest.mark.parametrize(("dpi", "low", "high"), [(90, 15, 25), (150, 9, 14), (200, 14, 18), (300, 20, 27), (500, 15, 25)])
def test_letters_come_to_a_readable_size(dpi: int, low: int, high: int) -> None:
    sheet = Sheet()
    sheet.prose(20)
    found = prepare(sheet.pixels(dpi))
    assert low <= found.letters <= high
    assert low - 2 <= letter_height(letters_of(marks_of(found.grey))) <= high + 2


def test_blue_ink_fades_and_black_print_stays(page: degrade.Image) -> None:
    stamped = degrade.stamp(page, 3)
    clean, inked = prepare(degrade.clean(page, 3)).grey, prepare(stamped).grey
    dark = clean < 110
    assert (inked[dark] < 150).mean() > 0.98  # print under the seal is still dark
    assert (inked[clean > 200] < 110).mean() < 0.002  # and the seal is not


def test_black_print_alone_is_not_taken_for_ink(page: degrade.Image) -> None:
    assert np.array_equal(prepare(page).grey, cv2.cvtColor(page, cv2.COLOR_RGB2GRAY))


def test_light_is_made_even(page: degrade.Image) -> None:
    paper = prepare(degrade.uneven_light(page, 2)).grey
    corners = [paper[:60, :60], paper[:60, -60:], paper[-60:, :60], paper[-60:, -60:]]
    assert np.ptp([np.median(corner) for corner in corners]) < 20


def test_a_sheet_on_a_desk_is_found_and_a_bare_page_is_none(page: degrade.Image) -> None:
    photo = cv2.cvtColor(degrade.phone(page, 5), cv2.COLOR_RGB2GRAY)
    corners = find_sheet(photo)
    assert corners is not None
    assert 0.7 * photo.size < cv2.contourArea(corners) < 0.95 * photo.size
    for bare in (degrade.clean(page, 5), degrade.uneven_light(page, 5), degrade.skew(page, 5)):
        assert find_sheet(cv2.cvtColor(bare, cv2.COLOR_RGB2GRAY)) is None


@pytest.mark.parametrize("quarters", range(4))
def test_pages_laid_across_are_told(page: degrade.Image, quarters: int) -> None:
    grey = cv2.cvtColor(quarter_turned(page, quarters)[0], cv2.COLOR_RGB2GRAY)
    assert lies_across(letters_of(marks_of(grey))) == (quarters % 2 == 1)


@pytest.mark.parametrize("quarters", range(4))
def test_the_way_back_from_a_turned_picture(quarters: int) -> None:
    picture = np.zeros((40, 70), np.uint8)
    picture[5, 60] = 255  # y, x
    turned, back = quarter_turned(picture, quarters)
    y, x = (int(at[0]) for at in np.nonzero(turned))
    there = back @ [x + 0.5, y + 0.5, 1.0]  # the middle of the pixel
    assert there[:2] == pytest.approx([60.5, 5.5])


TABLE = [("№", "Поручение", "Срок"), ("1", "Провести обучение", "до 1 июня"), ("2", "Сдать отчёт", "постоянно")]


def test_a_ruled_table_has_its_cells() -> None:
    sheet = Sheet()
    sheet.prose(5)
    sheet.table(TABLE, (40, 260, 150))
    sheet.prose(4)
    found = prepare(sheet.pixels(200))
    tables, plain = find_tables(found.grey, found.letters)
    assert [[sum(cell is not None for cell in row) for row in table.rows] for table in tables] == [[3, 3, 3]]
    x0, y0, x1, y1 = tables[0].outer
    ink = (found.grey[y0:y1, x0:x1] < 128).sum(), (plain[y0:y1, x0:x1] < 128).sum()
    assert 0 < ink[1] < ink[0]  # the lines are gone, the words are not


def test_merged_cells_are_one() -> None:
    sheet = Sheet()
    sheet.table([("Раздел",), *TABLE], (40, 260, 150))
    found = prepare(sheet.pixels(200))
    (table,), _ = find_tables(found.grey, found.letters)
    assert next([cell is not None for cell in row] for row in table.rows) == [True, False, False]


def test_print_and_underlines_are_no_table(page: degrade.Image) -> None:
    sheet = Sheet()
    sheet.prose(6)
    sheet.signature("Председатель", "И.И. Тополев")
    sheet.signature("Секретарь", "В.П. Рябинина")
    for picture in (page, sheet.pixels(200)):
        found = prepare(picture)
        assert find_tables(found.grey, found.letters)[0] == []


@pytest.mark.parametrize("value", [0, 128, 255])
def test_an_empty_picture_is_no_trouble(value: int) -> None:
    for shape in ((1, 1), (3, 700), (900, 2), (600, 400)):
        assert prepare(np.full((*shape, 3), value, np.uint8)).letters == 0.0
