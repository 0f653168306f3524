"""Draws set lines, rules, boxes, pictures and codes; positions in points from the top left corner of the sheet."""

import io
from collections.abc import Sequence

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from consult_app.documents import qr
from consult_app.documents.fonts import Glyph, Type
from consult_app.documents.typeset import Line
from consult_app.kernel.errors import Refused

MM = 72 / 25.4
A4_HEIGHT = 297 * MM
_ASCENT = 0.88
_MOST_STRETCH = 0.5  # em: a line that would need wider gaps stays ragged
_ORIENTATION = 0x0112


class UnreadablePicture(Refused):
    """A file that should be a picture cannot be opened as one."""

    text = "这张图片打不开，请换成 JPG 或 PNG 格式的图片。"


class Pen:
    """A pen on one sheet of a PDF in the making. Black unless told otherwise; greys only, plus the red of 版头."""

    def __init__(self, canvas: Canvas, height: float = A4_HEIGHT) -> None:
        self.canvas = canvas
        self.height = height

    def text(self, x: float, baseline: float, text: str, type_: Type) -> None:
        """A text on one line, at its natural width."""
        self.line(x, baseline, Line(text, (), 0.0, type_.width(text), False), type_, None)

    def text_right(self, x: float, baseline: float, text: str, type_: Type) -> None:
        """A text that ends at x."""
        self.text(x - type_.width(text), baseline, text, type_)

    def text_center(self, x: float, baseline: float, text: str, type_: Type) -> None:
        """A text centred on x."""
        self.text(x - type_.width(text) / 2, baseline, text, type_)

    def line(self, x: float, baseline: float, line: Line, type_: Type, room: float | None) -> None:
        """A line of a paragraph; stretched to `room` when it is open (indent included), else as it is."""
        if not line.text:
            return
        glyphs = [type_.glyph(character) for character in line.text]
        advances = [type_.pitch if glyph.wide else glyph.width * type_.size for glyph in glyphs]
        for index in line.squeezed:
            advances[index] /= 2
        if line.open and room is not None:
            _stretch(glyphs, line.text, advances, room - line.indent, type_.size)
        self._runs(x + line.indent, baseline, line.text, glyphs, advances, type_.size)

    def _runs(
        self, x: float, baseline: float, text: str, glyphs: Sequence[Glyph], advances: Sequence[float], size: float
    ) -> None:
        """Shows the characters in as few operators as their fonts and spacings allow."""
        drawn = self.canvas.beginText()
        y = self.height - baseline
        start, offset = 0, x
        while start < len(text):
            font = glyphs[start].font
            space = round(advances[start] - glyphs[start].width * size, 3)
            end, position = start + 1, offset + advances[start]
            while end < len(text) and glyphs[end].font == font:
                gap = round(advances[end] - glyphs[end].width * size, 3)
                if abs(gap - space) > 0.002:
                    break
                position += advances[end]
                end += 1
            drawn.setFont(font, size)
            drawn.setTextOrigin(_shift(glyphs[start], advances[start], size) + offset, y)
            drawn.setCharSpace(space)
            drawn.textOut(text[start:end])
            start, offset = end, position
        drawn.setCharSpace(0)
        self.canvas.drawText(drawn)

    def rule(self, x: float, y: float, length: float, width: float = 0.5, *, dash: bool = False) -> None:
        """A horizontal rule, `width` points thick."""
        self._stroke([(x, self.height - y, x + length, self.height - y)], width, dash)

    def upright(self, x: float, y: float, length: float, width: float = 0.5, *, dash: bool = False) -> None:
        """A vertical rule downwards from y."""
        self._stroke([(x, self.height - y, x, self.height - y - length)], width, dash)

    def rules(self, lines: Sequence[tuple[float, float, float, float]], width: float) -> None:
        """Many rules at once, as (x1, y1, x2, y2)."""
        self._stroke([(x1, self.height - y1, x2, self.height - y2) for x1, y1, x2, y2 in lines], width, False)

    def _stroke(self, lines: list[tuple[float, float, float, float]], width: float, dash: bool) -> None:
        self.canvas.setLineWidth(width)
        if dash:
            self.canvas.setDash(3, 3)
        self.canvas.lines(lines)
        if dash:
            self.canvas.setDash()

    def box(
        self, x: float, y: float, width: float, height: float, *, line: float = 0.5, grey: float | None = None
    ) -> None:
        """A rectangle from its top left corner; `grey` (0 black - 1 white) fills it."""
        self.canvas.setLineWidth(line)
        if grey is not None:
            self.canvas.setFillGray(grey)
        self.canvas.rect(x, self.height - y - height, width, height, stroke=int(line > 0), fill=int(grey is not None))
        if grey is not None:
            self.canvas.setFillGray(0)

    def frame(self, x: float, y: float, width: float, height: float, radius: float, line: float) -> None:
        """A rectangle with round corners, from its top left corner."""
        self.canvas.setLineWidth(line)
        self.canvas.roundRect(x, self.height - y - height, width, height, radius)

    def arch(self, x: float, y: float, radius: float, line: float) -> None:
        """A quarter of a circle that opens upwards, round a centre."""
        self.canvas.setLineWidth(line)
        centre = self.height - y
        self.canvas.arc(x - radius, centre - radius, x + radius, centre + radius, 45, 90)

    def disc(self, x: float, y: float, radius: float) -> None:
        """A filled circle round a centre."""
        self.canvas.circle(x, self.height - y, radius, stroke=0, fill=1)

    def red(self) -> None:
        """From here on in the red of a document header."""
        self.canvas.setFillColorRGB(0.85, 0.07, 0.07)
        self.canvas.setStrokeColorRGB(0.85, 0.07, 0.07)

    def black(self) -> None:
        """From here on in black."""
        self.canvas.setFillGray(0)
        self.canvas.setStrokeGray(0)

    def grey(self, shade: float) -> None:
        """From here on text in a grey (0 black - 1 white)."""
        self.canvas.setFillGray(shade)

    def tick(self, x: float, y: float, side: float) -> None:
        """A tick in a box of `side` whose top left corner is given."""
        path = self.canvas.beginPath()
        top = self.height - y
        path.moveTo(x + side * 0.18, top - side * 0.52)
        path.lineTo(x + side * 0.42, top - side * 0.78)
        path.lineTo(x + side * 0.86, top - side * 0.18)
        self.canvas.setLineWidth(side * 0.13)
        self.canvas.drawPath(path, stroke=1, fill=0)

    def code(self, x: float, y: float, side: float, text: str) -> None:
        """A QR code as vector rectangles, `side` points wide without its quiet zone."""
        modules, path = qr.operators(text)
        scale = side / modules
        bottom = self.height - y - side
        self.canvas._code.append(f"q 0 g {scale:.5f} 0 0 {scale:.5f} {x:.3f} {bottom:.3f} cm {path} Q")

    def picture(self, x: float, y: float, width: float, height: float, image: bytes) -> None:
        """A picture as `printable` gives it."""
        self.canvas.drawImage(ImageReader(io.BytesIO(image)), x, self.height - y - height, width, height)


def baseline(top: float, height: float, size: float) -> float:
    """The baseline of a text centred in a line of the given height."""
    return top + (height - size) / 2 + size * _ASCENT


def printable(image: bytes) -> tuple[bytes, int, int]:
    """A picture upright and in RGB or grey, with its width and height in pixels.

    Photographs are turned as their camera says; transparency is laid on white; CMYK is no colour of PDF/A here.
    Refuses (`UnreadablePicture`).
    """
    try:
        with Image.open(io.BytesIO(image)) as opened:
            kept = (
                opened.format == "JPEG" and opened.mode in ("RGB", "L") and opened.getexif().get(_ORIENTATION, 1) == 1
            )
            if kept:
                return image, opened.width, opened.height
            upright = ImageOps.exif_transpose(opened)
            plain = upright if upright.mode in ("RGB", "L") else _on_white(upright)
            data = io.BytesIO()
            plain.save(data, "JPEG" if opened.format == "JPEG" else "PNG")
    except (OSError, Image.DecompressionBombError) as broken:
        raise UnreadablePicture from broken
    return data.getvalue(), plain.width, plain.height


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "CMYK":
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    white = Image.new("RGB", clear.size, "white")
    white.paste(clear, mask=clear.getchannel("A"))
    return white


def _shift(glyph: Glyph, advance: float, size: float) -> float:
    """A wide character narrower than its cell (Noto's dash) stands in the middle of it."""
    spare = advance - glyph.width * size
    return spare / 2 if glyph.wide and glyph.width < 0.95 and spare > 0 else 0.0


def _stretch(glyphs: Sequence[Glyph], text: str, advances: list[float], room: float, size: float) -> None:
    """Spreads what is left of a line over the gaps beside wide characters and the spaces between words."""
    slack = room - sum(advances)
    gaps = [
        index
        for index in range(len(text) - 1)
        if glyphs[index].wide or glyphs[index + 1].wide or text[index] == " "
    ]  # fmt: skip
    if gaps and 0.01 < slack <= max(_MOST_STRETCH * size * len(gaps), 0):
        for index in gaps:
            advances[index] += slack / len(gaps)
