"""Two tellers count apart, each on a sheet of their own; once both have handed in, the fields that differ are shown. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

Sheet = Mapping[str, str]
"""What one teller wrote, field by field, in words."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field on which the two newest sheets differ, with what each teller wrote."""

    field: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Sheets:
    """Where the counting stands: who has handed in, whether two agree, and if not, where the newest two differ.

    A single sheet is told to nobody: the second teller must not see it.
    """

    tellers: tuple[str, ...] = ()
    agreed: tuple[str, str] | None = None
    differences: tuple[Difference, ...] = ()

    @property
    def words(self) -> str:
        """The standing in a sentence."""
        if not self.tellers:
            return "还没有计票人录入。请两名计票人各自清点、各自录入。"
        if self.agreed:
            return f"{self.agreed[0]}、{self.agreed[1]}录入一致。"
        if len(self.tellers) == 1:
            return f"{self.tellers[0]}已录入，等待另一名计票人清点后录入。"
        count = len(self.differences)
        return f"{self.tellers[-2]}、{self.tellers[-1]}的录入有 {count} 处不一致，请一起重新清点，各自再录一次。"


def compared(handed_in: Mapping[str, Sheet]) -> Sheets:
    """The standing of the sheets, each teller's latest, the newest last: the newest agrees with any other or with none."""
    tellers = tuple(handed_in)
    if len(tellers) < 2:
        return Sheets(tellers)
    newest = tellers[-1]
    for other in tellers[:-1]:
        if handed_in[other] == handed_in[newest]:
            return Sheets(tellers, (other, newest))
    first, second = handed_in[tellers[-2]], handed_in[newest]
    fields = dict.fromkeys((*first, *second))
    differences = tuple(
        Difference(field, first.get(field, "未填"), second.get(field, "未填"))
        for field in fields
        if first.get(field) != second.get(field)
    )
    return Sheets(tellers, None, differences)
