"""The window's look: colours, sizes and one style sheet built from them. Fusion style, light, calm.

Widgets say what they are with the property `look` ("title", "muted", "card", "primary", ...); only this file says how that is drawn.
"""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.kernel import fonts, resources

PAPER = "#F7F5F0"
RAIL = "#EFEAE2"
CARD = "#FFFFFF"
SUNK = "#ECE8DD"
LINE = "#E3DED3"
EDGE = "#CFC8B9"
INK = "#1F2A37"
MUTED = "#5B6470"
PINE = "#1E6F6B"
PINE_DARK = "#175955"
PINE_PALE = "#E3EFED"
CINNABAR = "#B23A2E"
CINNABAR_PALE = "#F7E7E3"
AMBER = "#9A6412"
AMBER_PALE = "#FAEFD8"
GREY = "#7A828C"
GREY_PALE = "#EEEBE4"

TONES = {
    "plain": (INK, CARD),
    "pine": (PINE, PINE_PALE),
    "amber": (AMBER, AMBER_PALE),
    "cinnabar": (CINNABAR, CINNABAR_PALE),
    "grey": (MUTED, GREY_PALE),
}
"""Tone -> (text, ground). The amber text is darker than the amber of pictures, for a contrast of 4.5:1 on its ground."""

SMALLEST, USUAL, LARGEST = 9, 11, 18
"""Sizes of the main font, in points."""

_ARROW = resources.path("icons", "chevron-down.svg").as_posix()

_UI, _MEDIUM = "Noto Sans SC", "Noto Sans SC Medium"


@dataclass(frozen=True)
class Scale:
    """Sizes that follow the main font (points)."""

    base: int = USUAL

    def px(self, pixels: float) -> int:
        """A length drawn for 11 pt, in pixels at this size."""
        return round(pixels * self.base / USUAL)

    def pt(self, points: float) -> str:
        """A font size drawn for 11 pt, for the style sheet."""
        return f"{points * self.base / USUAL:.1f}pt"


def dress(application: QApplication, base: int = USUAL) -> None:
    """Give the application its style, fonts and palette; again with another `base` (points) to change the size."""
    if _UI not in QFontDatabase.families():
        load_fonts()
    if application.style().objectName() != "fusion":
        application.setStyle("Fusion")
    application.setFont(font(base))
    application.setPalette(_palette())
    application.setStyleSheet(style_sheet(Scale(base)))


def load_fonts() -> None:
    """Make the bundled screen fonts known to Qt."""
    for role in ("ui", "hei"):
        QFontDatabase.addApplicationFont(str(fonts.font_path(role)))


def font(points: float, medium: bool = False) -> QFont:
    """The bundled screen font at a size in points."""
    found = QFont()
    found.setFamilies([_MEDIUM, _UI] if medium else [_UI])
    found.setPointSizeF(points)
    found.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    found.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return found


def look(widget: QWidget, name: str) -> None:
    """Say what a widget is, for the style sheet; may be changed at any time."""
    widget.setProperty("look", name)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for place, colour in (
        (role.Window, PAPER),
        (role.WindowText, INK),
        (role.Base, CARD),
        (role.AlternateBase, "#FBFAF7"),
        (role.Text, INK),
        (role.Button, CARD),
        (role.ButtonText, INK),
        (role.ToolTipBase, INK),
        (role.ToolTipText, CARD),
        (role.PlaceholderText, "#757C86"),
        (role.Highlight, PINE),
        (role.HighlightedText, CARD),
        (role.Link, PINE),
        (role.LinkVisited, PINE),
        (role.Accent, PINE),
    ):
        palette.setColor(place, QColor(colour))
    for place in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, place, QColor("#9A9C9E"))
    return palette


def style_sheet(s: Scale) -> str:
    """The one style sheet, at a scale."""
    return "\n".join((_words(s), _frames(s), _buttons(s), _fields(s), _tables(s), _window(s)))


def _words(s: Scale) -> str:
    medium = f'font-family: "{_MEDIUM}", "{_UI}";'
    tones = "\n".join(f'QLabel[tone="{name}"] {{ color: {text}; }}' for name, (text, _) in TONES.items())
    return f"""
    QLabel {{ background: transparent; }}
    QLabel[look="title"] {{ font-size: {s.pt(19)}; {medium} }}
    QLabel[look="heading"] {{ font-size: {s.pt(13.5)}; {medium} }}
    QLabel[look="strong"] {{ {medium} }}
    QLabel[look="muted"] {{ color: {MUTED}; }}
    QLabel[look="small"] {{ color: {MUTED}; font-size: {s.pt(9.75)}; }}
    QLabel[look="figure"] {{ font-size: {s.pt(18)}; }}
    QLabel[look="error"] {{ color: {CINNABAR}; font-size: {s.pt(10)}; }}
    {tones}
    QToolTip {{ background: {INK}; color: {CARD}; border: 0; padding: {s.px(6)}px {s.px(8)}px; }}
    """


def _frames(s: Scale) -> str:
    return f"""
    QFrame[look="card"] {{ background: {CARD}; border: 1px solid {LINE}; border-radius: 6px; }}
    QFrame[look="card"][warning="true"] {{ border-left: 3px solid {CINNABAR}; }}
    QFrame[look="line-card"] {{ background: {CARD}; border: 1px solid {LINE}; border-radius: 6px; }}
    QFrame[look="line-card"]:hover {{ border-color: {EDGE}; background: #FDFCFA; }}
    QFrame[look="line-card"]:focus {{ border: 2px solid {PINE}; }}
    QFrame[look="rule"] {{ background: {LINE}; border: 0; max-height: 1px; min-height: 1px; }}
    QFrame[look="tile"] {{ background: {CARD}; border: 1px solid {LINE}; border-radius: 5px; }}
    QScrollArea, QScrollArea > QWidget > QWidget[look="page"] {{ background: transparent; border: 0; }}
    QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
    QScrollBar:vertical {{ background: transparent; width: {s.px(10)}px; margin: 2px; }}
    QScrollBar:horizontal {{ background: transparent; height: {s.px(10)}px; margin: 2px; }}
    QScrollBar::handle {{ background: {EDGE}; border-radius: 3px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::handle:disabled {{ background: transparent; }}
    QScrollBar::handle:hover {{ background: {GREY}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QSplitter::handle {{ background: transparent; }}
    QTabWidget::pane {{ border: 0; border-top: 1px solid {LINE}; }}
    QTabBar::tab {{ background: transparent; color: {MUTED}; padding: {s.px(8)}px {s.px(4)}px; margin-right: {s.px(20)}px;
      border: 0; border-bottom: 2px solid transparent; }}
    QTabBar::tab:selected {{ color: {PINE}; border-bottom-color: {PINE}; }}
    QTabBar::tab:focus {{ color: {PINE_DARK}; }}
    """


def _buttons(s: Scale) -> str:
    pad = f"padding: {s.px(6)}px {s.px(16)}px; min-height: {s.px(22)}px;"
    return f"""
    QPushButton {{ background: {CARD}; color: {INK}; border: 1px solid {LINE}; border-radius: 6px; {pad} }}
    QPushButton:hover {{ border-color: {EDGE}; background: #FDFCFA; }}
    QPushButton:pressed {{ background: {SUNK}; }}
    QPushButton:focus {{ border: 2px solid {PINE}; padding: {s.px(6) - 1}px {s.px(16) - 1}px; }}
    QPushButton:disabled {{ background: {SUNK}; color: #8C8B85; border-color: {LINE}; }}
    QPushButton:checked {{ background: {PINE_PALE}; color: {PINE}; border-color: {PINE}; }}
    QPushButton[look="primary"] {{ background: {PINE}; color: white; border-color: {PINE}; }}
    QPushButton[look="primary"]:hover {{ background: {PINE_DARK}; border-color: {PINE_DARK}; }}
    QPushButton[look="primary"]:focus {{ border: 2px solid {INK}; }}
    QPushButton[look="primary"]:disabled {{ background: {SUNK}; color: #8C8B85; border-color: {LINE}; }}
    QPushButton[look="danger"] {{ color: {CINNABAR}; }}
    QPushButton[look="danger"]:hover {{ border-color: {CINNABAR}; background: {CINNABAR_PALE}; }}
    QPushButton[look="danger"]:disabled {{ color: #8C8B85; }}
    QPushButton[look="quiet"] {{ background: transparent; border: 1px solid transparent; color: {PINE};
      padding: {s.px(4)}px {s.px(6)}px; }}
    QPushButton[look="quiet"]:hover {{ background: {PINE_PALE}; }}
    QPushButton[look="quiet"]:focus {{ border: 2px solid {PINE}; padding: {s.px(4) - 1}px {s.px(6) - 1}px; }}
    QPushButton[look="quiet"]:disabled {{ color: #8C8B85; background: transparent; }}
    QPushButton[look="tab"] {{ border-radius: {s.px(15)}px; background: {SUNK}; border-color: {SUNK}; color: {MUTED};
      padding: {s.px(4)}px {s.px(14)}px; }}
    QPushButton[look="tab"]:checked {{ background: {PINE}; border-color: {PINE}; color: white; }}
    QPushButton::menu-indicator {{ subcontrol-position: right center; subcontrol-origin: padding; right: {s.px(6)}px; }}
    QCheckBox, QRadioButton {{ spacing: {s.px(8)}px; padding: {s.px(3)}px 0; }}
    QCheckBox::indicator, QRadioButton::indicator {{ width: {s.px(14)}px; height: {s.px(14)}px; }}
    QCheckBox:focus, QRadioButton:focus {{ color: {PINE}; }}
    """


def _fields(s: Scale) -> str:
    box = (
        "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QDateTimeEdit, QTimeEdit, QSpinBox, QDoubleSpinBox"
    )
    focus = ", ".join(f"{name}:focus" for name in box.split(", "))
    off = ", ".join(f"{name}:disabled" for name in box.split(", "))
    wrong = ", ".join(f'{name}[wrong="true"]' for name in box.split(", "))
    return f"""
    {box} {{ background: {CARD}; border: 1px solid {EDGE}; border-radius: 6px;
      padding: {s.px(5)}px {s.px(9)}px; selection-background-color: {PINE}; selection-color: white; }}
    QLineEdit, QComboBox, QDateEdit, QDateTimeEdit, QTimeEdit, QSpinBox, QDoubleSpinBox {{ min-height: {s.px(22)}px; }}
    QLineEdit[look="large"] {{ min-height: {s.px(34)}px; font-size: {s.pt(15)}; }}
    QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{ border: 0; padding: 0; min-height: 0; background: transparent; }}
    QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: 0; }}
    {focus} {{ border: 2px solid {PINE}; padding: {s.px(5) - 1}px {s.px(9) - 1}px; }}
    {off} {{ background: {PAPER}; color: {MUTED}; border-color: {LINE}; }}
    {wrong} {{ border: 1px solid {CINNABAR}; background: #FFFBFA; }}
    QComboBox::drop-down, QDateEdit::drop-down, QDateTimeEdit::drop-down {{ border: 0; width: {s.px(24)}px; }}
    QComboBox::down-arrow, QDateEdit::down-arrow, QDateTimeEdit::down-arrow {{ image: url("{_ARROW}");
      width: {s.px(14)}px; height: {s.px(14)}px; }}
    QComboBox QAbstractItemView, QMenu {{ background: {CARD}; border: 1px solid {EDGE}; padding: 4px; outline: 0; }}
    QMenu::item {{ padding: {s.px(6)}px {s.px(24)}px {s.px(6)}px {s.px(12)}px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {PINE_PALE}; color: {PINE_DARK}; }}
    QMenu::item:disabled {{ color: {MUTED}; }}
    QMenu::separator {{ height: 1px; background: {LINE}; margin: 4px 8px; }}
    QProgressBar {{ background: {SUNK}; border: 0; border-radius: 4px; min-height: {s.px(8)}px; max-height: {s.px(8)}px; }}
    QProgressBar::chunk {{ background: {PINE}; border-radius: 4px; }}
    """


def _tables(s: Scale) -> str:
    return f"""
    QTableView, QListView, QTreeView {{ background: {CARD}; border: 1px solid {LINE}; border-radius: 6px; gridline-color: {LINE};
      selection-background-color: {PINE_PALE}; selection-color: {INK}; outline: 0; alternate-background-color: #FBFAF7; }}
    QTreeView::item {{ padding: {s.px(3)}px {s.px(4)}px; border: 0; }}
    QTableView::item, QListView::item {{ padding: {s.px(4)}px {s.px(8)}px; border: 0; }}
    QTableView::item {{ border-bottom: 1px solid #F0ECE4; }}
    QTableView::item:selected, QListView::item:selected {{ background: {PINE_PALE}; color: {INK}; }}
    QListView::item:hover {{ background: #F3F1EB; }}
    QHeaderView {{ background: {CARD}; border: 0; }}
    QHeaderView::section {{ background: {CARD}; color: {MUTED}; border: 0; border-bottom: 1px solid {LINE};
      padding: {s.px(6)}px {s.px(8)}px; font-size: {s.pt(9.75)}; }}
    QHeaderView::section:hover {{ color: {INK}; }}
    QTableCornerButton::section {{ background: {CARD}; border: 0; }}
    """


def _window(s: Scale) -> str:
    return f"""
    QWidget[look="rail"] {{ background: {RAIL}; border-right: 1px solid {LINE}; }}
    QPushButton[look="rail"] {{ background: transparent; border: 1px solid transparent; border-radius: 6px; text-align: left;
      padding: {s.px(7)}px {s.px(10)}px; color: {INK}; }}
    QPushButton[look="rail"]:hover {{ background: #F6F2EB; }}
    QPushButton[look="rail"]:checked {{ background: {CARD}; border-color: {LINE}; color: {PINE}; }}
    QPushButton[look="rail"]:focus {{ border: 2px solid {PINE}; padding: {s.px(7) - 1}px {s.px(10) - 1}px; }}
    QLabel[look="badge"] {{ background: {CINNABAR}; color: white; border-radius: {s.px(18) // 2}px; font-size: {s.pt(9)};
      min-height: {s.px(18)}px; max-height: {s.px(18)}px; min-width: {s.px(9)}px; padding: 0 {s.px(6)}px; }}
    QWidget[look="bar"] {{ background: {PAPER}; border-bottom: 1px solid {LINE}; }}
    QWidget[look="bar"][practising="true"] {{ background: {AMBER_PALE}; border-bottom-color: #E8D3A6; }}
    QWidget[look="status"] {{ background: {PAPER}; border-top: 1px solid {LINE}; }}
    QWidget[look="status"] QLabel {{ color: {MUTED}; font-size: {s.pt(9.5)}; }}
    QWidget[look="status"] QLabel[tone="cinnabar"] {{ color: {CINNABAR}; }}
    QPushButton[look="switch"] {{ background: transparent; border: 1px solid transparent; padding: {s.px(4)}px {s.px(8)}px; text-align: left; }}
    QPushButton[look="switch"]:hover {{ background: {SUNK}; }}
    QPushButton[look="switch"]:focus {{ border: 2px solid {PINE}; }}
    QPushButton[look="switch"]::menu-indicator {{ image: none; width: 0; }}
    QFrame[look="message"] {{ border: 0; border-bottom: 1px solid {LINE}; background: {PINE_PALE}; }}
    QFrame[look="message"][tone="cinnabar"] {{ background: {CINNABAR_PALE}; }}
    QFrame[look="message"][tone="amber"] {{ background: {AMBER_PALE}; }}
    QFrame[look="message"][tone="grey"] {{ background: {GREY_PALE}; }}
    QDialog {{ background: {PAPER}; }}
    """
