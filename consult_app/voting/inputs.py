"""Inputs of a case: plain JSON values, read strictly, with a Chinese sentence for whatever is wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import cleaned
from consult_app.voting.rules import Weight

AREA = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST = 10**12
MISSING = object()


class Endless(str):
    """A whole number with more digits than anything can have, as it was written."""


class BadInput(Refused):
    """A case cannot be read: a value is missing or of the wrong kind."""

    text = "输入项“{key}”{wrong}。"


class Impossible(BadInput):
    """A value is of the right kind but can never be true."""


@dataclass
class Inputs:
    """One JSON object, read key by key; `unread` names what nobody asked for.

    A negative number is read on, so that the answer can show the sums; `impossible` says which were.
    """

    values: Mapping[str, Any]
    path: str = ""
    read: set[str] = field(default_factory=set)
    impossible: list[str] = field(default_factory=list)

    @property
    def unread(self) -> list[str]:
        return sorted(set(self.values) - self.read)

    def has(self, key: str) -> bool:
        return key in self.values

    def count(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        value = self._value(key, default)
        if type(value) is not int:
            raise BadInput(key=self._name(key), wrong="须为整数")
        return self._bounded(key, value)

    def area(self, key: str) -> int:
        """An area in 0.01 m² from a decimal string (or a whole number of m²); never from a binary float."""
        value = self._value(key)
        if type(value) is int:
            return self._bounded(key, value) * 100
        if not isinstance(value, str) or not AREA.fullmatch(value):
            raise BadInput(key=self._name(key), wrong='须为写成字符串的十进制面积，如 "89.50"')
        whole, _, cents = value.lstrip("-").partition(".")
        if cents[2:].strip("0"):
            raise BadInput(key=self._name(key), wrong="最多两位小数")
        size = int(whole) * 100 + int(cents[:2].ljust(2, "0") or "0")
        return self._bounded(key, -size if value.startswith("-") else size)

    def weight(self, key: str, default: Weight | None = None) -> Weight:
        """An object `{area, heads}`."""
        if default is not None and key not in self.values:
            self.read.add(key)
            return default
        inner = self.inner(key)
        return Weight(inner.area("area"), inner.count("heads"))

    def yes(self, key: str, default: bool | None = None) -> bool:
        value = self._value(key, default)
        if not isinstance(value, bool):
            raise BadInput(key=self._name(key), wrong="须为 true 或 false")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not blank, in NFC."""
        value = self._value(key, default)
        if not isinstance(value, str) or not cleaned(value):
            raise BadInput(key=self._name(key), wrong="须为文字")
        return cleaned(value)

    def text_or_none(self, key: str) -> str | None:
        if self.values.get(key) is None:
            self.read.add(key)
            return None
        return self.text(key)

    def word(self, key: str, words: tuple[str, ...], default: str | None = None) -> str:
        """One of the given words."""
        value = self._value(key, default)
        if not isinstance(value, str) or value not in words:
            raise BadInput(key=self._name(key), wrong=f"须为 {'、'.join(words)} 之一")
        return value

    def day(self, key: str) -> date:
        value = self._value(key)
        if not isinstance(value, str) or not DAY.fullmatch(value):
            raise BadInput(key=self._name(key), wrong="须为日期，如 2026-06-01")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise BadInput(key=self._name(key), wrong="不是存在的日期")

    def moment(self, key: str) -> datetime:
        """An aware moment in ISO 8601."""
        value = self._value(key)
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            moment = None
        if moment is None or moment.utcoffset() is None:
            raise BadInput(key=self._name(key), wrong="须为带时区的时间，如 2026-03-10T18:00:00+08:00")
        return moment

    def inner(self, key: str) -> "Inputs":
        """An object."""
        value = self._value(key)
        if not isinstance(value, dict):
            raise BadInput(key=self._name(key), wrong="须为对象")
        return self._within(value, self._name(key))

    def inners(self, key: str) -> list["Inputs"]:
        """A list of objects."""
        found = [self._within(value, f"{self._name(key)}[{n}]") for n, value in enumerate(self.items(key))]
        for inner in found:
            if not isinstance(inner.values, dict):
                raise BadInput(key=inner.path, wrong="须为对象")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none blank."""
        found = self.items(key)
        if not all(isinstance(value, str) and cleaned(value) for value in found):
            raise BadInput(key=self._name(key), wrong="的每一项须为文字")
        return tuple(cleaned(value) for value in found)

    def items(self, key: str) -> list[Any]:
        value = self._value(key)
        if not isinstance(value, list):
            raise BadInput(key=self._name(key), wrong="须为列表")
        return value

    def pair(self, key: str) -> Weight:
        """A list `[area, heads]`."""
        found = self.items(key)
        if len(found) != 2:
            raise BadInput(key=self._name(key), wrong="须为 [面积, 人数]")
        inner = self._within({"area": found[0], "heads": found[1]}, self._name(key))
        return Weight(inner.area("area"), inner.count("heads"))

    def _within(self, values: Mapping[str, Any], path: str) -> "Inputs":
        return Inputs(values, path, impossible=self.impossible)

    def _value(self, key: str, default: Any = None) -> Any:
        self.read.add(key)
        value = self.values.get(key, MISSING)
        if isinstance(value, Endless):
            raise Impossible(key=self._name(key), wrong="太大")
        if value is not MISSING:
            return value
        if default is None:
            raise BadInput(key=self._name(key), wrong="没有填写")
        return default

    def _bounded(self, key: str, value: int) -> int:
        if abs(value) > MOST * 100:
            raise Impossible(key=self._name(key), wrong="太大")
        if value < 0:
            self.impossible.append(str(Impossible(key=self._name(key), wrong="不能为负数")))
        return value

    def _name(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def known(policy: Inputs, keys: tuple[str, ...]) -> Inputs:
    """The policy, once it is sure that it names nothing else; an unknown name would silently change nothing."""
    for key in policy.values:
        if key not in keys:
            raise BadInput(key=f"policy.{key}", wrong="不是这条规则的做法")
    return policy
