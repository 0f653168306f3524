"""QR codes for the big screen: the hall's Wi-Fi, and addresses."""

import qrcode

from ui.projector.scenes import Code


def code_of(text: str) -> Code:
    """A text as a QR code of level M, without its quiet zone."""
    found = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    found.add_data(text)
    found.make(fit=True)
    return tuple(tuple(bool(module) for module in line) for line in found.get_matrix())


def wifi(name: str, password: str) -> str:
    """What a phone reads to join a network."""
    escaped = [
        part.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace(":", "\\:")
        for part in (name, password)
    ]
    return f"WIFI:T:{'WPA' if password else 'nopass'};S:{escaped[0]};P:{escaped[1]};;"
