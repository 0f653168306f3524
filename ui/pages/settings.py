"""设置: bodies and venues, procedure rules, this computer, data and backups, about."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from consult_app import __version__
from consult_app.audit import chain
from consult_app.bodies import queries
from consult_app.bodies.actions import add_venue, set_policy
from consult_app.bodies.queries import BodyFacts
from consult_app.bodies.rules import KIND_WORDS, LEGAL_WORDS, LEVEL_WORDS, BodyKind
from consult_app.kernel import resources
from consult_app.storage.migrate import copy_file
from consult_app.voting import witnessing
from ui import theme
from ui.desk import UNNAMED, Desk
from ui.dialogs.local_rules import LocalRules
from ui.dialogs.second_medium import SecondMediumCard
from ui.dialogs.sheet import Sheet
from ui.pages import Go
from ui.task import Task
from ui.widgets.button import plain, quiet
from ui.widgets.card import Card
from ui.widgets.form import Form
from ui.widgets.layout import column, refill, row, scrolling
from ui.widgets.text import OneLine, Words, muted, small, title

DUPLICATES = (("first_valid", "先到的有效票为准"), ("paper_prevails", "纸质选票为准"))


class SettingsPage(QWidget):
    """Cards in two columns; each saves what it holds with a button of its own."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.bodies = column(gap=8)
        self.policy = Form()
        self.here = Form()
        self.data_note = small(wrap=True)
        left = column(self._bodies_card(), self._policy_card(), LocalRules(desk), None, gap=16)
        right = column(self._here_card(), self._data_card(), SecondMediumCard(desk), _about_card(), None, gap=16)
        across = row(left, right, gap=16)
        across.setStretch(0, 1)
        across.setStretch(1, 1)
        self.setLayout(column(scrolling(column(title("设置"), across, gap=16)), gap=0))
        desk.watch(self.refresh, "body.", "venue.", "data.")

    def show_for(self) -> None:
        """Show what holds now."""
        self.refresh()

    def refresh(self) -> None:
        """Ask for bodies and rules; fields not yet saved on this computer's card stay."""
        bodies = self.desk.ask(queries.bodies)
        refill(self.bodies, *(self._body_line(body) for body in bodies))
        if not bodies:
            self.bodies.addWidget(muted("还没有议事主体。"))
        body = next((body for body in bodies if body.id == self.desk.body_id), None)
        self._policy.setVisible(body is not None)
        if body is not None:
            self._fill_policy(body)
        self.here.fill(
            clerk=self.desk.memory.get("clerk") or "",
            wifi_name=self.desk.memory.get("wifi.name") or "",
            wifi_password=self.desk.memory.get("wifi.password") or "",
        )
        settings = self.desk.app.settings
        place = str(settings.data) if settings.is_sqlite else "共用数据库（由管理员备份）"
        self.data_note.say(f"数据在：{place}")

    # bodies

    def _bodies_card(self) -> Card:
        add = getattr(self.window(), "add_body", None)
        button = plain("添加议事主体…", add or self._add_body, icon="plus")
        return Card("议事主体与平台").add(self.bodies, row(button, None))

    def _add_body(self) -> None:
        from ui.dialogs.add_body import AddBody

        AddBody(self.desk, self).open()

    def _body_line(self, body: BodyFacts) -> QWidget:
        venues = self.desk.ask(queries.venues, body.id)
        name = OneLine(body.name, "strong")
        kind = small(KIND_WORDS[body.kind])
        levels = small("　".join(f"{LEVEL_WORDS[venue.level]}：{venue.name}" for venue in venues), wrap=True)
        here = small("当前") if body.id == self.desk.body_id else quiet("切换", lambda: self.desk.turn_to(body.id))
        block = QWidget()
        top = row(name, kind, None, here, quiet("添加平台…", lambda: self._add_venue(body)), gap=8)
        block.setLayout(column(top, levels, gap=2))
        return block

    def _add_venue(self, body: BodyFacts) -> None:
        form = Form()
        sheet = Sheet(
            "添加议事平台", body.name, action="添加", decide=lambda: self._found_venue(body, form), parent=self
        )
        form.choice("level", "级别", tuple(LEVEL_WORDS.items()))
        form.line("name", "名称", hint="如：第三网格议事会", needed=True)
        sheet.add(form)
        sheet.open()

    def _found_venue(self, body: BodyFacts, form: Form) -> None:
        self.desk.do(add_venue, body.id, **form.values())
        self.desk.say("已添加议事平台。")

    # procedure rules

    def _policy_card(self) -> Card:
        self.policy.choice(
            "legal_mode",
            "手机投票的法律效力",
            tuple(LEGAL_WORDS.items()),
            note="新的表决事项以此为默认，每次表决仍可另选。",
        )
        self.policy.choice("duplicate_policy", "同一人手机、纸质各投一次时", DUPLICATES)
        self.policy.tick("count_parking", "车位计入专有部分面积", note="依管理规约或议事规则；不勾选则不计。")
        self.policy.number("max_proxies", "每人最多接受委托（人）", value=3, most=99)
        self.policy.line("fonds", "全宗号", hint="如：Z109", note="归档时写入档号。")
        self._policy = Card("议事规则").add(self.policy, row(plain("保存议事规则", self._save_policy), None))
        return self._policy

    def _fill_policy(self, body: BodyFacts) -> None:
        owners = body.kind is BodyKind.OWNERS
        names = ("legal_mode", "duplicate_policy", "max_proxies", "fonds")
        self.policy.show_only(*names, *(("count_parking",) if owners else ()))
        self._policy.title.say(f"议事规则：{body.name}")
        self.policy.fill(
            legal_mode=body.legal_mode,
            duplicate_policy=body.policy.get("duplicate_policy", "first_valid"),
            count_parking=body.policy.get("count_parking", False),
            max_proxies=body.policy.get("max_proxies", 3),
            fonds=body.policy.get("fonds", ""),
        )

    def _save_policy(self) -> None:
        if self.desk.body_id is None:
            return
        with self.policy.guard():
            self.desk.do(set_policy, self.desk.body_id, **self.policy.values())
            self.desk.say("议事规则已保存。已经冻结的表决不受影响。")

    # this computer

    def _here_card(self) -> Card:
        self.here.line("clerk", "经办人姓名", hint=UNNAMED, note="写入经过与存证，说明是谁办的。")
        self.here.line("wifi_name", "会场无线网络名称", hint="如：YISHI", note="投屏上会出现连接用的二维码。")
        self.here.line("wifi_password", "会场无线网络密码")
        smaller = plain("小一号", lambda: self._resize(-1))
        larger = plain("大一号", lambda: self._resize(1))
        sizes = row(Words("文字大小"), smaller, larger, small("Ctrl + / Ctrl -"), None, gap=8)
        return Card("这台电脑").add(self.here, row(plain("保存", self._save_here), None), sizes)

    def _save_here(self) -> None:
        values = self.here.values()
        self.desk.memory.put("clerk", values["clerk"].strip() or None)
        self.desk.memory.put("wifi.name", values["wifi_name"].strip() or None)
        self.desk.memory.put("wifi.password", values["wifi_password"] or None)
        self.desk.say("已保存。")

    def _resize(self, step: int) -> None:
        window = self.window()
        if hasattr(window, "resize_font"):
            window.resize_font(int(self.desk.memory.get("font", theme.USUAL)) + step)

    # data

    def _data_card(self) -> Card:
        buttons = row(
            plain("立即备份", self.back_up, icon="save"),
            plain("备份到 U 盘…", self._back_up_to, icon="hard-drive"),
            plain("打开数据文件夹", self._open_folder, icon="folder-open"),
            None,
            gap=8,
        )
        check = row(
            plain("检验存证链", self.verify, icon="shield-check"),
            plain("检查与恢复", lambda: self.go("recovery"), icon="search"),
            muted("看有没有被改动、丢失。"),
            None,
            gap=10,
        )
        return Card("数据与备份").add(self.data_note, buttons, check)

    def back_up(self, folder: Path | None = None) -> None:
        """Copy the database while it is in use, to the data folder's `backups` or another folder."""
        settings = self.desk.app.settings
        target = folder or settings.backups
        now = self.desk.now

        def copy(task: Task) -> Path:
            task.progress()
            return copy_file(settings.database_file, target, now)

        self.desk.work("正在备份", copy, self._backed_up)

    def _backed_up(self, path: Path) -> None:
        self.desk.do(chain.append, "data.backed_up", "data:1", place=str(path))
        self.desk.say(f"已备份到 {path}")

    def _back_up_to(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "选择备份位置")
        if name:
            self.back_up(Path(name))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.desk.app.settings.data)))

    def verify(self) -> None:
        """Recompute the audit chain on another thread and say what came out."""
        self.desk.work("正在检验存证链", lambda task: self.desk.ask(witnessing.verify), self._verified)

    def _verified(self, standing: chain.Standing) -> None:
        if standing.broken is None:
            self.desk.say(f"存证链完整，共 {standing.entries} 条。")
        else:
            self.desk.say(
                f"存证链第 {standing.broken.seq} 条有问题：{standing.broken.reason}。请保留现场并联系维护人员。",
                tone="cinnabar",
            )


def _about_card() -> Card:
    words = "六步议事：提事、定题、议事、决事、办事、评事，一件事一张清单。"
    return Card("关于", f"版本 {__version__}").add(
        muted(words, wrap=True),
        small("本软件按 Apache-2.0 许可发布；所附字体与图标各依其许可。", wrap=True),
        row(quiet("查看许可", _show_licences), None),
    )


def _show_licences() -> None:
    from PySide6.QtWidgets import QPlainTextEdit

    sheet = Sheet("许可", leave="关闭", width=720)
    texts = QPlainTextEdit(licences())
    texts.setReadOnly(True)
    texts.setMinimumHeight(360)
    texts.setAccessibleName("许可全文")
    sheet.add(texts)
    sheet.exec()


def licences() -> str:
    """The licence texts of what is bundled: fonts and icons."""
    parts = []
    for path in (*sorted(resources.path("fonts", "licences").glob("*")), resources.path("icons", "LICENSE")):
        name = "Lucide 图标" if path.parent.name == "icons" else path.stem
        parts.append(f"==== {name}\n\n{path.read_text(encoding='utf-8', errors='replace')}")
    return "\n\n".join(parts)
