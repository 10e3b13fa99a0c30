"""What an image's file says of whose it is, and the little that is written into ours (pure)."""

from __future__ import annotations

from collections.abc import Mapping

from PIL import Image, ImageFile, IptcImagePlugin

from ingest.printable import one_line

# EXIF 2.32, section 4.6.4: Artist and Copyright.
_ARTIST, _COPYRIGHT = 0x013B, 0x8298
# IPTC-IIM 4.2: By-line, Credit, Copyright Notice.
_IPTC = {"by": (2, 80), "credit": (2, 110), "copyright": (2, 116)}
_LONGEST = 300


def file_credit(image: ImageFile.ImageFile) -> Mapping[str, str]:
    """Return what the file says of its maker, its credit and its owner: "by", "credit", "copyright" where known."""
    exif = image.getexif()
    found = {"by": _text(exif.get(_ARTIST)), "credit": "", "copyright": _text(exif.get(_COPYRIGHT))}
    iptc = IptcImagePlugin.getiptcinfo(image) or {}
    for name, tag in _IPTC.items():
        found[name] = _text(iptc.get(tag)) or found[name]
    return {name: text for name, text in found.items() if text}


def credit_exif(says: Mapping[str, str], *, printed: str) -> bytes:
    """Return EXIF that names the maker and the owner and nothing else; empty where neither is known.

    `printed` is the photo credit of the page, which goes before what the file says of its owner.
    """
    owner = one_line(printed)[:_LONGEST] or says.get("credit") or says.get("copyright") or ""
    exif = Image.Exif()
    for tag, text in ((_ARTIST, says.get("by", "")), (_COPYRIGHT, owner)):
        if text:
            # EXIF knows ASCII only; cameras and newsrooms write UTF-8 there, and readers show it.
            exif[tag] = text.encode()
    return exif.tobytes() if len(exif) else b""


def _text(value: object) -> str:
    if isinstance(value, list):
        return _text(b"; ".join(part for part in value if isinstance(part, bytes)))
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return one_line(value.replace("\x00", " "))[:_LONGEST] if isinstance(value, str) else ""
