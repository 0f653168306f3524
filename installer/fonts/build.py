"""Builds resources/fonts from the original fonts: fetch, convert, subset, compress, record.

Run `python installer/fonts/build.py` on a Debian 12 with npm; needs fontTools and 500 MB in a scratch folder.
The bytes do not depend on the day or the machine. `--hana` adds HanaMinB (level 3, 13 MB) as role "rare".
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import lzma
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import charsets
from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

RESOURCES = Path(__file__).resolve().parents[2] / "resources" / "fonts"
CUBIC_ERROR = 1.0  # font units of 1,000 an em: a curve moves by at most a thousandth of the character

PACKAGES = {
    "@expo-google-fonts/noto-serif-sc@0.4.3": "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
    "@expo-google-fonts/noto-sans-sc@0.4.3": "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
    "texlive-lang-chinese=2022.20230122-1": "9cfa07bd44e7b9098e26f0ecac1b5ad210d2249d474c8074d53de92d650b0ec0",
    "fonts-lxgw-wenkai=1.250+repack-1": "6d1e4c4aac78ad32062aefa2c836ee4d6e58f9dcf8b3f4407c9eefe304615318",
    "unicode-data=15.0.0-1": "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc",
}
HANA = "fonts-hanazono=20170904-2.1"

Keeps = Callable[[set[int], "Sets"], set[int]]


@dataclass(frozen=True)
class Sets:
    """The character sets every subset is chosen from."""

    standard: frozenset[int]
    level_2: frozenset[int]


@dataclass(frozen=True)
class Face:
    """One font of the set: its role, where it comes from and which characters it keeps."""

    role: str
    origin: str
    path: str
    licence: str
    keeps: Keeps
    family: str = ""


def everything(held: set[int], _sets: Sets) -> set[int]:
    """All characters of the original."""
    return held


def standard(held: set[int], sets: Sets) -> set[int]:
    """GB 2312, 通用规范汉字表 and everything that is no Chinese character."""
    return {code for code in held if code in sets.standard or not charsets.is_han(code)}


def level_2(held: set[int], sets: Sets) -> set[int]:
    """GB 18030 level 2 and everything that is no Chinese character."""
    return {code for code in held if code in sets.level_2 or not charsets.is_han(code)}


def standard_and_rare(held: set[int], sets: Sets) -> set[int]:
    """As `standard`, and the characters outside level 2: the last resort of every chain (𠮷 is there only)."""
    return standard(held, sets) | {code for code in held if charsets.is_han(code) and code not in sets.level_2}


def beyond_level_2(held: set[int], sets: Sets) -> set[int]:
    """Only the characters outside level 2."""
    return {code for code in held if charsets.is_han(code) and code not in sets.level_2}


SERIF = "@expo-google-fonts/noto-serif-sc@0.4.3"
SANS = "@expo-google-fonts/noto-sans-sc@0.4.3"
FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"
WENKAI = "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"
HANA_B = "usr/share/fonts/truetype/hanazono/HanaMinB.ttf"
FACES = (
    Face("ui", SANS, "package/400Regular/NotoSansSC_400Regular.ttf", "OFL-1.1", level_2),
    Face("body", "texlive-lang-chinese=2022.20230122-1", FANDOL, "GPL-3.0 with font exception", everything),
    Face("serif", SERIF, "package/300Light/NotoSerifSC_300Light.ttf", "OFL-1.1", level_2),
    Face("title", SERIF, "package/700Bold/NotoSerifSC_700Bold.ttf", "OFL-1.1", standard),
    Face("hei", SANS, "package/500Medium/NotoSansSC_500Medium.ttf", "OFL-1.1", standard),
    # LXGW is a reserved font name (OFL-1.1 §3): a changed copy carries another.
    Face(
        "kai", "fonts-lxgw-wenkai=1.250+repack-1", WENKAI, "OFL-1.1", standard_and_rare, family="Liubu Kai"
    ),
)  # fmt: skip


def fetch(package: str, folder: Path) -> Path:
    """Downloads and unpacks one npm or Debian package; stops if its digest is not the pinned one."""
    target = folder / hashlib.sha256(package.encode()).hexdigest()[:16]
    if target.exists():
        return target
    before = set(folder.iterdir())
    command = ["npm", "pack", "--silent", package] if package.startswith("@") else ["apt-get", "download", package]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (archive,) = set(folder.iterdir()) - before
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if PACKAGES.get(package, digest) != digest:
        raise SystemExit(f"{package}: sha256 {digest} is not the pinned one")
    target.mkdir()
    is_npm = package.startswith("@")
    unpack = ["tar", "xzf", str(archive), "-C", str(target)] if is_npm else ["dpkg", "-x", str(archive), str(target)]
    subprocess.run(unpack, check=True)
    return target


def quadratic(font: TTFont) -> TTFont:
    """The same font with TrueType outlines: the PDF engine reads no PostScript outlines."""
    order, glyph_set = font.getGlyphOrder(), font.getGlyphSet()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyph_set[name].draw(Cu2QuPen(pen, CUBIC_ERROR, reverse_direction=True))
        outlines[name] = pen.glyph()
    built = FontBuilder(font["head"].unitsPerEm, isTTF=True)
    built.setupGlyphOrder(order)
    built.setupCharacterMap(font.getBestCmap())
    built.setupGlyf(outlines)
    bearing = {name: getattr(outlines[name], "xMin", 0) for name in order}
    built.setupHorizontalMetrics({name: (font["hmtx"][name][0], bearing[name]) for name in order})
    built.setupHorizontalHeader(ascent=font["hhea"].ascent, descent=font["hhea"].descent)
    for table in ("name", "OS/2"):
        built.font[table] = font[table]
    built.setupPost(keepGlyphNames=False)
    built.font["head"].created = font["head"].created
    built.font["head"].modified = font["head"].modified
    built.font["head"].fontRevision = font["head"].fontRevision
    built.font.recalcTimestamp = False
    return built.font


def cut(face: Face, source: Path, sets: Sets) -> TTFont:
    """The subset of one original: no hinting, no layout tables, no timestamps of today."""
    font = TTFont(source, recalcTimestamp=False)
    if "CFF " in font:
        font = quadratic(font)
    options = subset.Options(
        hinting=False, layout_features=[], notdef_outline=True, glyph_names=False, recalc_timestamp=False
    )
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "vhea", "vmtx", "VORG", "gasp", "prep"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=face.keeps(set(font.getBestCmap()), sets))
    cutter.subset(font)
    if face.family:
        rename(font, face.family)
    return font


def rename(font: TTFont, family: str) -> None:
    """Gives a changed copy a name of its own in every language."""
    for record in list(font["name"].names):
        if record.nameID in (1, 4, 6, 3):
            font["name"].removeNames(nameID=record.nameID)
    for name_id, text in ((1, family), (3, f"{family} subset"), (4, family), (6, family.replace(" ", ""))):
        font["name"].setName(text, name_id, 3, 1, 0x409)


def compress(ttf: bytes) -> bytes:
    """xz: decodes in a fraction of the time of woff2 and needs nothing outside the standard library."""
    return lzma.compress(ttf, preset=9 | lzma.PRESET_EXTREME, check=lzma.CHECK_SHA256)


def copy_licences(folder: Path, roots: dict[str, Path]) -> None:
    """Puts the licence text of every original beside the fonts."""
    folder.mkdir(exist_ok=True)
    shutil.copyfile(roots[SANS] / "package/LICENSE_FONT", folder / "NotoSansSC-OFL.txt")
    shutil.copyfile(roots[SERIF] / "package/LICENSE_FONT", folder / "NotoSerifSC-OFL.txt")
    fandol = roots["texlive-lang-chinese=2022.20230122-1"] / "usr/share/doc/texlive-doc/fonts/fandol"
    (folder / "Fandol-GPL-3.txt").write_bytes(gzip.decompress((fandol / "COPYING.gz").read_bytes()))
    shutil.copyfile(fandol / "README", folder / "Fandol-README.txt")
    wenkai = roots["fonts-lxgw-wenkai=1.250+repack-1"] / "usr/share/doc/fonts-lxgw-wenkai/copyright"
    shutil.copyfile(wenkai, folder / "LXGWWenKai-OFL.txt")


def record(role: str, face: Face, ttf: bytes, xz: bytes, family: str) -> str:
    """One table of fonts.toml."""
    lines = [
        f"[{role}]",
        f'file = "{role}.ttf.xz"',
        f'family = "{family}"',
        f'origin = "{face.origin} {Path(face.path).name}"',
        f'licence = "{face.licence}"',
        f"bytes = {len(ttf)}",
        f'sha256 = "{hashlib.sha256(ttf).hexdigest()}"',
        f'sha256_xz = "{hashlib.sha256(xz).hexdigest()}"',
    ]
    return "\n".join(lines) + "\n"


def build(scratch: Path, target: Path, faces: tuple[Face, ...]) -> None:
    """Builds every face into the target folder, with licences and fonts.toml."""
    origins = {face.origin for face in faces} | {"unicode-data=15.0.0-1"}
    roots = {origin: fetch(origin, scratch) for origin in sorted(origins)}
    (unihan,) = roots["unicode-data=15.0.0-1"].rglob("Unihan_OtherMappings.txt.bz2")
    general = charsets.general_standard(unihan)
    sets = Sets(frozenset(charsets.gb2312() | general), frozenset(charsets.level_2(unihan)))
    records = []
    for face in faces:
        font = cut(face, roots[face.origin] / face.path, sets)
        family = font["name"].getBestFamilyName()
        plain = scratch / f"{face.role}.ttf"
        font.save(plain, reorderTables=True)
        ttf = plain.read_bytes()
        xz = compress(ttf)
        (target / f"{face.role}.ttf.xz").write_bytes(xz)
        records.append(record(face.role, face, ttf, xz, family))
        print(f"{face.role:6} {family:20} {len(ttf):>10} {len(xz):>9}", flush=True)
    (target / "fonts.toml").write_text("# Written by installer/fonts/build.py.\n\n" + "\n".join(records), "utf-8")
    copy_licences(target / "licences", roots)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scratch", type=Path, help="folder for downloads, kept; a temporary one otherwise")
    parser.add_argument("--target", type=Path, default=RESOURCES)
    parser.add_argument("--hana", action="store_true", help="also build HanaMinB as role rare (GB 18030 level 3)")
    asked = parser.parse_args()
    faces: tuple[Face, ...] = FACES
    if asked.hana:
        faces += (Face("rare", HANA, HANA_B, "Hanazono or OFL-1.1", beyond_level_2),)
    with tempfile.TemporaryDirectory() as temporary:
        scratch = asked.scratch or Path(temporary)
        scratch.mkdir(parents=True, exist_ok=True)
        asked.target.mkdir(parents=True, exist_ok=True)
        build(scratch, asked.target, faces)


if __name__ == "__main__":
    main()
