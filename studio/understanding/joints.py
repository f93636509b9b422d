"""What people write for "and" inside one wish: between two times, two ends, two fades. Pure."""

from __future__ import annotations

import re

_SIGN = r"\s*(?:&|\+|,|\bn\b|\bplus\b|\band also\b|\band then\b|\bthen\b)\s*"
_BETWEEN = re.compile(rf"(\bbetween (?:the )?\d[\d:.]*(?: ?[a-z]+)?){_SIGN}(?=\d)", re.IGNORECASE)
_ENDS = re.compile(
    rf"(\b(?:first|opening|start|beginning)(?: \d+ ?s(?:ec\w*)?)?){_SIGN}(?=(?:the )?(?:last|final|closing|"
    rf"end)\b)",
    re.IGNORECASE,
)
_HALF = re.compile(r"(\b(?:minutes?|seconds?|hours?|mins?)) (?:n|&|\+) (?=a half\b|\d+ ?s)", re.IGNORECASE)
_FADES = re.compile(
    rf"(\bfade[sd]?[ -]?in(?: (?:for|over|of))?(?: \d+(?:\.\d+)? ?[a-z]+)?){_SIGN}(?=out\b)", re.IGNORECASE
)
_LISTED = re.compile(
    r"(?<=[\u4e00-\u9fff%秒\d])(?<![题幕字印写打说把将给上叫为是：:到在用]) +(?=(?:再|并|加|把|将|"
    r"剪掉|静音|配|放|改|去掉|删|保留|"
    r"淡|导出|变|转|裁|用|显示|声音|音量|音乐|标题|字幕|结尾|开头|竖|横|其他|其余|之前|前面|小声|大声|说话|大概|"
    r"我的?|小点|不要|只|最后|帮|原声|"
    r"原来|右|左|底部|顶部|游戏|细声|后半|两倍|速度))"
)

_BEHIND_QUOTES = re.compile("(?<=[\ue100-\uf8ff]) +(?=再|加|淡|静音|竖|横|背景|导出)")


def joined(text: str) -> str:
    """The text with "and" there, and with a comma where Chinese clauses stand apart by a blank only."""
    for pattern in (_BETWEEN, _ENDS, _HALF, _FADES):
        text = pattern.sub(r"\1 and ", text)
    return _BEHIND_QUOTES.sub("，", _LISTED.sub("，", text))
