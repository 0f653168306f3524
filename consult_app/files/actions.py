"""What one can do with attachments."""

import hashlib

from consult_app.audit import chain
from consult_app.files.rules import media_type
from consult_app.files.tables import Attachment
from consult_app.kernel.text import required
from consult_app.storage.store import Work


def attach(work: Work, subject: str, kind: str, name: str, content: bytes) -> int:
    """Attach a picture or PDF to a record and return the attachment's number.

    `subject` is `noun:id`; `kind` says in Chinese what it is (现场照片, 张贴照片, 签字扫描件).
    """
    name = required(name.replace("\\", "/").rsplit("/", 1)[-1], "文件名", 200)
    found = Attachment(
        subject=subject,
        kind=kind,
        name=name,
        media_type=media_type(name, content),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        attached_at=work.now,
        content=content,
    )
    work.db.add(found)
    work.db.flush()
    chain.append(work, "file.attached", subject, attachment=found.id, kind=kind, name=name, sha256=found.sha256)
    return found.id
