"""Every file that came, and why it was refused."""

from __future__ import annotations

from dataclasses import replace

from hrbook.core.receipts import FileState, Receipt
from hrbook.sheets.book import Sheet
from hrbook.sheets.collected.desk import Desk

ORDER = 40
BODY = 4
KEYS = ("file", "state", "department", "saved", "sha256", "reason")
WIDTHS = (46, 14, 26, 17, 22, 66)


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet, refused files first."""
    labels = desk.labels
    listed = sorted(desk.receipts, key=lambda r: (r.read, r.state is FileState.DUPLICATE, r.name, r.sha256))
    read = sum(1 for r in listed if r.read)
    finding = labels("collect.files.finding", files=len(listed), read=read, refused=len(listed) - read)
    canvas = desk.canvas("collect_files", WIDTHS, finding)
    desk.heads(canvas, BODY - 1, KEYS, "files")
    for row, receipt in enumerate(listed, start=BODY):
        canvas.put(row, 0, receipt.name, "td_wrap")
        canvas.put(row, 1, labels(f"collect.file.{receipt.state.value}"), _look(receipt))
        canvas.put(row, 2, desk.sender(receipt.sender) or None, "td_wrap small")
        canvas.put(row, 3, receipt.saved.replace("T", " ")[:16] or None, "td_small")
        canvas.put(row, 4, receipt.sha256[:16] or None, "code")
        canvas.put(row, 5, reason(desk, receipt) or None, "td_wrap small")
    if not listed:
        canvas.put(BODY, 0, labels("collect.book.nothing"), "caption", cols=len(WIDTHS))
    last = BODY + max(len(listed), 1) - 1
    page = replace(desk.page("collect_files"), repeat_rows=(BODY - 1, BODY - 1))
    return (canvas.sheet(page, freeze=(BODY, 1), autofilter=(BODY - 1, 0, last, len(KEYS) - 1), tab="grey"),)


def reason(desk: Desk, receipt: Receipt) -> str:
    """Why a file was refused, in one paragraph; "" for one that was read."""
    if not receipt.fault:
        return ""
    return desk.labels.fault(receipt.fault, receipt.facts)


def _look(receipt: Receipt) -> str:
    if receipt.state is FileState.TAKEN:
        return "chip_met"
    return "chip_not_applicable" if receipt.state in (FileState.BLANK, FileState.DUPLICATE) else "chip_error"
