"""What is particular to Chinese: numerals, and where words for the picture begin and end."""

from __future__ import annotations

import re

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "四": 4}
_DIGITS |= {"五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_N = r"[零〇一二两俩三四五六七八九十百]"
_UNIT = r"个?(?:半)?(?:小时|分钟|分(?!之)|秒钟|秒|倍|成(?!为|品|片)|比|乘|[kK])"
_HALVES = (("半分钟", "30秒"), ("半小时", "30分钟"), ("半秒", "0.5秒"))


def digits(text: str) -> str:
    """ "一分半" is "1.5分钟"."""
    text = re.sub(r"(?<=[分秒钟])整", "", text)
    for said, meant in _HALVES:
        text = text.replace(said, meant)
    text = re.sub(rf"百分之({_N}+|\d+(?:\.\d+)?)", lambda m: f"{_value(m[1])}%", text)
    text = re.sub(
        r"(?<![前后])([二三四五2-5])分之([一二三四1-4])", lambda m: f"{100 * _value(m[2]) / _value(m[1]):.4g}%", text
    )
    text = re.sub(rf"({_N}|\d+)点({_N}|\d+)(?=倍|秒|分)", lambda m: f"{_value(m[1])}.{_value(m[2])}", text)
    text = re.sub(rf"({_N}+)(?=个?半?{_UNIT})", lambda m: str(_value(m[1])), text)
    text = re.sub(
        rf"(第|分钟?|到|至|比|乘)({_N}+)(?=秒|分|$|[^\u4e00-\u9fff]|到|至|个?文件)",
        lambda m: m[1] + str(_value(m[2])),
        text,
    )
    text = re.sub(rf"({_N}+)(?=(?:到|至|-|~)第?\d)", lambda m: str(_value(m[1])), text)
    text = re.sub(r"(\d+)秒钟?半", r"\1.5秒", text)
    return re.sub(r"(\d+)(?:分半钟?|个?半分钟|分钟半)", r"\1.5分钟", text)


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


# Who sings: a name that nobody put in quotation marks.
PERFORMER = re.compile(
    r"((?:歌手|艺人|演唱者?|作者)(?:名|名字)?(?:是|为|叫|写|[:：])? ?)"
    r"([\u4e00-\u9fff·]{2,6}(?=[\s,，。;；!！、]|$)|[A-Z][\w.'&-]*(?: [A-Z][\w.'&-]*){0,3})"
)

_PREPOSITION = re.compile(
    r"(到|成|为|至|在|剩|只剩|大概|大约|差不多)(?:原来的|原声的|原速的|原本的|大概|大约|约|只有)*\s*$"
)


def preposition(before: str) -> str:
    """The preposition at the end, as in English."""
    match = _PREPOSITION.search(before)
    return "" if match is None else "at" if match[1] == "在" else "to"


_NOUN = r"(?:标题|字幕|文字|水印|字样|标语|题目|片名|字)"
_COLOR = r"(?:白|黄|红|黑|蓝|绿|粉|金|紫|橙)"
_TEXT = re.compile(
    rf"(?:(?:大|小|{_COLOR}色)?(?:标题|字幕|文字|水印|文本|字样|文案|一句话|一行字|题目|片名|字))\s*(?:的?内容)?"
    r"(?:叫做?|写着?|写上|写成|是(?!不)|为|显示|说|:|：|打)\s*(?P<text>\S.*)"
    r"|(?:写上|写着|写(?!个|错)|打上|打出|标上|署名|标注)(?:几个?字|文字|一行字|字)?\s*(?:[:：])?\s*(?P<text2>\S.*)"
    rf"|(?:打|写|加|放)(?:上|个)?(?:超)?(?:大|小)?{_COLOR}?色?的?字(?![体幕数])\s*(?P<text4>\S.*)"
    rf"|(?:加|放|上|添加|配|来|做)(?:上|个|一个|一行|段|条|句)*(?:大|小|{_COLOR}色)?(?:标题|字幕|文字|水印|字样)\s*(?P<text3>\S.*)"
)
_TAIL = re.compile(
    r"(?:放(?:在|到)|(?:显示)?在(?:视频|画面|屏幕)?(?:的)?(?:底|顶|中|左|右|开头|结尾|最|第|正|下|上|居|片|"
    r"前|后)|显示\d|显示[一二三四五六七八九十两半]|"
    rf"持续|(?:用|要)?{_COLOR}(?:色|字)|大一点|字体|居中|从第?\d|"
    rf"(?:这)?(?:几个|[一二三四五六七八九十两]个)字|(?:的)?{_NOUN}$|前\d|"
    r"前[一二三四五六七八九十两]|最后\d|全程|谢谢|吧$).*$"
)
_ACCOUNT = re.compile(r"^(?:我的?)?(?:账号|帐号|号|名字)(?:是|叫)?\s*(?=[@#])")
_NO_TEXT = re.compile(
    r"(?:吧|呢|啊|一下|到视频|上去|效果|特效|样式|颜色|大小|位置|大一点|小一点|在.*|给.*|到.*|的.*|。|了.*|去掉|"
    rf"删掉|错.*|得.*|不.*|太.*|改.*|换.*|要.*|也.*|都.*|用.*|{_COLOR}色.*)*"
)


def written(clause: str) -> str | None:
    """The piece of the clause that is to stand in the picture, as it was written; None where none is seen."""
    match = _TEXT.search(clause)
    if match is None:
        return None
    text = next((group for group in match.groups() if group), "")
    text = _TAIL.sub("", text).strip(" .:：,，")
    text = _ACCOUNT.sub("", text)
    return text if text and not _NO_TEXT.fullmatch(text) else None
