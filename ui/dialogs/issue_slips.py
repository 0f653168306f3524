"""发放选票: which address the codes lead to, the hall's Wi-Fi, large print; and the address the vote server is to take."""

import re
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from consult_app.kernel.errors import Refused
from consult_app.web.address import lan_addresses, url_of
from consult_app.web.server import shortest_port
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet

LOOPBACK = "127.0.0.1"


SITE = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9]+)?")


class BadSite(Refused):
    """The town's address is none that fits on a slip."""

    text = "请填写完整的网址，例如 https://vote.example.cn/NH01。"
    field = "site"


@dataclass(frozen=True)
class SlipWishes:
    """Where slips lead, and how they are printed. `site` is a town's vote server; empty where this computer serves."""

    host: str
    port: int
    wifi: str = ""
    large: bool = False
    site: str = ""

    @property
    def url(self) -> str:
        """`http://192.168.31.20:8080`."""
        return self.site or url_of(self.host, self.port)


class IssueSlips(FormSheet):
    """Asks for the wishes; `wishes` holds them once decided. The page issues and prints."""

    def __init__(self, desk: Desk, count: int, again: bool = False, parent: QWidget | None = None) -> None:
        dead = "先前印的选票全部作废。" if again else ""
        note = f"为 {count} 位表决权人各印一张。{dead}二维码只在这一次生成：丢失、损坏的不能重印，只能「补发」。"
        super().__init__("发放选票", note, action="生成并打印", decide=self._decide_wishes, parent=parent)
        self.desk = desk
        self.wishes: SlipWishes | None = None
        kept = kept_wishes(desk)
        if not desk.app.settings.is_sqlite:
            self.form.line("site", "全镇投票网址", value=kept.site, hint="https://vote.example.cn/NH01",
                           note="由镇里的服务器收票时填写；不填则由这台电脑收票。")  # fmt: skip
        hosts = [(host, host) for host in lan_addresses()]
        if kept.host and kept.host != LOOPBACK and kept.host not in dict(hosts):
            hosts.append((kept.host, f"{kept.host}（上次使用，现在不在本机网络上）"))
        hosts.append((LOOPBACK, "127.0.0.1（仅本机试用，手机打不开）"))
        names = dict(hosts)
        self.form.choice("host", "手机打开的地址", hosts, value=kept.host if kept.host in names else hosts[0][0],
                         note="投票的手机要和这台电脑连在同一个网络里。")  # fmt: skip
        self.form.number("port", "端口", value=kept.port, least=1, most=65535,
                         note="80 最好：地址里不带端口，二维码更简单，远一些也扫得出来。")  # fmt: skip
        self.form.line("wifi", "会场 Wi-Fi 名称", value=kept.wifi, hint="印在选票上；没有就不填")
        self.form.line("password", "会场 Wi-Fi 密码", value=str(desk.memory.get("wifi.password") or ""),
                       hint="只用于大屏上的二维码，不印在选票上")  # fmt: skip
        self.form.tick("large", "大字版选票（每页张数较少）")

    def _decide_wishes(self) -> None:
        values = self.form.values()
        site = values.get("site", "").strip().rstrip("/")
        if site and not SITE.fullmatch(site):
            raise BadSite
        self.wishes = SlipWishes(values["host"], values["port"], values["wifi"].strip(), values["large"], site)
        memory = self.desk.memory
        memory.put("vote.site", site or None)
        memory.put("vote.host", values["host"])
        memory.put("vote.port", values["port"])
        memory.put("wifi.name", values["wifi"].strip() or None)
        memory.put("wifi.password", values["password"] or None)


def kept_wishes(desk: Desk) -> SlipWishes:
    """What was chosen last, or this computer's likeliest address."""
    host = str(desk.memory.get("vote.host") or next(iter(lan_addresses()), LOOPBACK))
    port, wifi = int(desk.memory.get("vote.port") or shortest_port()), str(desk.memory.get("wifi.name") or "")
    return SlipWishes(host, port, wifi, site=str(desk.memory.get("vote.site") or ""))
