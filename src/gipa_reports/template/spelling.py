"""Spellings of a label made alike: width, script, white space, quotes and marks of notes are folded."""

from __future__ import annotations

import re
import unicodedata

from . import words
from .characters import unify

_DROP = re.compile(rf"[{words.UNSEEN}“”„‟\"'‘’「」『』`*]+")
_PINYIN = re.compile(r"\([a-zà-öø-ÿāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")
_FOOTNOTE = re.compile(r"(?:\^\d{1,2}|[①-⑳¹²³⁴-⁹]|[\[［]\d{1,2}[\]］])(?=\s*(?:[(（。:：;；]|$))")
_NUMBER = re.compile(r"^\(?(\d{1,2})[、,.:)](?!\d)")
_FOOTNOTE_SIGN = re.compile(r"[\^①-⑳¹²³⁴-⁹\[［]")
_NUMBER_STARTS = frozenset("(0123456789")
_OTHER_SIGNS = str.maketrans(
    {"〔": "(", "〕": ")", "【": "(", "】": ")", "﹙": "(", "﹚": ")", "／": "/", "．": ".", "﹒": "."}
)
_WIDE = tuple(zip("，：；（）", ",:;()", strict=True))
"""Marks of most lines of prose, which NFKC folds too, but then takes the whole text apart and together again."""
_OTHER_SIGN = re.compile(f"[{''.join(map(chr, _OTHER_SIGNS))}]")
_TRADITIONAL = re.compile(f"[{''.join(map(chr, words.TRADITIONAL))}]")


def normalise(text: str) -> str:
    """``text`` as labels are compared: half width, simplified, no white space, no quotes, no mark behind it."""
    # Each step is taken only where a character shows that it may change something: in most texts none does.
    if _FOOTNOTE_SIGN.search(text):
        text = _FOOTNOTE.sub("", text)
    if _OTHER_SIGN.search(text):
        text = text.translate(_OTHER_SIGNS)
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    folded = _DROP.sub("", unicodedata.normalize("NFKC", unify(text)))
    if "(" in folded:
        folded = _PINYIN.sub("", folded)
    if _TRADITIONAL.search(folded):
        folded = folded.translate(words.TRADITIONAL)
    for elsewhere, here in words.TAIWANESE:
        folded = folded.replace(elsewhere, here)
    if folded[:1] in _NUMBER_STARTS:
        folded = _NUMBER.sub(r"\1.", folded)
    return folded.rstrip("。:;")


def piece_key(text: str) -> str:
    """A piece of a label as pieces are compared: ``normalise`` would take off a mark that ends the piece alone."""
    return normalise(text + "x")[:-1].replace(":", "").replace(";", "")
