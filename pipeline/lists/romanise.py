"""Names in Cyrillic, Greek and Arabic letters in Latin ones, plainly: what is compared, never what is shown.

Arabic script leaves short vowels out, so that its names compare well among themselves only.
"""

from __future__ import annotations

from typing import Final

_CYRILLIC: Final = (
    "а a б b в v г g д d е e ё e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh "
    "щ shch ы y э e ю yu я ya і i ї i є e ґ g ў u ј y љ l њ n ћ c ђ dj џ dj қ k ғ g ң n ө o ұ u ү u һ h ә a"
)
_GREEK: Final = (
    "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ i φ f χ kh ψ ps ω o "
    "ά a έ e ή i ί i ό o ύ i ώ o ϊ i ϋ i ΐ i"
)
_ARABIC: Final = (
    "ا a أ a إ i آ a ٱ a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z غ gh ف f ق q ك k ک k "
    "گ g ل l م m ن n ه h ة a ۀ a و u ؤ u ي i ی i ى a ئ i پ p چ ch ژ zh"
)


def _table() -> dict[int, str]:
    pairs = f"{_CYRILLIC} {_GREEK} {_ARABIC}".split()
    table = {ord(letter): latin for letter, latin in zip(pairs[::2], pairs[1::2], strict=True)}
    return table | {ord(letter): "" for letter in "ъьءعـ’‘ʼ"} | {0x200C: " ", 0x200D: ""}


_TABLE: Final = _table()


def romanise(name: str) -> str:
    """*name* in lower case with Latin letters where the table has them; other letters stay.

    >>> romanise("Сергей Лавров"), romanise("Κυριάκος"), romanise("José")
    ('sergei lavrov', 'kiriakos', 'josé')
    """
    lower = name.lower()
    return lower if lower.isascii() else lower.replace("ου", "ou").translate(_TABLE)
