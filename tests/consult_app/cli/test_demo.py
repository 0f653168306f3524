"""`consult demo` as a script meets it."""

import json
from pathlib import Path

import pytest

from tests.consult_app.cli.test_main import consult


def test_demo_answers_with_every_number_and_file(tmp_path: Path) -> None:
    done = consult("demo", "--out", str(tmp_path / "练习"), "--stage", "voting", "--voters", "5")
    assert (done.returncode, done.stderr) == (0, "")
    story = json.loads(done.stdout)
    assert story.keys() == {"data", "body", "proposal", "meeting", "motion", "files"}
    assert {"slips", "notice", "result", "minutes", "links"} <= story["files"].keys()
    assert (story["data"], story["files"]["result"]) == (str(tmp_path / "练习" / "data"), None)
    links = Path(story["files"]["links"]).read_text("utf-8").splitlines()
    assert links[0] == "voter,path"
    assert len(links) == 6


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "缺少 --out"),
        (("--out", "{taken}"), "里已经有数据，没有覆盖"),
        (("--out", "{file}/x"), "路径中有一段不是文件夹"),
        (("--out", "{free}", "--stage", "later"), "应为 voting、closed、filed 之一"),
        (("--out", "{free}", "--voters", "0"), "不能小于 1"),
        (("--out", "{free}", "--voters", "many"), "应为整数"),
    ],
)
def test_demo_refuses_what_it_cannot_play(tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    places = {"taken": tmp_path / "taken", "file": tmp_path / "file", "free": tmp_path / "free"}
    (places["taken"] / "data").mkdir(parents=True)
    (places["taken"] / "data" / "consult.db").touch()
    places["file"].touch()
    done = consult("demo", *(word.format(**places) for word in words))
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert not places["free"].exists()
