"""Say in Chinese what is wrong with a command as it was typed."""

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
        return f"{_name(error)} 的值不能用（{error.message}）"
    if isinstance(error, named.FileError):
        return f"打不开文件 {error.ui_filename}"
    words = getattr(error, "message", str(error))
    if words.startswith("No such command"):
        return f"没有命令 {words.split(chr(39))[1]}"
    return words.rstrip(".")


def _name(error: "_click.exceptions.BadParameter") -> str:
    if error.param is None:
        return "参数"
    return "/".join(error.param.opts)
