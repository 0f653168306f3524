import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from consult_app.rolls import caps
from consult_app.rolls.plan import EmptyWorkbook, NoHeading, NoSuchSheet, plan
from consult_app.rolls.rules import RollKind
from consult_app.rolls.workbook import read
from tests import apart
from tests.consult_app.rolls.books import HEADING, book, old_book, taken

ROW = ("1-1-101", "张三", "89.50", "", "", "")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CONTENT_TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def csv(path: Path, encoding: str, separator: str = ",") -> Path:
    path.write_bytes("\r\n".join(separator.join(row) for row in (HEADING, ROW)).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_is_read_in_every_encoding_an_office_saves(tmp_path, encoding, separator):
    found = taken(csv(tmp_path / "名册.csv", encoding, separator))
    assert [(unit.room, unit.area) for unit in found.units] == [("101", 8950)]


def test_content_decides_what_a_file_is_not_its_name(tmp_path):
    renamed = book(tmp_path / "a.xlsx", [HEADING, ROW]).rename(tmp_path / "名册.csv")
    assert len(taken(renamed).units) == 1


def test_rare_characters_survive_gb18030(tmp_path):
    path = tmp_path / "名册.csv"
    path.write_bytes("房屋坐落,业主姓名,面积\n1-1-101,𬱖㼆,80".encode("gb18030"))
    assert [person.name for person in taken(path).people] == ["𬱖㼆"]


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "没有.xlsx", tmp_path):
        with pytest.raises(caps.NoSuchFile):
            read(path)


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "空.xlsx"
    path.touch()
    with pytest.raises(caps.EmptyFile, match="”是空的"):
        read(path)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 x",
        b"<html><table></table></html>",
        b"\x7fELF\x00\x00",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00",
        OLE + bytes(600),
    ],
)
def test_what_is_no_spreadsheet_is_refused(tmp_path, content):
    path = tmp_path / "名册.xlsx"
    path.write_bytes(content)
    with pytest.raises(caps.NotASpreadsheet):
        read(path)


def test_a_word_document_and_a_plain_zip_are_named(tmp_path):
    for part, words in (("word/document.xml", "Word"), ("a.txt", "压缩包")):
        path = tmp_path / "名册.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, "x")
        with pytest.raises(caps.NotASpreadsheet, match=words):
            read(path)


def test_a_password_protected_workbook_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "加密.xlsx"
    path.write_bytes(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    with pytest.raises(caps.PasswordProtected, match="取消密码"):
        read(path)


def test_a_cut_off_workbook_is_refused_as_damaged(tmp_path):
    whole = book(tmp_path / "a.xlsx", [HEADING, ROW]).read_bytes()
    path = tmp_path / "名册.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(caps.DamagedFile):
        read(path)


def test_an_old_workbook_of_nonsense_is_refused_as_damaged(tmp_path):
    path = tmp_path / "名册.xls"
    path.write_bytes(OLE + bytes(600) + "Workbook".encode("utf-16-le") + bytes(5000))
    with pytest.raises(caps.DamagedFile):
        read(path)


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path):
    path = tmp_path / "炸弹.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as entry:
            for _ in range(300):
                entry.write(bytes(1024 * 1024))
    assert path.stat().st_size < 1024 * 1024
    with pytest.raises(caps.UnsafeToUnpack, match="300 MB"):
        read(path)


def test_a_bomb_that_hides_behind_a_false_directory_is_refused(tmp_path):
    """The directory claims ten bytes; the stream holds five megabytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(b"<c/>" * 1_300_000) + packer.flush()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    content = stream.getvalue()
    name, crc = b"xl/worksheets/sheet1.xml", zlib.crc32(b"<c/>" * 2 + b"<c")
    start = content.index(b"PK\x01\x02")
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(body), 10, len(name), 0) + name + body
    central = content[start : content.index(b"PK\x05\x06")] + struct.pack(
        "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(body), 10, len(name), 0, 0, 0, 0, 0, start
    ) + name  # fmt: skip
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2, 2, len(central), start + len(local), 0)
    path = tmp_path / "炸弹.xlsx"
    path.write_bytes(content[:start] + local + central + end)
    with pytest.raises(caps.UnsafeToUnpack, match="不符"):
        read(path)


def test_a_far_off_cell_is_refused_before_a_reader_lays_out_the_sheet(tmp_path):
    whole = book(tmp_path / "a.xlsx", [HEADING, ROW])
    path = tmp_path / "名册.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename.endswith("sheet1.xml"):
                content = content.replace(
                    b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                )
            target.writestr(item, content)
    with pytest.raises(caps.UnsafeToUnpack, match="1048576 行 16384 列"):
        read(path)


def test_too_large_a_file_is_refused_by_its_size(tmp_path):
    path = tmp_path / "大.csv"
    with path.open("wb") as file:
        file.truncate(caps.MAX_FILE + 1)
    with pytest.raises(caps.FileTooLarge):
        read(path)


def test_too_many_entries_are_refused(tmp_path):
    path = tmp_path / "多.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for at in range(caps.MAX_ENTRIES + 1):
            archive.writestr(f"{at}.xml", "")
    with pytest.raises(caps.UnsafeToUnpack, match="个文件"):
        read(path)


def test_an_empty_sheet_and_one_without_heading_are_refused(tmp_path):
    with pytest.raises(EmptyWorkbook):
        plan(read(book(tmp_path / "空.xlsx", [])), RollKind.OWNERS)
    with pytest.raises(NoHeading, match="房屋坐落"):
        plan(read(book(tmp_path / "无.xlsx", [["随便", "写写"], ["一", "二"]])), RollKind.OWNERS)


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(tmp_path):
    with pytest.raises(NoSuchSheet, match="现有：名册"):
        plan(read(book(tmp_path / "a.xlsx", [HEADING, ROW])), RollKind.OWNERS, "别的")


def test_formulas_give_their_stored_result_and_are_never_evaluated(tmp_path):
    path = book(tmp_path / "a.xlsx", [HEADING, ("1-1-101", "张三", "=1+1", "", "", ""), ROW])
    found = taken(path)
    assert [problem.code for problem in found.problems] == ["missing_area"]


def test_the_digest_is_that_of_the_file(tmp_path):
    path = csv(tmp_path / "名册.csv", "utf-8")
    assert read(path).sha256 == read(path).sha256
    assert len(read(path).sha256) == 64


def test_an_old_xls_workbook_is_read(tmp_path):
    rows = [HEADING, ROW, ("1号楼1单元102", "李四、王五", 90.25, "", 13800000000.0, "")]
    found = taken(old_book(tmp_path / "名册.xls", rows))
    assert [(unit.room, unit.area, unit.phone) for unit in found.units] == [
        ("101", 8950, ""),
        ("102", 9025, "13800000000"),
    ]


def test_a_size_in_the_table_of_contents_that_no_file_could_have_is_damage(tmp_path):
    """Two gigabytes are claimed; to make room for them would end the reading process."""
    path = book(tmp_path / "名册.xlsx", HEADING)
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 20 : entry + 24] = (2**31 - 1).to_bytes(4, "little")
    path.write_bytes(content)
    assert apart.apart(damage_seen_in_little_memory, path)


def damage_seen_in_little_memory(path: Path) -> bool:
    apart.allow(300 * apart.MEGABYTE)
    try:
        caps.inspect(path)
    except caps.DamagedFile:
        return True
    return False
