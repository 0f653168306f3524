"""The remote of the big screen: what it shows now, what it could show, the next, blank, off."""

from functools import partial
from typing import Any

from ui.desk import Desk
from ui.projector.screen import WORDS
from ui.widgets.button import Button, quiet
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.text import small


class RemoteCard(Card):
    """大屏. `turn_to(kinds, **place)` says what can be shown and of what."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("大屏")
        self.big = desk.screen
        self.place: dict[str, Any] = {}
        self.kinds: tuple[str, ...] = ()
        self.pills = {kind: Button(words, partial(self.show_kind, kind), "tab") for kind, words in WORDS.items()}
        for pill in self.pills.values():
            pill.setCheckable(True)
        self.now = small()
        self.head.addWidget(self.now)
        self.next_button, self.off = (
            quiet("下一幕", self.show_next, icon="arrow-right"),
            quiet("关闭大屏", self.big.close),
        )
        flow = Flow(6)
        for pill in self.pills.values():
            flow.addWidget(pill)
        flow.addWidget(self.next_button)
        flow.addWidget(self.off)
        self.add(flow)
        self.big.changed.connect(self.refresh)

    def turn_to(self, kinds: tuple[str, ...], **place: Any) -> None:
        """Offer scenes of a meeting, a matter or a motion."""
        self.kinds, self.place = kinds, place
        self.refresh()

    def show_kind(self, kind: str) -> None:
        """Show a scene; what cannot be shown is refused and the screen stays as it is."""
        self.refresh()
        self.big.show(kind, **self.place)

    def show_next(self) -> None:
        """Show what comes after the present scene, the first when the screen is off."""
        following = self._following()
        if following:
            self.big.show(following, **self.place)

    def refresh(self) -> None:
        """Say what is shown now."""
        for kind, pill in self.pills.items():
            pill.setVisible(kind in self.kinds)
            pill.setChecked(kind == self.big.kind)
        self.now.say(f"正在显示：{self.big.words}" if self.big.kind else "未开启")
        self.off.setVisible(bool(self.big.kind))
        following = self._following()
        self.next_button.rename(f"下一幕：{WORDS[following]}" if following else "下一幕")
        self.next_button.allow("" if following else "后面没有可显示的内容。")

    def _following(self) -> str:
        at = self.kinds.index(self.big.kind) if self.big.kind in self.kinds else -1
        return self.kinds[at + 1] if at + 1 < len(self.kinds) else ""
