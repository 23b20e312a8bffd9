"""The page of the calibration keeps what stands outside its marks."""

from calibration_page import between, table


def test_the_page_keeps_what_stands_outside_its_marks():
    page = "before\n<!-- found: fit -->\nold\n<!-- end -->\nafter <!-- found: x -->\n<!-- end -->\n"
    new = between(page, "fit", table(("a", "b"), [(1.23456, "x"), (float("nan"), 12345.0)]))
    assert new.startswith(
        "before\n<!-- found: fit -->\n| a | b |\n|---|---|\n| 1.23 | x |\n|  | 12,345 |\n<!-- end -->\nafter"
    )
    assert between(new, "fit", "old") == page
