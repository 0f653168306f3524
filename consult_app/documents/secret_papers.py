"""制卡文件: cards written to files where there is no printer, apart and never among the data; and the destruction of such files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from consult_app.documents.key_cards import TITLE, key_card_files
from consult_app.kernel.erasing import erase
from consult_app.kernel.errors import Refused, reason_of
from consult_app.storage.store import Actor, Store
from consult_app.voting import actions, queries
from consult_app.voting.secret_files import Secret, record_destroyed, record_written, secret_files


class AmongData(Refused):
    """The folder is the data's own, or lies in it."""

    text = "「{path}」在数据文件夹里，密钥卡写在那里会跟着数据一起被复制。请另选地方，最好每张卡各用监票人自己的 U 盘。"
    field = "out"


class CardsUnwritten(Refused):
    """The cards cannot be written where they should go; the key is not changed."""

    text = "写不到「{path}」：{reason}。没有制卡。"
    field = "out"


@dataclass(frozen=True)
class Destroyed:
    """How many files were overwritten and deleted, and which were not found where they had been written."""

    erased: int
    absent: tuple[Path, ...]

    @property
    def words(self) -> str:
        """What was done, and what is left to do by hand."""
        done = f"已销毁 {self.erased} 个文件，并记入存证链。"
        if not self.absent:
            return done
        names = "、".join(str(path) for path in self.absent)
        return f"{done}另有 {len(self.absent)} 个不在原处，程序没有销毁，请找到后自行销毁：{names}。"


def write_cards(store: Store, actor: Actor, motion_id: int, folders: Sequence[Path], data: Path) -> tuple[Path, ...]:
    """Make the key of a secret vote and write cover sheet and cards, each card a file, the n-th in the n-th folder (or all in one).

    `data` is the data folder. Refused: `AmongData`, `CardsUnwritten` before anything is made, and what `make_cards` refuses.
    """
    places = [folders[min(place, len(folders) - 1)] for place in range(3)]
    names = (f"{TITLE} {motion_id} 交接单.pdf", *(f"{TITLE} {motion_id} 第{number}号.pdf" for number in (1, 2, 3)))
    paths = [place.absolute() / name for place, name in zip((places[0], *places), names, strict=True)]
    if among := next((path for path in paths if path.resolve().is_relative_to(data.resolve())), None):
        raise AmongData(path=among.parent)
    made: list[Path] = []
    try:
        for path in paths:  # the cards are told once: where they go must stand before they are made
            path.parent.mkdir(parents=True, exist_ok=True)
            path.open("xb").close()
            made.append(path)
        cards = store.do(actor, actions.make_cards, motion_id)
    except (OSError, Refused) as wrong:
        for path in made:
            path.unlink()
        if isinstance(wrong, OSError):
            raise CardsUnwritten(path=paths[len(made)], reason=reason_of(wrong)) from None
        raise
    store.do(actor, record_written, motion_id, Secret.CARDS, paths[1:])
    for path, content in zip(
        paths, key_card_files(store.ask(queries.motion, motion_id), cards, store.now()), strict=True
    ):
        path.write_bytes(content)
    return tuple(paths)


def destroy(store: Store, actor: Actor, motion_id: int, kind: Secret) -> Destroyed:
    """Overwrite and delete all files of a kind and put it on record. Refused (`NotErased`) at the first that cannot be."""
    erased: list[Path] = []
    absent: list[Path] = []
    files = [file.path for file in store.ask(secret_files, motion_id) if file.kind is kind]
    try:
        for path in files:
            (erased if erase(path) else absent).append(path)
    finally:
        if erased or absent:
            store.do(actor, record_destroyed, motion_id, kind, erased, absent)
    return Destroyed(len(erased), tuple(absent))
