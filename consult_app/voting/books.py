"""选票账目: every slip that was handed out is accounted for, or no result is declared (architecture decision 7). Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Books:
    """Where the issued slips of one motion are; counts of slips. `live` ones are not accounted for yet."""

    issued: int
    phone: int
    paper: int
    assisted: int
    hand: int
    spoiled: int
    returned: int
    missing: int
    live: int

    @property
    def accounted(self) -> int:
        """Slips that have found their place."""
        used = self.phone + self.paper + self.assisted + self.hand
        return used + self.spoiled + self.returned + self.missing

    @property
    def balanced(self) -> bool:
        """Whether issued = phone + paper + assisted + hand + spoiled + returned + missing."""
        return self.issued == self.accounted and self.live == 0

    @property
    def words(self) -> str:
        """The equation as it stands in the count sheet."""
        return (
            f"发放 {self.issued} = 手机 {self.phone} + 纸质 {self.paper} + 协助 {self.assisted} + 举手 {self.hand}"
            f" + 作废 {self.spoiled} + 未用收回 {self.returned} + 未交回 {self.missing + self.live}"
        )
