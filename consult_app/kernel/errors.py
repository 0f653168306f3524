"""Refusals: what a rule or a file says no to, in the user's words.

Anything else that is raised is a bug. Both are caught at three edges only: the window's desk, the web site, the command line.
"""

import errno
from collections.abc import Mapping
from typing import ClassVar


class Refused(Exception):
    """A rule says no. Subclasses hold the Chinese sentence; facts are filled in by name.

    `field` names the form field the refusal belongs to, so that a page can say it beside that field.
    """

    text: ClassVar[str] = "无法办理。"
    field: str | None = None

    def __init__(self, *, field: str | None = None, **facts: object) -> None:
        self.facts: Mapping[str, object] = facts
        self.field = field or type(self).field
        super().__init__(self.text.format(**facts))


class Missing(Refused):
    """Something asked for by its number does not exist."""

    text = "找不到{what} {id}。"


class Blank(Refused):
    """A field that must be filled in is empty."""

    text = "请填写{what}。"


class TooLong(Refused):
    """A text is longer than its field takes (characters)."""

    text = "{what}最多 {limit} 个字，现在是 {length} 个字。"


def reason_of(error: OSError) -> str:
    """Why a file or folder could not be used, in Chinese; the system's own words where they are not foreseen."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EEXIST: "那里已经有同名的文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "那里是一个文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.ENAMETOOLONG: "名称太长",
    errno.EBUSY: "正被其他程序使用",
}
