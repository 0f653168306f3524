"""What may be attached, and how a file's kind is told from its first bytes."""

from consult_app.kernel.errors import Refused

MAX_BYTES = 30 * 1024 * 1024
"""Largest attachment, in bytes: a scan of some thirty pages."""

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)


class TooLarge(Refused):
    """The file is larger than an attachment may be."""

    text = "文件「{name}」有 {megabytes} MB，附件最大 30 MB。"


class EmptyFile(Refused):
    """The file holds nothing."""

    text = "文件「{name}」是空的。"


class UnknownKind(Refused):
    """The file is neither a picture nor a PDF."""

    text = "文件「{name}」不是图片或 PDF，不能作为附件。请用 JPG、PNG、TIFF 或 PDF。"


def media_type(name: str, content: bytes) -> str:
    """The media type by the file's first bytes, never by its name; refused unless a picture or a PDF of a fair size."""
    if not content:
        raise EmptyFile(name=name)
    if len(content) > MAX_BYTES:
        raise TooLarge(name=name, megabytes=len(content) // (1024 * 1024))
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    raise UnknownKind(name=name)
