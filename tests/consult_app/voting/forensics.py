"""What an organiser with the files in hand looks for: anything that joins a voter to a choice. Reads bytes, not the program."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import zxingcpp

NEAR = 64
"""Bytes around a choice in which a voter's own mark would give the voter away."""

SURE = 0.25
"""A rank correlation that chance does not reach with some three hundred votes (four standard deviations)."""


@dataclass(frozen=True)
class Truth:
    """One vote as it really was, in the order of casting: whose, what, and every mark by which the voter is known."""

    letters: str
    marks: tuple[str, ...]
    numbers: tuple[int, ...]


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by its name. To close a SQLite file drops this process's locks on it: look when all is done."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def telling(files: Mapping[str, bytes], secrets: Iterable[str]) -> list[str]:
    """Files in which one of the secrets stands: in their bytes, in the text of a PDF, or in a code drawn on its pages."""
    wanted = tuple(secrets)
    return [name for name, content in files.items() if any(each in _all_of(content) for each in wanted)]


def _all_of(content: bytes) -> str:
    found = [content.decode("latin-1")]
    if content.startswith(b"%PDF"):
        with pypdfium2.PdfDocument(content) as pdf:
            for page in pdf:
                found.append("".join(page.get_textpage().get_text_range().split()))
                found += [code.text for code in zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil())]
    return "\n".join(found)


def plain_choices(files: Mapping[str, bytes], truths: Sequence[Truth]) -> list[str]:
    """Files in which anybody's whole choice can be read at all."""
    return [name for name, content in files.items() if any(truth.letters.encode() in content for truth in truths)]


def pairs(files: Mapping[str, bytes], truths: Sequence[Truth]) -> list[str]:
    """Choices that lie beside a mark of their own voter."""
    return [
        f"{name}: {truth.letters} beside {mark}"
        for name, content in files.items()
        for truth in truths
        for around in _around(content, truth.letters.encode())
        for mark in truth.marks
        if mark.encode() in around
    ]


def orders(files: Mapping[str, bytes], truths: Sequence[Truth]) -> list[str]:
    """Files in which the choices lie, from their beginning or their end, in the order in which they were cast."""
    found = []
    for name, content in files.items():
        for where in (content.find, content.rfind):
            places = [
                (rank, place) for rank, truth in enumerate(truths) if (place := where(truth.letters.encode())) >= 0
            ]
            if len(places) > 30 and abs(correlation(places)) > SURE:
                found.append(f"{name}: {correlation(places):.2f}")
    return found


def joins(database: Path, truths: Sequence[Truth]) -> list[str]:
    """Columns that stand beside a choice and hold a number of its voter, in a row or in the order of the rows."""
    found = []
    own = {truth.letters: (rank, truth) for rank, truth in enumerate(truths)}
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        for (table,) in connection.execute("select name from sqlite_master where type = 'table'").fetchall():
            rows = [row for row in connection.execute(f'select * from "{table}"') if own.keys() & set(map(str, row))]
            told = [(next(own[str(cell)] for cell in row if str(cell) in own), row) for row in rows]
            for column in range(len(rows[0]) if rows else 0):
                equal = sum(row[column] in truth.numbers or row[column] in truth.marks for (_, truth), row in told)
                if equal > len(rows) / 20:
                    found.append(f"{table}.{column} names its voter")
                cells = [(rank, row[column]) for (rank, _), row in told]
                if len({cell for _, cell in cells}) > 30 and abs(correlation(cells)) > SURE:
                    found.append(f"{table}.{column} follows the order of casting")
            places = [(rank, place) for place, ((rank, _), _) in enumerate(told)]
            if len(places) > 30 and abs(correlation(places)) > SURE:
                found.append(f"{table} lies in the order of casting")
    finally:
        connection.close()
    return found


def correlation(pairs: Iterable[tuple[int, object]]) -> float:
    """Spearman's: 1 for the same order, -1 for the reverse, about 0 for none."""
    found = list(pairs)
    first = _ranks([rank for rank, _ in found])
    second = _ranks([str(value).zfill(24) for _, value in found])
    count = len(found)
    return 1 - 6 * sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) / (count * (count**2 - 1))


def _ranks(values: Sequence[object]) -> list[int]:
    order = sorted(range(len(values)), key=lambda index: values[index])  # type: ignore[arg-type,return-value]
    ranks = [0] * len(values)
    for rank, index in enumerate(order):
        ranks[index] = rank
    return ranks


def _around(content: bytes, choice: bytes) -> Iterable[bytes]:
    place = content.find(choice)
    while place >= 0:
        yield content[max(0, place - NEAR) : place + len(choice) + NEAR]
        place = content.find(choice, place + 1)
