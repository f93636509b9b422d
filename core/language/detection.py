"""Which language somebody writes in: by its script, and by the app's language where the script leaves it open."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Literal

# Scripts that several languages share, with the one to assume when the app's language says nothing better.
_BY_SCRIPT = {
    "cyrillic": ("ru", frozenset({"uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"})),
    "arabic": ("ar", frozenset({"fa", "ur", "ps", "ckb"})),
    "hebrew": ("he", frozenset({"yi"})),
    "devanagari": ("hi", frozenset({"mr", "ne"})),
    "thai": ("th", frozenset[str]()),
    "greek": ("el", frozenset[str]()),
    "hangul": ("ko", frozenset[str]()),
    "kana": ("ja", frozenset[str]()),
}
_NOT_LATIN = frozenset({"zh", "yue", "ka", "hy", "am", "bn", "ta", "te", "km", "lo", "my", "si"}).union(
    *({main, *others} for main, others in _BY_SCRIPT.values())
)
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})

# By hand because the names people use are not CLDR's: Babel lacks 12 of them ("中文", "普通话", "韩文" …) and
# langcodes 5 ("汉语", "印尼语" …), which also takes "music", "the" and "even" for languages.
_NAMES = {
    "en": ("english", "英文", "英语", "英語"),
    "zh-CN": ("chinese", "simplified chinese", "mandarin", "中文", "简体中文", "简体", "汉语", "普通话"),
    "zh-TW": ("traditional chinese", "繁体中文", "繁體中文", "繁体", "繁體"),
    "ja": ("japanese", "日本語", "日语", "日文"),
    "ko": ("korean", "한국어", "韩语", "韩文"),
    "ru": ("russian", "русский", "俄语", "俄文"),
    "uk": ("ukrainian", "українська", "乌克兰语"),
    "es": ("spanish", "español", "西班牙语", "西班牙文"),
    "pt": ("portuguese", "português", "葡萄牙语"),
    "fr": ("french", "français", "法语", "法文"),
    "de": ("german", "deutsch", "德语", "德文"),
    "it": ("italian", "italiano", "意大利语"),
    "tr": ("turkish", "türkçe", "土耳其语"),
    "pl": ("polish", "polski", "波兰语"),
    "nl": ("dutch", "nederlands", "荷兰语"),
    "id": ("indonesian", "bahasa indonesia", "印尼语"),
    "vi": ("vietnamese", "tiếng việt", "越南语"),
    "ar": ("arabic", "العربية", "阿拉伯语"),
    "hi": ("hindi", "हिन्दी", "印地语"),
    "th": ("thai", "ไทย", "泰语"),
}
LANGUAGE_NAMES = {name: tag for tag, names in _NAMES.items() for name in (*names, tag.lower())} | {"zh": "zh-CN"}

# Words that every language shares: file types, units, measures. They say nothing about the writer.
_SHARED = re.compile(
    r"https?://\S+|[@#]\S+|\b[\w-]+\.(?:mp4|mov|avi|webm|mkv|jpe?g|png|gif|webp|mp3|wav|m4a|aac)\b"
    r"|\b(?:mp[34]|m4a|mov|avi|webm|mkv|jpe?g|png|gif|webp|wav|aac|flac|ogg|bgm|vlog|tiktok|youtube|ok|hd|4k)\b"
    r"|\b\d+(?:[.,]\d+)?\s?(?:k|p|s|m|h|x|db|ms|fps|kbps|hz|khz|mb|gb|sec|min)\b",
    re.IGNORECASE | re.ASCII,
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|『[^』]*』|《[^》]*》|«[^»]*»|`[^`]*`")
_TAG = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_LATIN_WORD = re.compile(r"[^\W\d_]+")


def language_of(chosen: str, text: str, hint: str) -> str:
    """The language to answer in: the one that was chosen for the place, else the one that is written."""
    return chosen or detect_language(text, hint)


def detect_language(text: str, hint: str = "") -> str:
    """The tag of the language that `text` is written in: "en", "zh-CN", "ja" …

    The script decides. `hint` (the app's language, "" where unknown) decides between languages of one script
    and speaks for texts without a word of their own, such as "9:16" or "mp3". Quotations are somebody else's
    words and count only where nothing else is there.
    """
    script = _script_of(_QUOTED.sub(" ", text)) or _script_of(text)
    tag = language_tag(hint)
    if script == "":
        return tag or "en"
    if script == "latin":
        return tag if tag and tag.partition("-")[0] not in _NOT_LATIN else "en"
    if script == "han":
        return tag if tag in ("zh-TW", "ja") else "zh-CN"
    main, others = _BY_SCRIPT[script]
    return tag if tag in others else main


def ui_language(tag: str) -> Literal["en", "zh"]:
    """The catalogue that speaks to somebody of that language."""
    return "zh" if language_tag(tag).partition("-")[0] in ("zh", "yue") else "en"


def language_tag(text: str) -> str:
    """A platform's language tag in the backend's spelling: "zh-hans" -> "zh-CN", "en-GB" -> "en"; "" for none."""
    if not _TAG.fullmatch(text):
        return ""
    main, *rest = re.split(r"[-_]", text.lower())
    if main == "zh":
        return "zh-TW" if _TRADITIONAL.intersection(rest) and "hans" not in rest else "zh-CN"
    return main


def language_named(name: str) -> str:
    """The tag of a language called `name` in English, Chinese or itself, or of a known tag; "" for none."""
    name = " ".join(name.casefold().split())
    return LANGUAGE_NAMES.get(name) or LANGUAGE_NAMES.get(language_tag(name).lower(), "")


def _script_of(text: str) -> str:
    """The script with the most weight: without spaces between words, a letter weighs as much as a word elsewhere."""
    weights = Counter[str]()
    for word in _LATIN_WORD.findall(_SHARED.sub(" ", unicodedata.normalize("NFKC", text))):
        letters = Counter(_letter_script(c) for c in word)
        for script, count in letters.items():
            weights[script] += count if script in ("han", "kana", "hangul", "thai") else 1
    del weights[""]
    if weights["kana"] and weights["kana"] + weights["han"] >= weights["latin"]:
        return "kana"  # Han between kana is Japanese however much there is of it
    # At a tie the other script wins over Latin: English names stand in every language, not the reverse.
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0] == "latin"))
    return ranked[0][0] if ranked else ""


def _letter_script(letter: str) -> str:
    match unicodedata.name(letter, "").partition(" ")[0]:
        case "CJK":
            return "han"
        case "HIRAGANA" | "KATAKANA":
            return "kana"
        case word:
            return word.lower() if word.lower() in {"latin", *_BY_SCRIPT} else ""
