"""Number words as digits: "a minute and a half" is "1.5 minute", "一分半" is "1.5分钟". Pure."""

from __future__ import annotations

import re

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: value for value, word in enumerate(_ONES)}
_WORDS |= {word: 10 * value for value, word in enumerate(_TENS, 2)}
_SINGLE = r"zero|" + "|".join(sorted((w for w in _WORDS if w not in ("zero", "one")), key=len, reverse=True))
_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "四": 4, "五": 5}
_DIGITS |= {"六": 6, "七": 7, "八": 8, "九": 9}
_ZH = r"[零〇一二两俩三四五六七八九十百]"
_ZH_UNIT = r"个?(?:半)?(?:小时|分钟|分(?!之)|秒钟|秒|倍|成(?!为|品|片)|比)"
_UNIT = r"(?:hours?|hrs?|minutes?|mins?|seconds?|secs?)"
_PARTS = {"thirds": 3, "quarters": 4, "fifths": 5, "tenths": 10}
_HALF = re.compile(rf"\b(\d+|an?) {_UNIT} and a half\b")


def as_digits(text: str) -> str:
    """Lower case in, lower case out. What is no number stays as it is."""
    return _chinese(_english(text))


def _english(text: str) -> str:
    tens = "|".join(_TENS)
    text = re.sub(rf"\b({tens})[ -]({'|'.join(_ONES[1:10])})\b", lambda m: str(_WORDS[m[1]] + _WORDS[m[2]]), text)
    text = re.sub(rf"\b({_SINGLE})\b", lambda m: str(_WORDS[m[1]]), text)
    text = re.sub(r"\b(\d+)(?:st|nd|rd|th)(?= (?:to|until|till|through|second|sec|minute)\b| ?-)", r"\1", text)
    text = re.sub(rf"\bone(?=[ -](?:{_UNIT}\b|and a half|hundred|times|point|tenth|to \d))", "1", text)
    text = re.sub(r"\b(?:a|(\d)) hundred(?: and)?(?: (\d{1,2})\b)?", _hundred, text)
    text = re.sub(r"(?<!\d )(?<!\d)\b(second|sec|minute|min)s? (\d+)(?![\d:]| ?(?:s|sec|min|%|x)\w*\b)", r"\2 \1", text)
    text = re.sub(r"\b1/([2-5])(?=(?:th)? (?:the )?(?:speed|volume|of)\b)", lambda m: f"{1 / int(m[1]):.4g}", text)
    text = re.sub(r"\b(\d+) point (\d+)\b", r"\1.\2", text)
    text = re.sub(r"\b(\d+) and a half\b", r"\1.5", text)
    text = re.sub(
        r"\b(first|last|opening|final|initial|closing) (?=(?:minute|hour|"
        r"second) and a half\b)",
        r"\1 a ",
        text,
    )
    text = re.sub(r"\b(\d+|an?) (minute|hour|second)s? and a half\b", _and_a_half, text)
    text = re.sub(r"\b(\d+) (minutes?|mins?) and (?=\d+ ?s)", r"\1 \2 ", text)
    text = re.sub(rf"\b3[ -]quarters? of an? (?={_UNIT}\b)", "0.75 ", text)
    text = re.sub(r"\b([2-9])[ -](thirds|quarters|fifths|tenths)\b", _percent, text)
    text = re.sub(rf"\bhalf(?: of)? an? (?={_UNIT}\b)", "0.5 ", text)
    text = re.sub(r"\bhalf[ -](?=(?:minute|hour|second|min|sec)\b)", "0.5 ", text)
    text = re.sub(rf"\b(?:a )?quarter(?: of)? an? (?={_UNIT}\b)|\b(?:a )?quarter[ -](?={_UNIT}\b)", "0.25 ", text)
    text = re.sub(rf"\b(?:a )?couple (?:of )?(?={_UNIT}\b)", "2 ", text)
    text = re.sub(
        r"\b(first|last|opening|final|initial|closing) (?=(?:second|minute|hour|sec|min)\b(?! (?:file|clip|video|"
        r"half)))",
        r"\1 1 ",
        text,
    )
    return re.sub(
        r"(?<!per )(?<!not )\b(?:a|an|one) (?=(?:second|minute|hour|min|sec)\b(?! (?:title|file|video|clip|text)))",
        "1 ",
        text,
    )


def _percent(match: re.Match[str]) -> str:
    return f"{100 * int(match[1]) / _PARTS[match[2]]:.4g}%"


def _and_a_half(match: re.Match[str]) -> str:
    number = 1 if match[1].startswith("a") else int(match[1])
    return f"{number}.5 {match[2]}"


def _hundred(match: re.Match[str]) -> str:
    return str(int(match[1] or 1) * 100 + int(match[2] or 0))


def _chinese(text: str) -> str:
    text = (
        re.sub(r"(?<=[分秒钟])整", "", text)
        .replace("半分钟", "30秒")
        .replace("半小时", "30分钟")
        .replace("半秒", "0.5秒")
    )
    text = re.sub(rf"百分之({_ZH}+|\d+(?:\.\d+)?)", lambda m: f"{_value(m[1])}%", text)
    text = re.sub(r"(?<![前后])([二三四五2-5])分之([一二三四1-4])", _z_percent, text)
    text = re.sub(rf"({_ZH}|\d+)点({_ZH}|\d+)(?=倍)", lambda m: f"{_value(m[1])}.{_value(m[2])}", text)
    text = re.sub(rf"({_ZH}+)(?=个?半?{_ZH_UNIT})", lambda m: str(_value(m[1])), text)
    text = re.sub(
        rf"(第|分钟?|到|至|比)({_ZH}+)(?=秒|分|$|[^\u4e00-\u9fff]|到|至|个?文件)",
        lambda m: m[1] + str(_value(m[2])),
        text,
    )
    text = re.sub(rf"({_ZH}+)(?=(?:到|至|-|~)第?\d)", lambda m: str(_value(m[1])), text)
    text = re.sub(r"(\d+)秒钟?半", r"\1.5秒", text)
    return re.sub(r"(\d+)(?:分半钟?|个?半分钟|分钟半)", lambda m: f"{m[1]}.5分钟", text)


def _z_percent(match: re.Match[str]) -> str:
    return f"{100 * _value(match[2]) / _value(match[1]):.4g}%"


def _value(number: str) -> int | float:
    if number[0].isdigit() and number[0].isascii():
        return float(number) if "." in number else int(number)
    total, digit = 0, 0
    for character in number:
        match character:
            case "百":
                total, digit = total + (digit or 1) * 100, 0
            case "十":
                total, digit = total + (digit or 1) * 10, 0
            case _:
                digit = _DIGITS[character]
    return total + digit
