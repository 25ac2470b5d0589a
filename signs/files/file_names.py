"""What the name of a file says: what systems leave, the copies of synchronizers, other formats."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from signs.text.normalize import nearest

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

# What systems, editors and synchronizers leave beside the files of people, and make again.
_CLUTTER = re.compile(
    r"\._.*|\.DS_Store|\.AppleDouble|\.LSOverride|\.localized|Icon\r?|__MACOSX|\.Spotlight-V100"
    r"|\.fseventsd|\.apdisk|\.TemporaryItems|\.DocumentRevisions-V100|\.VolumeIcon\.icns"  # macOS
    r"|\.Trashes|\.Trash(?:-\d+)?|\$RECYCLE\.BIN|System Volume Information|IndexerVolumeGuid"
    r"|Thumbs\.db(?::encryptable)?|ehthumbs(?:_vista)?\.db|desktop\.ini|.*\.lnk"  # Windows
    r"|~\$.*|~WRL\d+\.tmp|\.~lock\..*#|\.directory|\.nfs[0-9a-f]+|\.fuse_hidden[0-9a-f]+"
    r"|lost\+found"
    r"|.*~|\.#.*|#.*#|\.?.*\.sw[a-p]|\.?.*\.un~|4913"  # editors
    r"|\.sync|\.sync_.*\.db.*|\._sync_.*\.db.*|\.owncloudsync\.log.*|\.stfolder|\.stversions|\.stignore"
    r"|\.syncthing\..*\.tmp|\.dropbox(?:\.attr|\.cache)?|\.~.*|.*\.(?:part|crdownload|partial)",
    re.IGNORECASE | re.DOTALL,
)


def is_clutter(name: str) -> bool:
    r"""Tell whether a name is one that a system, an editor or a synchronizer leaves behind.

    Examples
    --------
    >>> [is_clutter(name) for name in ("._signes.toml", "Thumbs.db", ".~lock.index.html#")]
    [True, True, True]
    >>> is_clutter("signes.toml")
    False
    """
    return _CLUTTER.fullmatch(name) is not None


# A copy that a synchronizer made because two people changed a file at the same time.
_CONFLICT = re.compile(
    r"(?P<stem>.+?)(?:"
    r"[ _.-]*\([^()]*(?:conflit|conflict)[^()]*\)"  # Dropbox, Nextcloud, Seafile, Google Drive
    r"|[ _.-]+(?:copie[ _-]en[ _-])?(?:sync-)?(?:conflit|conflict(?:ed)?)\b.*"  # Syncthing
    r"|[ _]\((?:DESKTOP|LAPTOP|PC)-[\w-]+\)|-(?:DESKTOP|LAPTOP|PC|MacBook|iMac)[\w-]*"  # OneDrive
    r"|[ _-]+(?:MacBook|iMac|PC)[ _-].*"
    r"|[._](?:BACKUP|BASE|LOCAL|REMOTE)[._]\d+"  # merge tools
    r")(?P<suffix>\.[^.]+)",
    re.IGNORECASE,
)
# A copy that a person, or their browser, made.
_COPY = re.compile(
    r"(?P<before>(?:copie|copy)(?: \(\d+\))? (?:de|of) )?(?P<stem>.+?)"
    r"(?P<after>\s*\(\d+\)|[ _-]+(?:copie|copy)(?:[ _]*\(?\d+\)?)?|[ _-]\d{1,2}|~\d)?"
    r"(?P<suffix>\.[^.]+)",
    re.IGNORECASE,
)


def conflicted_with(name: str, known: Collection[str]) -> str | None:
    """Return the file that two people changed at the same time, of which this is one's version.

    Examples
    --------
    >>> conflicted_with("signes (Copie en conflit de Marie 2026-11-28).toml", ["signes.toml"])
    'signes.toml'
    >>> conflicted_with("signes.sync-conflict-20261128-101112-ABCDEFG.toml", ["signes.toml"])
    'signes.toml'
    >>> conflicted_with("signes (1).toml", ["signes.toml"]) is None
    True
    """
    plain = unicodedata.normalize("NFC", name)
    if (original := _original(_CONFLICT.fullmatch(plain), known)) or "confli" not in plain.lower():
        return original
    words = set(re.findall(r"\w+", plain.lower()))  # « Conflit de Marie - signes.toml »
    return next((each for each in known if each.rpartition(".")[0] in words), None)


def copied_from(name: str, known: Collection[str]) -> str | None:
    """Return the file that a person made a copy of: « signes - Copie (2).toml ».

    Examples
    --------
    >>> copied_from("signes - Copie (2).toml", ["signes.toml"])
    'signes.toml'
    >>> copied_from("signes (1).toml", ["signes.toml"]), copied_from("x.toml", ["signes.toml"])
    ('signes.toml', None)
    """
    return _original(_COPY.fullmatch(unicodedata.normalize("NFC", name)), known)


def _original(found: re.Match[str] | None, known: Collection[str]) -> str | None:
    if found is None:
        return None
    original = f"{found['stem']}{found['suffix']}".lower()
    return next((name for name in known if name.lower() == original), None)


def meant_for(name: str, known: Collection[str]) -> str | None:
    """Return the file that a text in another format holds the content of.

    Examples
    --------
    >>> meant_for("signes.toml.docx", ["signes.toml"]), meant_for("Signes.csv", ["signes.toml"])
    ('signes.toml', 'signes.toml')
    >>> meant_for("notes.docx", ["signes.toml"]) is None
    True
    """
    stem, dot, suffix = name.rpartition(".")
    if not dot or suffix.lower() not in _OTHER_FORMATS:
        return None
    stem = stem.removesuffix(".toml")
    return _exactly(f"{stem}.toml", known) or copied_from(f"{stem}.toml", known)


_OTHER_FORMATS = frozenset(
    (
        *("doc", "docx", "odt", "rtf", "pages", "csv", "tsv", "xls", "xlsx", "ods", "numbers"),
        *("pdf", "md", "html", "htm", "json", "yaml", "yml", "xml", "tml", "tom"),
    )
)


def _exactly(name: str, known: Collection[str]) -> str | None:
    return next((each for each in known if each.lower() == name.lower()), None)


def near_name(name: str, known: Collection[str]) -> str | None:
    """Return the file whose name this one nearly has: `signe.toml`, `Signes.toml.txt`."""
    return nearest(name, known, alike=_SURELY)


_SURELY = 0.75
"""« évaluation.toml » does not mean « situations.toml »."""


def visible(folder: Path) -> list[Path]:
    """Return what people put in a folder, by name: clutter and hidden files left out.

    Raises
    ------
    OSError
        When the folder cannot be read.
    """
    inside = sorted(folder.iterdir())
    return [path for path in inside if not is_clutter(path.name) and path.name[:1] != "."]


def is_empty(folder: Path) -> bool:
    """Tell whether a folder holds nothing, or only what systems leave.

    Raises
    ------
    OSError
        When the folder cannot be read.
    """
    return all(is_clutter(path.name) for path in folder.iterdir())
