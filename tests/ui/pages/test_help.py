"""F1 on every page."""

import pytest

from ui.dialogs.help import help_text
from ui.pages import PAGES


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_help_of_its_own(page: str) -> None:
    own, _, keys = help_text(page).partition("###")
    assert len(own.strip()) > 20
    assert "Ctrl K" in keys


@pytest.mark.parametrize("limit", ["组织者虚列没有到场的人", "买票的人、留下选票文件的人", "收买、胁迫"])
def test_the_help_of_a_vote_states_what_codes_and_words_cannot_do(limit: str) -> None:
    paragraph = next(one for one in help_text("vote").split("\n\n") if one.startswith("这些办法防什么、不防什么"))
    assert limit in paragraph.partition("不能防止")[2]
