"""Say in Chinese what is wrong with a command as it was typed."""

import re

from typer import _click
from typer.exceptions import TyperException

from consult_app.kernel.errors import Refused

WRONG = (_click.ClickException, TyperException)
"""What the command-line library raises for wrong usage."""


class WrongUsage(Refused):
    """The command was typed wrongly."""

    text = "命令用法不对：{what}。用 --help 查看用法。"


def wrong_usage(error: Exception) -> WrongUsage:
    """The refusal for a usage error of the command-line library."""
    return WrongUsage(what=_what(error))


def _what(error: Exception) -> str:
    named = _click.exceptions
    if isinstance(error, named.MissingParameter):
        return f"缺少 {_name(error)}"
    if isinstance(error, named.NoSuchOption):
        return f"没有选项 {error.option_name}"
    if isinstance(error, named.BadParameter):
        return f"{_name(error)} 的值不能用（{_why(error)}）"
    if isinstance(error, named.FileError):
        return f"打不开文件 {error.ui_filename}"
    words = getattr(error, "message", str(error))
    for english, chinese in _SENTENCES:
        if found := re.match(english, words):
            return chinese.format(*found.groups())
    return words.rstrip(".")


_SENTENCES = (
    (r"No such command '(.*?)'", "没有命令 {0}"),
    (r"Option '(.*?)' requires", "选项 {0} 后面缺少内容"),
    (r"Option '(.*?)' does not take", "选项 {0} 后面不带内容"),
    (r"Got unexpected extra arguments? \((.*)\)", "多余的内容 {0}"),
    (r"Missing command", "缺少子命令"),
)
"""What the command-line library says of a command as a whole, and how it is said here."""

_FAULTS = {
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
}
"""What the library finds wrong with one value, by its own name for it."""


def _why(error: Exception) -> str:
    """Why a value cannot be used, from the check that failed."""
    report = getattr(error.__cause__, "errors", None)
    if report is None:
        return str(getattr(error, "message", error)).rstrip(".")
    fault = report()[0]
    if fault["type"] in _FAULTS:
        return _FAULTS[fault["type"]].format(**fault.get("ctx", {}))
    choices = re.findall("'([^']*)'", fault["msg"].partition("is not one of")[2])
    return f"应为 {'、'.join(choices)} 之一" if choices else f"不认识「{fault['input']}」"


def _name(error: "_click.exceptions.BadParameter") -> str:
    if error.param is None:
        return "参数"
    return "/".join(error.param.opts)
