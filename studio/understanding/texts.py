"""Words for the picture that nobody put in quotation marks: "saying …", "写上…", HELLO WORLD, @name. Pure."""

from __future__ import annotations

import re

_NOUN = (
    r"(?:title|text|caption|subtitle|watermark|heading|headline|label|words?|line|message|banner|name|lower "
    r"third|title card|overlay|tagline)s?"
)
_AFTER_COLON = re.compile(
    r"\b(?:write|put|add|show|display|text|caption|title|say|type|credits?|heading|headline|subtitle|label|"
    r"overlay)\b[^:]*:\s+(?P<text>\S.*)$",
    re.IGNORECASE,
)
_AFTER_MARKER = re.compile(
    rf"\b{_NOUN}(?: card)?(?: (?:at|on|in) (?:the )?(?:top|bottom|center|centre|middle|start|end|"
    rf"beginning)(?: (?:left|right))?)?"
    r"\s*(?:,?\s*(?:that |which |it )?(?:say(?:s|ing)?|read(?:s|ing)?|called|named|should (?:say|read)|"
    r"with the (?:words?|text))\s*:?|:|=)\s*(?P<text>\S.*)"
    r"|\b(?:saying|that (?:says|reads)|which (?:says|reads)|reading|with the words?|with the text|that "
    r"say)\s*:?\s*(?P<text2>\S.*)"
    r"|\b(?:make it|let it|have it|it should) (?:say|read)\s*:?\s*(?P<text3>\S.*)|\b(?:write|type|"
    r"print)\s+(?:out |down )?(?:the (?:text|words?|title|caption) |on (?:it|screen|the video):? "
    r"?)?(?P<text4>\S.*)"
    r"|\b(?:words|phrase|sentence)\s+(?!that\b|which\b|in\b|on\b|at\b|from\b|to\b|out\b|off\b|away\b|are\b|"
    r"is\b|should\b)(?P<text5>\S.*)",
    re.IGNORECASE,
)
_NAMED_HANDLE = re.compile(r"(?:账号|handle|username|ID|id|号)\s*([@#][^\s,;]+)")
_HANDLE = re.compile(r"(?<!\S)(?P<text>[@#©][^\s,;]+)")
_CAPITALS = re.compile(r"(?<![\w'])(?P<text>[A-Z][A-Z0-9'!&?%-]+(?: [A-Z0-9&!?%'-]+)*)(?![\w'])")
_NAMED = re.compile(
    rf"\b(?i:{_NOUN})(?: card)? (?P<text>[A-Z0-9][^\s,]*(?: (?:(?:of|in|the|to|and|a|on|for|my|by|at) "
    rf")*(?:[A-Z0-9][^\s,]*|with))*)"
)
_NO_TEXT = {
    "MP3",
    "MP4",
    "WAV",
    "M4A",
    "BGM",
    "HD",
    "TV",
    "FPS",
    "AAC",
    "MOV",
    "AVI",
    "GIF",
    "PLS",
    "PLZ",
    "OK",
    "USB",
    "AI",
    "DJ",
    "FLAC",
    "TIKTOK",
    "PLEASE",
    "ASAP",
    "THX",
    "LOL",
}
_TAIL = re.compile(
    r"\s+(?:(?:please|pls|thanks|thx)\b.*|in (?:the )?(?:(?:very )?(?:big|small|large|bold|huge|tiny|upper|"
    r"lower|top|bottom|middle|cent(?:er|re)|corner|first|last|background|white|yellow|red|black|blue|"
    r"green|pink|orange|purple|gold|golden|gr[ae]y|cyan|silver)\b).*|at (?:the )?(?:(?:very )?(?:top|"
    r"bottom|start|beginning|end|middle|cent(?:er|re)|\d)).*|(?:on|to|over|across|onto|into) (?:the |this |"
    r"my )?"
    r"(?:top|bottom|screen|left|right|video|clip|picture|image|upper|lower|whole|entire|middle|cent(?:er|"
    r"re)|first|last|opening|footage).*|from \d.*|for (?:the )?(?:(?:about )?\d|first|last|whole|entire|a "
    r"(?:few|couple|second)|"
    r"one|two|three|four|five|six|seven|eight|nine|ten)\b.*|during .*|throughout\b.*|(?:top|bottom|upper|"
    r"lower)[ -](?:left|right|cent(?:er|re))\b.*|as (?:an? |the )(?:title|watermark|caption|text|"
    r"overlay)\b.*|"
    r"after \d.*|between \d.*|(?:starting|beginning) (?:at|from) .*|with (?:big|large|small|white|yellow|"
    r"red|black|bold)\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_Z_TEXT = re.compile(
    r"(?:(?:大|小|白色|黄色|红色)?(?:标题|字幕|文字|水印|文本|字样|文案|一句话|一行字|题目|片名|"
    r"字))\s*(?:的?内容)?(?:叫做?|写着?|写上|写成|是|为|显示|说|:|"
    r"：|打)\s*(?P<text>\S.*)"
    r"|(?:写上|写着|写(?!个)|打上|打出|打个|标上|署名|标注)(?:几个?字|文字|一行字|字)?\s*(?:[:：])?\s*(?P<text2>\S.*)"
    r"|(?:加|放|上|添加|配|来|做)(?:上|个|一个|一行|段|条|句)*(?:大|小|白色|黄色|红色)?(?:标题|字幕|文字|"
    r"水印|字样)\s*(?P<text3>\S.*)"
)
_Z_TAIL = re.compile(
    r"(?:放(?:在|到)|(?:显示)?在(?:视频|画面|屏幕)?(?:的)?(?:底|顶|中|左|右|开头|结尾|最|第|正|下|上|居|片|"
    r"前|后)|显示\d|显示[一二三四五六七八九十两半]|"
    r"持续|(?:用|要)?(?:白|黄|红|黑|蓝|绿|粉|金|紫|橙)(?:色|字)|大一点|字体|居中|从第?\d|"
    r"(?:这)?(?:几个|[一二三四五六七八九十两]个)字|(?:的)?(?:标题|字幕|字样|水印|文字)$|前\d|"
    r"前[一二三四五六七八九十两]|最后\d|全程|谢谢|吧$).*$"
)
_SOMETHING = re.compile(
    r"(?:an?|some|me|us|my|your|his|"
    r"her)\s+[a-z]",
    re.IGNORECASE,
)  # "write a script": no words for the picture
_EMPTY = re.compile(
    r"(?:(?:an?|the|some|my|this|that|to|on|it|for|at|in|of|title|text|caption|here|there|please|pls|video|"
    r"with|over|and|me|us|something|nice|good|card|page|effect|overlay|bigger|smaller|larger)\b\W*)*"
    r"|(?:吧|呢|啊|一下|到视频|上去|效果|特效|样式|颜色|大小|位置|大一点|小一点|在.*|给.*|到.*|的.*|。|了|去掉|"
    r"删掉|错.*|得.*|不.*)*"
)


def unquoted_text(clause: str) -> str | None:
    """The piece of the clause that is to stand in the picture, as it was written; None where none is seen."""
    for match in (_AFTER_COLON.search(clause), _AFTER_MARKER.search(clause), _Z_TEXT.search(clause)):
        if match:
            text = next((group for group in match.groups() if group), "")
            if match.groupdict().get("text4") and _SOMETHING.match(text):
                continue
            text = _Z_TAIL.sub("", _TAIL.sub("", " " + text)).strip(" .:：,，")
            if handle := _NAMED_HANDLE.search(text):
                return handle[1]
            if text and not _EMPTY.fullmatch(text.lower()):
                return text
    for pattern in (_HANDLE,) if clause.isupper() else (_HANDLE, _NAMED, _CAPITALS):
        match = pattern.search(clause)
        if (
            match
            and (text := _TAIL.sub("", match["text"]).strip(" .,"))
            and not (pattern is _CAPITALS and _is_shouting(clause, text))
        ):
            return text
    return None


def _is_shouting(clause: str, text: str) -> bool:
    """Somebody who writes everything in capitals, or a name of a format."""
    rest = clause.replace(text, "", 1)
    return (
        set(re.findall(r"[A-Z0-9]+", text)) <= _NO_TEXT or not re.search(r"[a-z]{2}|[\u4e00-\u9fff]", rest) or not text
    )
