"""The style sheet: one template, filled with the colours and measures of the theme."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

CONTROLS = """
* { outline: 0; }
QToolTip { background: $raised; color: $ink; border: 1px solid $border; padding: 4px 6px; }
QLabel { background: transparent; color: $ink; }
QLabel[role="title"] { font-size: ${title}pt; font-weight: 600; }
QLabel[role="heading"] { font-size: ${heading}pt; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="caption"] { font-size: ${caption}pt; color: $muted; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="fault"] { font-size: ${caption}pt; color: $late; }
QLabel[role="required"] { color: $late; font-weight: 700; }
QLabel[role="note"] { font-size: ${caption}pt; color: $warn; }
QFrame[role="hairline"] { background: $line; border: 0; }
QWidget[role="surface"] { background: $surface; }
QWidget[role="page"] { background: $page; }

QLineEdit, QComboBox, QPlainTextEdit, QSpinBox {
    background: $surface; color: $ink; border: 1px solid $border; border-radius: 4px;
    min-height: ${inner}px; padding: 0 7px; selection-background-color: $focus; selection-color: $on_accent;
}
QPlainTextEdit { padding: 3px 3px; min-height: 0; }
QLineEdit:hover, QComboBox:hover, QPlainTextEdit:hover { border-color: $faint; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QSpinBox:focus {
    border: 2px solid $focus; padding: 0 6px; min-height: ${inner_focus}px;
}
QPlainTextEdit:focus { padding: 2px 2px; min-height: 0; }
QLineEdit[fault="true"], QComboBox[fault="true"], QPlainTextEdit[fault="true"] { border-color: $late; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {
    background: $page; color: $faint; border-color: $line;
}
QLineEdit:read-only, QPlainTextEdit:read-only { background: $page; }
QComboBox { padding-right: 24px; }
QComboBox:focus { padding-right: 23px; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url("$arrow"); width: 14px; height: 14px; }
QComboBox QAbstractItemView, QListView[role="popup"] {
    background: $raised; color: $ink; border: 1px solid $border; padding: 3px;
    selection-background-color: $hover; selection-color: $ink;
}
QComboBox QAbstractItemView::item, QListView[role="popup"]::item {
    min-height: ${inner}px; padding: 0 6px; border-radius: 3px;
}
QListView[role="popup"]::item:hover, QListView[role="popup"]::item:selected {
    background: $hover; color: $ink;
}

QPushButton {
    background: $surface; color: $ink; border: 1px solid $border; border-radius: 4px;
    min-height: ${inner}px; padding: 0 13px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $focus; padding: 0 12px; min-height: ${inner_focus}px; }
QPushButton:disabled { color: $faint; background: $page; border-color: $line; }
QPushButton[role="chip"] { padding: 0 7px; min-height: 22px; border-radius: 11px; font-size: ${caption}pt; }
QPushButton[role="primary"] {
    background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600;
}
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:pressed { background: $accent_pressed; }
QPushButton[role="primary"]:focus { border: 2px solid $focus; }
QPushButton[role="primary"]:disabled { background: $line; color: $faint; border-color: $line; }
QPushButton[role="quiet"], QToolButton[role="quiet"] {
    background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 0 9px; min-height: ${inner}px;
}
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:pressed, QToolButton[role="quiet"]:pressed { background: $line; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus {
    border: 2px solid $focus; padding: 0 8px; min-height: ${inner_focus}px;
}
QToolButton[role="quiet"] { padding: 0 6px; }
QToolButton[role="quiet"]:focus { padding: 0 5px; }
QToolButton::menu-indicator { image: none; }
QPushButton::menu-indicator { image: none; }

QCheckBox, QRadioButton {
    background: transparent; color: $ink; spacing: 7px; min-height: ${inner}px; padding: 0 3px;
    border: 1px solid transparent; border-radius: 4px;
}
QCheckBox:focus, QRadioButton:focus {
    border: 2px solid $focus; padding: 0 2px; min-height: ${inner_focus}px;
}
QCheckBox::indicator, QMenu::indicator, QTableView::indicator, QListView::indicator {
    width: 16px; height: 16px; border: 1px solid $border; border-radius: 3px; background: $surface;
}
QCheckBox::indicator:hover { border-color: $faint; }
QCheckBox::indicator:checked, QMenu::indicator:checked, QTableView::indicator:checked, QListView::indicator:checked {
    background: $accent; border-color: $accent; image: url("$check");
}
QCheckBox::indicator:disabled { background: $page; }
QMenu::indicator { margin-left: 6px; }
QRadioButton::indicator {
    width: 16px; height: 16px; border: 1px solid $border; border-radius: 9px; background: $surface;
}
QRadioButton::indicator:hover { border-color: $faint; }
QRadioButton::indicator:checked { width: 8px; height: 8px; border: 5px solid $accent; border-radius: 9px; }
QRadioButton[role="segment"] {
    background: $surface; border: 1px solid $border; padding: 0 14px; spacing: 0; border-radius: 0;
    margin-left: -1px;
}
QRadioButton[role="segment"][place="first"] {
    border-top-left-radius: 4px; border-bottom-left-radius: 4px; margin-left: 0;
}
QRadioButton[role="segment"][place="alone"] { border-radius: 4px; margin-left: 0; }
QRadioButton[role="segment"][place="last"] {
    border-top-right-radius: 4px; border-bottom-right-radius: 4px;
}
QRadioButton[role="segment"]::indicator { width: 0; height: 0; border: 0; image: none; }
QRadioButton[role="segment"]::indicator:checked { width: 0; height: 0; border: 0; }
QRadioButton[role="segment"]:hover { background: $hover; }
QRadioButton[role="segment"]:checked { background: $muted; color: $surface; border-color: $muted; }
QRadioButton[role="segment"]:focus {
    border: 2px solid $focus; padding: 0 13px; min-height: ${inner_focus}px;
}
"""

STRUCTURE = """
QScrollArea { border: 0; background: transparent; }
QScrollArea > QWidget > QWidget[role="surface"] { background: $surface; }
QScrollArea[edge="left"] { border-left: 1px solid $line; }
QScrollArea[edge="both"] { border-left: 1px solid $line; border-right: 1px solid $line; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; margin: 0; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QSplitter::handle:hover { background: $focus; }

QTableView, QTreeView, QListView {
    background: $surface; color: $ink; border: 0; gridline-color: transparent;
    selection-background-color: $chosen; selection-color: $ink;
}
QHeaderView { background: $surface; border: 0; }
QHeaderView::section {
    background: $surface; color: $muted; border: 0; border-bottom: 1px solid $border;
    padding: 0 10px; font-size: ${small}pt; min-height: ${header}px; max-height: ${header}px;
}
QHeaderView::section:hover { background: $hover; color: $ink; }
QHeaderView::up-arrow {
    image: url("$up"); width: 12px; height: 12px; subcontrol-position: center right; right: 4px;
}
QHeaderView::down-arrow {
    image: url("$arrow"); width: 12px; height: 12px; subcontrol-position: center right; right: 4px;
}
QTableCornerButton::section { background: $surface; border: 0; }

QTabBar { background: transparent; }
QTabBar::tab {
    background: transparent; color: $muted; border: 0; border-bottom: 2px solid transparent;
    padding: 0 12px; min-height: ${inner}px;
}
QTabBar::tab:hover { color: $ink; background: $hover; }
QTabBar::tab:selected { color: $ink; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus {
    color: $ink; border: 2px solid $focus; border-radius: 4px; padding: 0 10px; min-height: ${inner_focus}px;
}
QTabWidget::pane { border: 0; border-top: 1px solid $line; }

QMenu { background: $raised; color: $ink; border: 1px solid $border; padding: 4px; }
QMenu::item { min-height: ${inner}px; padding: 0 24px 0 8px; border-radius: 3px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }
QMenu::icon { padding-left: 6px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle {
    background: $border; border-radius: 3px; border: 3px solid $surface; min-height: 32px;
    min-width: 32px;
}
QScrollBar::handle:vertical { border-radius: 6px; }
QScrollBar::handle:horizontal { border-radius: 6px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    width: 0; height: 0; background: transparent;
}
QProgressBar { background: $line; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QWidget#navigation { background: $page; }
QToolButton[role="place"] {
    background: transparent; color: $ink; border: 1px solid transparent; border-left: 3px solid transparent;
    border-radius: 4px; min-height: ${place}px; padding: 0 9px; text-align: left;
}
QToolButton[role="place"]:hover { background: $hover; }
QToolButton[role="place"]:checked { background: $chosen; border-left: 3px solid $accent; font-weight: 600; }
QToolButton[role="place"]:focus {
    border: 2px solid $focus; border-left: 3px solid $accent; padding: 0 8px 0 9px;
}

QFrame[role="banner"] { border-radius: 4px; border: 1px solid $line; background: $page; }
QFrame[role="banner"][tone="warn"] { background: $warn_back; border-color: $warn; }
QFrame[role="banner"][tone="late"] { background: $late_back; border-color: $late; }
QFrame[role="banner"][tone="done"] { background: $done_back; border-color: $done; }
QFrame[role="banner"][tone="presumed"] { background: $presumed_back; border-color: $presumed; }
QFrame[role="toast"] { background: $ink; border-radius: 6px; }
QFrame[role="toast"] QLabel { color: $surface; }
QFrame[role="toast"] QPushButton { background: transparent; color: $surface; border: 1px solid $faint; }
QFrame[role="toast"] QPushButton:hover { border-color: $surface; }
QFrame[role="toast"] QPushButton:focus { border: 2px solid $surface; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 6px; }
QDialog { background: $surface; }
QDialogButtonBox, QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }
QCalendarWidget QWidget { background: $surface; color: $ink; alternate-background-color: $page; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent; selection-color: $on_accent; }
"""


def style_sheet(colours: Mapping[str, str], measures: Mapping[str, float], arrows: Mapping[str, str]) -> str:
    """Return the sheet; `arrows` names the picture files `arrow` (down), `up` and `check` of the theme."""
    control = int(measures["control"])
    sizes = {
        **{key: f"{value:g}" for key, value in measures.items()},
        "inner": str(control - 2),
        "inner_focus": str(control - 4),
        "place": str(control + 4),
        "small": f"{measures['base'] - 0.5:g}",
    }
    return Template(CONTROLS + STRUCTURE).substitute(**colours, **sizes, **arrows)
