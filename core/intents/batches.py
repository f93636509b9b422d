"""Several files with one message: one instruction that uses them together, one for all, or one for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from core.files import Kind
from core.intents.plain import QUOTED, instruction
from core.intents.portions import ORDINALS, portions, uses_another

_NTH = r"(?:first|second|third|other|1st|2nd|3rd)"
_ANY = r"(?:file|video|clip|one|song|track|audio|recording|image|photo)"
_GROUND = r"(?:video|clip|footage|film|song|audio|podcast|cover|bgm|background|narration|voice-?over|soundtrack)"
_MATERIAL = r"(?:cover|photo|picture|image|mp3|wav|song|music|recording|track|audio)"

_TOGETHER = re.compile(
    r"\b(?:merg(?:e|ing)|combin(?:e|ing)|concat\w*|stitch|splice|join(?:ing)?|both|together|side by side|split screen|"
    r"picture[ -]in[ -]picture|montage|slideshow|mash ?up|back to back|one after (?:the other|another)|"
    r"(?:all|everything) in(?:to)? (?:one|a single)|in(?:to)? (?:one|a single) (?:file|video|clip|track|mp[34]))\b"
    rf"|\b{_NTH} {_ANY}\b.{{0,80}}\b(?:as|under|over|onto|on top|after|before|to|with|from)\b"
    rf"|\b(?:from|with|to|under|over|after|before|onto) the {_NTH} {_ANY}\b"
    r"|\breplac\w* .{0,80}\b(?:sound|audio|voice|track|music|soundtrack)\b.{0,80}\b(?:with|by)\b"
    r"|\b(?:swap|sync|synchroni[sz]e|match|align|dub|mix)\b.{0,80}\b(?:with|to|for|and|over|onto|in)\b"
    r"|\b(?:put|lay|place|add|overlay|attach|use|set)\b.{0,80}"
    rf"\b(?:on top of|over|under|underneath|beneath|behind|onto|to|as) (?:the |my |this |a )?{_GROUND}\b"
    r"|\b(?:cover|album) (?:art|image|photo|picture)\b|\bbackground (?:image|photo|picture)\b"
    r"|\buse .{0,80} as (?:the |a )?(?:cover|background|bgm)\b"
    rf"|\b(?:with|over|use|using) (?:the|my|this) {_MATERIAL}\b|\bthe (?:\w+ )?i (?:sent|uploaded|attached)\b"
    r"|合并|合成|合在一起|合到一起|合起来|拼接|拼在一起|拼起来|拼成|连起来|连接起来|接在一起|接起来|混剪|混合"
    r"|画中画|分屏|配到|配上|对口型|对齐|同步|一起|两个视频|这两个"
    r"|(?:替换|换掉|换成|代替|覆盖).{0,80}(?:原声|声音|音频|音轨|配音|音乐|录音)|(?:原声|声音|音频|音轨).{0,80}(?:替换|换成|换掉)"
    r"|(?:第二|第一|另)(?:个|一|段|首)?(?:个|段|首)?(?:文件|视频|音频|图片|歌)?.{0,80}(?:作为|当|做|放|加|接|配)"
    r"|封面|背景图|用.{0,80}(?:做|当|作为)(?:背景|封面|配乐)|(?:放|加|铺)(?:到|在).{0,80}(?:下面|上面|后面|视频|画面)"
)
_MUSIC_UNDER = re.compile(r"\bbgm\b|\bbackground (?:music|track|song)\b|配乐|背景音乐|背景乐")
_MUSIC_AWAY = re.compile(
    r"\b(?:remove|strip|delete|get rid of|without|mute|kill|drop|cut|erase|no|lower|louder|quieter|turn)\b"
    r"|去掉|去除|去了|删|移除|消除|消掉|不要|没有|静音|调|关掉|取消|分离"
)
_ADDING = re.compile(
    r"\b(?:put|lay|add|attach|use|replace|swap|sync|match|overlay|with|insert|on top|under|underneath|background|"
    r"make .*video|into .*video|video out of)\b|加|配|放|换|用|做成|转成视频|变成视频|生成"
)


def joins_files(text: str, kinds: Iterable[Kind] = ()) -> bool:
    """Whether the words use several files together, rather than one after the other.

    `kinds` are those of the files, where known: a film and a song with "add this under it" belong together,
    two films with "add background music" get each its own.
    """
    words = instruction(text).replace(QUOTED, " ")
    different = len(set(kinds) - {"other"})
    if _TOGETHER.search(words):
        return True
    if _MUSIC_UNDER.search(words) and not _MUSIC_AWAY.search(words):
        return different != 1
    return different > 1 and bool(_ADDING.search(words))


_FILE = r"(?:file|video|clip|one|audio|song|track|sound|image|photo|picture)"
_FILE_ZH = r"(?:个|段|条|张|份|首)?(?:文件|视频|音频|片段|图片|歌)?"
_SAYS = r"(?:\s*[:：=→]\s*|\s+[-–—]+>?\s+|\s*——\s*)"
_TO = r"(?=\s+(?:to|as|into|should be)\b)"
_BEGINS = r"(?:^|(?<=[\n;；,，。.]))\s*[-*•]?\s*"
_MARK = re.compile(
    # A bare number only begins a line or a part of it: "make it 9:16" and "from 5 - 10 s" are no lists.
    rf"{_BEGINS}(?:#|no\.? ?)?(?P<digits>\d{{1,2}})(?:\s*[:：)）、](?![\d/])|\.(?=\s)|\s+[-–—]+>?\s+)\s*"
    rf"|(?:^|(?<=[\s;；,，。.]))(?:"
    rf"{_FILE} ?#?(?P<file>\d{{1,2}}){_SAYS}"
    rf"|(?:the )?(?P<word>{'|'.join(k for k in ORDINALS if k.isascii())})(?: {_FILE})?(?:{_SAYS}|{_TO})"
    rf"|(?P<rest>(?:the )?(?:rest|others?|other (?:files|ones|videos|clips)|其他的?|其余的?|剩下的?)){_SAYS}"
    rf"|{_FILE_ZH}第?(?P<zh>[一二三四五六七八九十]|\d{{1,2}}){_FILE_ZH}{_SAYS}(?!\d))",
    re.IGNORECASE,
)
_SEPARATORS = " \t\r\n.,;，；、。"


def told_apart(text: str, names: Sequence[str], kinds: Sequence[Kind]) -> list[str] | None:
    """An instruction for each of these files, where the words say which is for which and use none with another.

    Files of different kinds are told apart by what they are called: a bare list may be steps for all of them.
    """
    whole = text.strip()
    marks = list(_MARK.finditer(whole))
    mixed = len(set(kinds) - {"other"}) > 1
    listed = None if not marks or (mixed and any(mark["digits"] for mark in marks)) else marks
    own = portions(whole, names) or (_marked(whole, listed, len(names)) if listed else None)
    if own is None or any(
        joins_files(each, [kind]) or uses_another(each) for each, kind in zip(own, kinds, strict=True)
    ):
        return None
    return own


def per_file_requests(text: str, count: int) -> list[str]:
    """One instruction for each of `count` files: its own where the text gives one a file, else the whole text.

    "" stands for a file that was left out. Words before the first of several marks are for all files, unless
    they only lead in ("Please do this:"). Whether the words use the files together says `joins_files`.
    """
    whole = text.strip()
    if count < 2:
        return [whole] * count
    marks = list(_MARK.finditer(whole))
    return (_marked(whole, marks, count) if marks else _lined(whole, count)) or [whole] * count


def _marked(text: str, marks: list[re.Match[str]], count: int) -> list[str] | None:
    numbers = [_number(mark) for mark in marks]
    own = [n for n in numbers if n]
    if not own or own != sorted(set(own)) or own[-1] > count or (len(own) < 2 and own == numbers):
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    said = {n: text[m.end() : end].strip(_SEPARATORS) for n, m, end in zip(numbers, marks, ends, strict=True)}
    lead = _for_all(text[: marks[0].start()])
    return [lead + said.get(n, said.get(0, "")) for n in range(1, count + 1)]


def _number(mark: re.Match[str]) -> int:
    """The file a mark speaks of, from 1; 0 for "the rest"."""
    if mark["rest"]:
        return 0
    said = (mark["digits"] or mark["file"] or mark["word"] or mark["zh"]).lower()
    return int(said) if said.isdecimal() else ORDINALS[said]


def _for_all(lead: str) -> str:
    lead = lead.strip(_SEPARATORS)
    return "" if not lead or lead[-1] in ":：" else f"{lead}\n"


def _lined(text: str, count: int) -> list[str] | None:
    lines = [line.strip().lstrip("-*•· ").strip() for line in text.splitlines() if line.strip()]
    return lines if len(lines) == count and all(lines) else None
