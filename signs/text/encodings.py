"""Which encoding a French text is in, where it is not UTF-8: one byte a letter, by its accents."""

from __future__ import annotations

WINDOWS, MACINTOSH = "cp1252", "mac_roman"
_FRENCH = frozenset("é è ê ë à â ç ù û î ï ô œ É È Ê À Â Ç Ô Œ « » ’ °") - {" "}


def one_byte_encoding(raw: bytes) -> str:
    """Return the encoding in which bytes are the more French: of Windows, or of old Macintoshes.

    Examples
    --------
    >>> one_byte_encoding("Collège Françoise-Héritier".encode("mac_roman"))
    'mac_roman'
    >>> one_byte_encoding("Collège Françoise-Héritier".encode("cp1252"))
    'cp1252'
    """

    def french(encoding: str) -> int:
        return sum(letter in _FRENCH for letter in high.decode(encoding, errors="ignore"))

    high = bytes(byte for byte in raw if byte >= _FIRST)
    return MACINTOSH if french(MACINTOSH) > french(WINDOWS) else WINDOWS


_FIRST = 0x80
"""The first byte that is not ASCII."""


def decode_one_byte(raw: bytes) -> str:
    """Return the text of bytes that are not UTF-8; what no encoding knows is marked as such."""
    return raw.decode(one_byte_encoding(raw), errors="replace")
