"""Look at one attached picture or PDF."""

from PySide6.QtWidgets import QWidget

from consult_app.files.queries import attachment, content
from consult_app.kernel.text import moment_words
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.widgets.preview import Preview


class ShowAttachment(Sheet):
    """The file in place, with its name, kind and day."""

    def __init__(self, desk: Desk, attachment_id: int, parent: QWidget | None = None) -> None:
        found = desk.ask(attachment, attachment_id)
        note = f"{found.kind}，{moment_words(found.attached_at)}附上"
        super().__init__(found.name, note, leave="关闭", width=760, parent=parent)
        preview = Preview()
        preview.setMinimumHeight(460)
        data = desk.ask(content, attachment_id)
        if found.media_type == "application/pdf":
            preview.show_pdf(data)
        else:
            preview.show_picture(data)
        self.add(preview)
