"""A dialog with a form: refusals stand beside their field, and what was typed is kept when it is left with Esc."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget

from consult_app.kernel.errors import Refused
from ui.dialogs.sheet import Sheet
from ui.widgets.file_picker import PICTURES, FilePicker
from ui.widgets.form import Form
from ui.widgets.layout import column

Drafts = dict[tuple[str, ...], dict[str, Any]]
"""What was typed into sheets that were left, by sheet and matter; lives as long as the page."""


class FormSheet(Sheet):
    """A sheet whose content is a form. `decide` runs on the primary button and may raise `Refused`."""

    def __init__(
        self,
        title: str,
        note: str = "",
        *,
        action: str,
        decide: Callable[[], object],
        columns: int = 1,
        width: int = 520,
        look: str = "primary",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, note, action=action, decide=self._checked, look=look, width=width, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._form_decides, self.form = decide, Form(columns)
        self.pickers: dict[str, FilePicker] = {}
        self.add(self.form)

    def files(
        self, name: str, label: str, *, kinds: tuple[str, Sequence[str]] = PICTURES, many: bool = True, **rest: Any
    ) -> FilePicker:
        """A field of files, read as (name, content) of each."""
        picker = self.pickers[name] = FilePicker(kinds, many=many)
        self.form.add(name, label, picker, picker.read, **rest)
        picker.changed.connect(self.form.clear_errors)
        return picker

    def limit(self, height: int) -> QScrollArea:
        """Let the form scroll in at most `height` pixels, for forms that are taller than a laptop's screen."""
        inside = QWidget()
        self.body.removeWidget(self.form)
        inside.setLayout(column(self.form, None, gap=0, margins=(0, 0, 12, 0)))
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the field that has the focus
        area.setWidget(inside)
        area.setMinimumHeight(min(height, inside.sizeHint().height()))
        self.body.insertWidget(0, area)
        return area

    def keep_in(self, drafts: Drafts, *key: str) -> "FormSheet":
        """Fill in what was typed when a sheet of this key was left, and keep it when this one is left."""
        if key in drafts:
            self._restore(dict(drafts[key]))
        self.rejected.connect(lambda: drafts.update({key: self._typed()}))
        self.accepted.connect(lambda: drafts.pop(key, None))
        return self

    def add_row(self, layout: QLayout) -> None:
        """Put a row under the form."""
        self.body.addLayout(layout)

    def show_refusal(self, refused: Refused) -> None:
        self.form.show_refusal(refused)

    def _checked(self) -> None:
        self.form.clear_errors()
        self._form_decides()

    def _typed(self) -> dict[str, Any]:
        kept = {name: field.read() for name, field in self.form.fields.items() if name not in self.pickers}
        return kept | {name: picker.paths for name, picker in self.pickers.items()}

    def _restore(self, typed: dict[str, Any]) -> None:
        for name, picker in self.pickers.items():
            paths: tuple[Path, ...] = typed.pop(name, ())
            if paths:
                picker.take(paths)
        self.form.fill(
            **{name: value for name, value in typed.items() if name in self.form.fields and value is not None}
        )
