"""F1 on every page."""

import pytest

from ui.dialogs.help import help_text
from ui.pages import PAGES


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_help_of_its_own(page: str) -> None:
    own, _, keys = help_text(page).partition("###")
    assert len(own.strip()) > 20
    assert "Ctrl K" in keys
