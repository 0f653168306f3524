"""Every name finds its character; what no font has is refused, never printed as a hole."""

import pytest

from consult_app.documents import fonts

RARE = "䶮㼆𬱖𫖯𠮷赟𠅤𬭎㛃㬎"


@pytest.mark.parametrize("face", ["body", "serif", "title", "hei", "kai"])
def test_every_face_draws_rare_names(face: str) -> None:
    assert all(fonts.glyph(face, character).width > 0 for character in RARE)


@pytest.mark.parametrize("face", ["body", "serif", "title", "hei", "kai"])
def test_punctuation_keeps_the_grid(face: str) -> None:
    assert all(fonts.glyph(face, character).wide for character in "，。“”‘’——……·（）《》：")


def test_missing_characters_are_refused_by_name() -> None:
    with pytest.raises(fonts.MissingGlyphs) as refused:
        fonts.require_glyphs(["王䶮", "张\U0003106b和\U0001f600"])
    assert "\U0003106b（U+3106B）" in str(refused.value)
    assert "U+1F600" in str(refused.value)
    assert "䶮" not in str(refused.value)


def test_selectors_and_controls_are_no_characters() -> None:
    fonts.require_glyphs(["葛\U000e0100城\u200b"])
    assert fonts.clean("葛\U000e0100城\u200b\x07\t一") == "葛城 一"


def test_line_of_the_standard_holds_twenty_eight_characters() -> None:
    assert fonts.Type("body", 16, 442.2 / 28).width("业" * 28) == pytest.approx(442.2)
