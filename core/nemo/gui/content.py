"""What an answer quotes is content: it is hidden while instructions are looked for, and comes back as it was.

A quotation that names a button ("click “Export”") stays visible, because the instruction needs it. Pure.
"""

from __future__ import annotations

import re

# Letters that no answer is written in stand for what is hidden: a letter takes part in no rule about punctuation.
_FIRST, _LAST = 0x20000, 0x2A6DF
_MARK = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")

_QUOTATION = re.compile(
    r"```.*?```|``[^`]+``|`[^`\n]+`|“[^“”]*”|„[^„“”]*[“”]|\"[^\"\n]*\"|＂[^＂\n]*＂|「[^「」]*」|『[^『』]*』|《[^《》]*》"
    r"|〈[^〈〉]*〉|【[^【】]*】|«[^«»]*»|‹[^‹›]*›|‘(?:[^‘’\n]|’(?=[a-z]))*’(?![a-z])"
    r"|(?<![a-zA-Z0-9])'(?=\S)(?:[^'\n]|(?<=\w)'(?=[a-z]))*(?<=\S)'(?![a-zA-Z0-9])",
    re.DOTALL,
)
_NEAR = 40  # letters

# What is written into the picture may also be named without marks: "Title: click the bell (0-3s)".
_TEXTS = r"(?:titles?|texts?|captions?|subtitles?|overlays?|banners?|watermarks?|lower thirds?|end cards?|CTAs?)"
_NAMED = re.compile(
    rf"(?:\b{_TEXTS}(?: \d+)?|(?:标题|文字|字幕|文案|水印))[*_]{{0,2}}[:：][*_]{{0,2}}\s*(?P<listed>[^\n:：]{{1,200}}?)"
    r"(?=\s*[(（\[]\s*[\d.:]+\s*(?:ms|s|秒)?\s*(?:[-–—~～至到]|to)\s*[\d.:])"
    rf"|\b(?:added|changed|set|updated|renamed|wrote|inserted)\b[^.!?:\n]{{0,40}}\b{_TEXTS}\b[^.!?:\n]{{0,20}}:\s*"
    r"(?P<told>[^.!?\n]{1,200})"
    r"|(?:写着|写的是|写上了?|显示(?:为|的是)|(?:标题|文字|字幕|文案|内容)(?:已经?|被)?(?:是|为|改为|改成了?|换成了?|设为))[:：]?\s*"
    r"(?P<shown>[^“”「」\"，。；！？\n]{1,60}?)(?=[，。；！？\n（(]|$)",
    re.IGNORECASE,
)

_ENGLISH_LEAD = re.compile(
    r"\b(?:click|press|tap|hit|push|smash|select|choose|pick|use|using|open|find|locate|try|look for|see|via|visit"
    r"|(?:go|switch|navigate|head|jump|return|proceed)(?: back| over)? (?:in)?to"
    r"|(?:click|press|tap|select|us|open|choos)ing)"
    r"(?: on(?:to)?)?(?: (?:the|your|this|that|an?|either|our))?(?: [\w-]+){0,2}[\s*_(\[]*$",
    re.IGNORECASE,
)
_ENGLISH_NOUN = re.compile(
    r"[\s*_)\]]*(?:buttons?|btn|icons?|options?|menus?|tabs?|panels?|keys?|pages?|windows?|dialogs?|toolbars?)\b"
    r"(?! (?:animation|sticker))",
    re.IGNORECASE,
)
_CHINESE_LEAD = re.compile(
    r"(?:点击|单击|双击|点按|点选|轻触|轻点|点一下|点开|点|按下|按一下|按|选择|选中|选|使用|用|找到|打开|展开|进入|前往|转到|切换到|通过)"
    r"(?:[一-鿿]{0,8}的)?[\s*_(（\[]*$"
)
_CHINESE_NOUN = re.compile(r"[\s*_)）\]]*(?:按钮|按键|键|图标|选项|菜单|面板|标签页|页面|界面|窗口|开关)(?!动画|贴纸)")
_SHOWN = re.compile(
    r"[\s*_]*(?:as (?:the|an?)\b|(?:title|caption|text|overlay|animation|sticker|lettering|words?)s?\b"
    r"|字样|标题|字幕|文字|文案|作为|当作|这[句行几]|动画|贴纸|效果)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"[\s*_]*(?:>|→|->|/|»|、|和|与|或|或者|and|or|then|and then)[\s*_]*")


class Content:
    """One answer. `visible` is what instructions are looked for in; `restored` brings back what was hidden."""

    def __init__(self, text: str) -> None:
        self._hidden: list[str] = []
        self.visible = _NAMED.sub(self._without_named, self._without_quoted(_MARK.sub(self._without_rare, text)))

    def restored(self, text: str) -> str:
        return _MARK.sub(lambda mark: self._hidden[ord(mark[0]) - _FIRST], text)

    def _hide(self, content: str) -> str:
        """A mark for `content`; what is hidden in it comes back with it."""
        if len(self._hidden) > _LAST - _FIRST:
            return content
        self._hidden.append(self.restored(content))
        return chr(_FIRST + len(self._hidden) - 1)

    def _without_rare(self, rare: re.Match[str]) -> str:
        self._hidden.append(rare[0])
        return chr(_FIRST + len(self._hidden) - 1)

    def _without_quoted(self, text: str) -> str:
        out: list[str] = []
        at, label = 0, -1  # where the last label ended
        for found in _QUOTATION.finditer(text):
            out.append(text[at : found.start()])
            at = found.end()
            is_label = _is_label(text, found.start(), found.end()) or (
                label >= 0 and _JOINED.fullmatch(text[label : found.start()]) is not None
            )
            label = at if is_label else -1
            out.append(found[0] if is_label else self._hide(found[0]))
        return "".join([*out, text[at:]])

    def _without_named(self, found: re.Match[str]) -> str:
        name = next(key for key, value in found.groupdict().items() if value is not None)
        start, end = found.span(name)
        whole, offset = found[0], found.start()
        return f"{whole[: start - offset]}{self._hide(found[name])}{whole[end - offset :]}"


def _is_label(text: str, start: int, end: int) -> bool:
    """Whether a quotation names something to press or to open."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if _SHOWN.match(after):
        return False
    pressed = _ENGLISH_LEAD.search(before) or _CHINESE_LEAD.search(before)
    return bool(pressed or _ENGLISH_NOUN.match(after) or _CHINESE_NOUN.match(after))
