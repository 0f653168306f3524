"""Sets the blocks of a document as slabs of the type area."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from consult_app.documents import model, ruled
from consult_app.documents.fonts import Type, clean, plain_type
from consult_app.documents.page import AREA_HEIGHT, AREA_WIDTH, STANDARD, Draw, Grid, Slab, nothing
from consult_app.documents.pen import MM, Pen, baseline, printable
from consult_app.documents.typeset import Line, break_lines

_HEADING_FACES = {1: "hei", 2: "kai", 3: "body", 4: "body"}


def set_document(document: model.Document, grid: Grid) -> list[Slab]:
    """All slabs of a document, in order: mark, title, blocks, colophon."""
    slabs: list[Slab] = []
    if document.mark:
        slabs += set_mark(document.mark, grid)
    if document.title and not any(isinstance(block, model.Title) for block in document.blocks):
        slabs += set_title(model.Title(document.title), grid)
    for block in document.blocks:
        if isinstance(block, model.Subtitle) and slabs and slabs[-1].draw is nothing:
            slabs.pop()  # a subtitle stands close under its title
        if isinstance(block, model.SignatureBoxes):
            hold_last(slabs, AREA_HEIGHT / 3)
        if isinstance(block, model.SignOff):
            hold_last(slabs, 3 * grid.leading)
        slabs += SETTERS[type(block)](block, grid)
    hold_last(slabs, 3 * grid.leading)
    if document.colophon:
        slabs += set_colophon(document.colophon, grid)
    return slabs


def set_mark(mark: model.Mark, grid: Grid) -> list[Slab]:
    """纪要标志 in red, number centred, issuer and date, red rule (GB/T 9704-2012 7.2.7, 10.3)."""
    size = 32.0
    type_ = plain_type("title", size)
    while type_.width(clean(mark.text)) > AREA_WIDTH and size > 16:
        size -= 1
        type_ = plain_type("title", size)
    text = grid.type("body")
    height = 4 * grid.leading

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.red()
        pen.text_center(x + AREA_WIDTH / 2, top + 2 * MM + size * 0.88, clean(mark.text), type_)
        pen.rule(x, top + height - grid.leading / 3, AREA_WIDTH, 1.2)
        pen.black()
        line = baseline(top + 2.5 * grid.leading, grid.leading, grid.size)
        if mark.issuer or mark.date:
            pen.text(x + grid.pitch, line, clean(mark.issuer), text)
            pen.text_right(x + AREA_WIDTH - grid.pitch, line, clean(mark.date), text)
        pen.text_center(x + AREA_WIDTH / 2, line - (grid.leading if mark.issuer or mark.date else 0), mark.number, text)

    return [Slab(height, draw, grid=True, keep=True), gap(grid)]


def set_title(block: model.Title, grid: Grid) -> list[Slab]:
    """标题: centred in 小标宋, wrapped into lines of even length unless its lines are given (梯形 or 菱形).

    On a board it is a little smaller where that saves a line; never smaller than the standard's 二号.
    """
    least = min(grid.title, STANDARD.title)
    sizes = [size for size in (grid.title, grid.title * 0.92, grid.title * 0.85) if size >= least]
    lines, type_ = min(
        (_title_lines(block.text, plain_type("title", size)) for size in sizes), key=lambda one: len(one[0])
    )
    leading = max(grid.leading, type_.size * 1.5)
    slabs = [Slab(leading, _centred(line, type_, leading), keep=True) for line in lines]
    return [*slabs, Slab(grid.leading / 2, nothing, keep=True)]


def _title_lines(text: str, type_: Type) -> tuple[list[str], Type]:
    return [line for part in clean(text).split("\n") for line in even_lines(part, AREA_WIDTH - 24, type_)], type_


def even_lines(text: str, width: float, type_: Type) -> list[str]:
    """A title in as few lines as it needs, as even as they can be."""
    needed = len(break_lines(text, width, type_.advance))
    narrow = width
    while needed > 1 and narrow > width / 2:
        if len(break_lines(text, narrow - type_.pitch / 2, type_.advance)) > needed:
            break
        narrow -= type_.pitch / 2
    return [line.text for line in break_lines(text, narrow, type_.advance)]


def set_subtitle(block: model.Subtitle, grid: Grid) -> list[Slab]:
    """A centred line in 楷体."""
    type_ = grid.type("kai")
    lines = break_lines(clean(block.text), AREA_WIDTH, type_.advance)
    slabs = [Slab(grid.leading, _centred(line.text, type_, grid.leading), keep=True) for line in lines]
    return [*slabs, Slab(grid.leading / 2, nothing, keep=True)]


def set_heading(block: model.Heading, grid: Grid) -> list[Slab]:
    """层次: 一、 in 黑体, （一） in 楷体, the rest in 仿宋; never the last line of a page."""
    type_ = grid.type(_HEADING_FACES.get(block.level, "body"))
    lines = break_lines(clean(block.text), AREA_WIDTH, type_.advance, first=2 * grid.pitch)
    return [replace(slab, keep=True) for slab in text_slabs(lines, type_, grid)]


def set_paragraph(block: model.Paragraph, grid: Grid) -> list[Slab]:
    """A paragraph on the grid; its first two and last two lines stay together, and a colon at its end with what it announces."""
    type_ = grid.type(block.face)
    first = 2 * grid.pitch if block.indent and block.align == "justify" else 0.0
    if block.lead:
        return _with_lead(block, first, grid)
    lines = break_lines(clean(block.text), AREA_WIDTH, type_.advance, first=first)
    if block.align in ("center", "right"):
        spare = [AREA_WIDTH - line.width for line in lines]
        share = 0.5 if block.align == "center" else 1.0
        lines = [replace(line, indent=free * share, open=False) for line, free in zip(lines, spare, strict=True)]
    elif block.align == "left":
        lines = [replace(line, open=False) for line in lines]
    slabs = text_slabs(lines, type_, grid)
    if block.text.endswith("："):
        slabs[-1] = replace(slabs[-1], keep=True)
    return slabs


def _with_lead(block: model.Paragraph, first: float, grid: Grid) -> list[Slab]:
    type_, bold = grid.type(block.face), grid.type("hei")
    lead = clean(block.lead)
    lead_width = bold.width(lead)
    if lead_width > AREA_WIDTH / 2:
        own = break_lines(lead, AREA_WIDTH, bold.advance, first=first)
        rest = break_lines(clean(block.text), AREA_WIDTH, type_.advance, first=first)
        return [replace(slab, keep=True) for slab in text_slabs(own, bold, grid)] + text_slabs(rest, type_, grid)
    lines = break_lines(clean(block.text), AREA_WIDTH, type_.advance, first=first + lead_width)
    slabs = text_slabs(lines, type_, grid)
    slabs[0] = replace(slabs[0], draw=_both(_label(first, lead, bold, grid), slabs[0].draw))
    return slabs


def set_key_values(block: model.KeyValues, grid: Grid) -> list[Slab]:
    """Labels in 黑体, values hanging beside them; pairs that fit share a line when two columns are asked for."""
    slabs: list[Slab] = []
    half = AREA_WIDTH / 2
    left: Slab | None = None
    for label, value in block.pairs:
        if block.columns == 2 and _fits(label, value, half, grid):
            (slab,) = _labelled(label, value, grid, half)
            if left is None:
                left = slab
            else:
                slabs.append(replace(left, draw=_both(left.draw, _moved(slab.draw, half))))
                left = None
            continue
        slabs += [left] if left else []
        left = None
        slabs += _labelled(label, value, grid, AREA_WIDTH)
    return slabs + ([left] if left else [])


def _fits(label: str, value: str, room: float, grid: Grid) -> bool:
    wide = grid.type("hei").width(clean(label)) + grid.type("body").width(clean(value)) + 4 * grid.pitch
    return "\n" not in value and wide <= room


def set_attendees(block: model.Attendees, grid: Grid) -> list[Slab]:
    """出席、列席、请假, one line after the text, names hanging (GB/T 9704-2012 10.3)."""
    slabs: list[Slab] = []
    for group in block.groups:
        words = f"{clean(group.label)}："
        room = AREA_WIDTH - 2 * grid.pitch - grid.type("hei").width(words)
        slabs += _labelled(group.label, _whole_names(group.names, room, grid.type("body")), grid, AREA_WIDTH)
    return slabs


def _whole_names(names: Sequence[str], room: float, type_: Type) -> str:
    """Names joined by 、, with line feeds so that no name is divided."""
    if not names:
        return "无"
    lines = [""]
    for index, name in enumerate(names):
        item = clean(name) + ("、" if index < len(names) - 1 else "")
        if lines[-1] and type_.width(lines[-1] + item) - type_.pitch / 2 > room:
            lines.append("")
        lines[-1] += item
    return "\n".join(lines)


def _labelled(label: str, value: str, grid: Grid, room: float) -> list[Slab]:
    type_, bold = grid.type("body"), grid.type("hei")
    indent = 2 * grid.pitch
    words = clean(label).rstrip("：") + "："
    hang = indent + bold.width(words)
    if hang > room * 0.6:
        hang = indent
    lines = break_lines(clean(value), room, type_.advance, first=hang, rest=hang)
    slabs = text_slabs(lines, type_, grid, justify=False)
    if hang == indent:
        return [Slab(grid.leading, _label(indent, words, bold, grid), grid=True, keep=True), *slabs]
    slabs[0] = replace(slabs[0], draw=_both(_label(indent, words, bold, grid), slabs[0].draw))
    return slabs


def set_sign_off(block: model.SignOff, grid: Grid) -> list[Slab]:
    """落款: with a seal the date stands four characters in and the issuer is centred above it, with room for the seal."""
    type_ = grid.type("body")
    issuer, date = clean(block.issuer), clean(block.date)
    wide, day = type_.width(issuer), type_.width(date)
    right = AREA_WIDTH - (4 if block.seal else 2) * grid.pitch
    if block.seal:
        day_x = right - day
        issuer_x = min(day_x + (day - wide) / 2, AREA_WIDTH - wide)
    else:
        issuer_x = min(right - wide, right - day - 2 * grid.pitch)
        day_x = issuer_x + 2 * grid.pitch
    empty = gap(grid) if not block.seal else Slab(2 * grid.leading, nothing, grid=True)

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.text(x + max(issuer_x, 0), baseline(top, grid.leading, grid.size), issuer, type_)
        pen.text(x + day_x, baseline(top + grid.leading, grid.leading, grid.size), date, type_)

    return [replace(empty, keep=True), Slab(2 * grid.leading, draw, grid=True)]


def set_note(block: model.Note, grid: Grid) -> list[Slab]:
    """A remark, a quarter smaller than the text, though never too small to read."""
    size = max(grid.size * 0.72, 9)
    type_, leading = plain_type("body", size), size * 1.6
    lines = break_lines(clean(block.text), AREA_WIDTH, type_.advance)
    slabs = [Slab(leading, _line(line, type_, leading)) for line in lines]
    return [Slab(leading / 3, nothing, keep=True), *keep_ends(slabs)]


def set_figure(block: model.Figure, grid: Grid) -> list[Slab]:
    """A picture, centred, never larger than the page, its caption under it."""
    image, pixels_wide, pixels_high = printable(base64.b64decode(block.image))
    width = min(block.width * MM, AREA_WIDTH)
    height = width * pixels_high / pixels_wide
    most = AREA_HEIGHT - 2 * grid.leading
    if height > most:
        width, height = width * most / height, most

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.picture(x + (AREA_WIDTH - width) / 2, top, width, height, image)

    slabs = [Slab(height, draw, keep=bool(block.caption))]
    if block.caption:
        type_ = plain_type("kai", grid.table)
        slabs.append(Slab(grid.leading, _centred(clean(block.caption), type_, grid.leading)))
    return slabs


def set_space(block: model.Space, grid: Grid) -> list[Slab]:
    """Empty lines."""
    return [gap(grid) for _ in range(block.lines)]


def set_page_break(_block: model.PageBreak, _grid: Grid) -> list[Slab]:
    """An empty slab that begins a page."""
    return [Slab(0.0, nothing, breaks=True, keep=True)]


def set_colophon(colophon: model.Colophon, grid: Grid) -> list[Slab]:
    """版记 at the foot of the last page: rules 0.35 mm outside, 0.25 mm inside, 14 pt text (GB/T 9704-2012 7.4)."""
    type_ = plain_type("body", 14)
    leading, margin = 22.0, type_.pitch
    copies: list[Line] = []
    if colophon.copies_to:
        label = type_.width("抄送：")
        words = f"抄送：{clean(colophon.copies_to)}"
        copies = break_lines(words, AREA_WIDTH - 2 * margin, type_.advance, rest=label)
    rows = len(copies) + 1
    height = rows * leading + 4

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.rule(x, top, AREA_WIDTH, 0.35 * MM)
        for index, line in enumerate(copies):
            place = baseline(top + 2 + index * leading, leading, 14)
            pen.line(x + margin, place, line, type_, AREA_WIDTH - 2 * margin)
        if copies:
            pen.rule(x, top + 2 + len(copies) * leading, AREA_WIDTH, 0.25 * MM)
        last = baseline(top + 2 + len(copies) * leading, leading, 14)
        pen.text(x + margin, last, clean(colophon.printed_by), type_)
        issued = f"{clean(colophon.printed_on)}印发" if colophon.printed_on else ""
        pen.text_right(x + AREA_WIDTH - margin, last, issued, type_)
        pen.rule(x, top + height, AREA_WIDTH, 0.35 * MM)

    return [Slab(height, draw, foot=True)]


def text_slabs(lines: Sequence[Line], type_: Type, grid: Grid, *, justify: bool = True) -> list[Slab]:
    """Lines of text on the grid."""
    slabs = [Slab(grid.leading, _line(line, type_, grid.leading, justify), grid=True) for line in lines]
    return keep_ends(slabs)


def keep_ends(slabs: list[Slab]) -> list[Slab]:
    """Holds the first two and the last two lines of a paragraph on one page."""
    if len(slabs) > 1:
        slabs[0] = replace(slabs[0], keep=True)
        slabs[-2] = replace(slabs[-2], keep=True)
    return slabs


def hold_last(slabs: list[Slab], least: float) -> None:
    """Holds the last of what shows, `least` high or more, with what comes next.

    So names are never signed on a page without what they stand under (threat 24), and no page has a line or two alone.
    """
    for place in reversed(range(len(slabs))):
        if slabs[place].breaks or least < 1:
            return
        slabs[place] = replace(slabs[place], keep=True)
        if slabs[place].draw is not nothing:
            least -= slabs[place].height


def gap(grid: Grid) -> Slab:
    """One empty line."""
    return Slab(grid.leading, nothing, grid=True)


def _line(line: Line, type_: Type, leading: float, justify: bool = True) -> Draw:
    def draw(pen: Pen, x: float, top: float) -> None:
        pen.line(x, baseline(top, leading, type_.size), line, type_, AREA_WIDTH if justify else None)

    return draw


def _label(indent: float, text: str, type_: Type, grid: Grid) -> Draw:
    def draw(pen: Pen, x: float, top: float) -> None:
        pen.text(x + indent, baseline(top, grid.leading, type_.size), text, type_)

    return draw


def _centred(text: str, type_: Type, leading: float) -> Draw:
    def draw(pen: Pen, x: float, top: float) -> None:
        pen.text_center(x + AREA_WIDTH / 2, baseline(top, leading, type_.size), text, type_)

    return draw


def _both(one: Draw, other: Draw) -> Draw:
    def draw(pen: Pen, x: float, top: float) -> None:
        one(pen, x, top)
        other(pen, x, top)

    return draw


def _moved(one: Draw, by: float) -> Draw:
    def draw(pen: Pen, x: float, top: float) -> None:
        one(pen, x + by, top)

    return draw


SETTERS: dict[type, Callable[[Any, Grid], list[Slab]]] = {
    model.Title: set_title,
    model.Subtitle: set_subtitle,
    model.Heading: set_heading,
    model.Paragraph: set_paragraph,
    model.KeyValues: set_key_values,
    model.Attendees: set_attendees,
    model.Table: ruled.set_table,
    model.SignatureBoxes: ruled.set_signatures,
    model.SignOff: set_sign_off,
    model.Note: set_note,
    model.Figure: set_figure,
    model.Space: set_space,
    model.PageBreak: set_page_break,
}
