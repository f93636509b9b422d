"""Clauses about words that are in the picture already: other words, colour, place, size or time. Pure."""

from __future__ import annotations

import re

from studio.timeline.operations import EditText
from studio.understanding.cutting import Reading
from studio.understanding.lexicon import Act, Thing
from studio.understanding.seeing import shown
from studio.understanding.shapes import colour_in, position_in, size_in
from studio.understanding.spans import Kind
from studio.understanding.writing import Clause

_THE = re.compile(
    r"\b(?:the|that|this|my|its|your|our) (?:\w+ )?(?:title|text|caption|subtitle|watermark|heading|headline|"
    r"words|label)s?\b"
    r"|^\W*(?:please )?(?:move|shift) (?:it|that|them)\b"
    r"|^\W*(?:title|text|caption|subtitle|watermark)s? (?:should|needs?|must|has|to be|bigger|smaller|larger|"
    r"lower|higher)\b"
    r"|(?:把|将)?(?:那个|这个|刚才的?|上面的?|原来的?)?(?:标题|字幕|文字|水印|文案|字)(?=[^\ue100-\uf8ff]*(?:改|"
    r"换|变|调|移|挪|放到|放在|大一点|"
    r"小一点|显示|设))"
)
_CHANGES = re.compile(
    r"\b(?:change|chang(?:e|ing)|replace|rename|reword|rewrite|edit|update|switch|swap|correct|fix|make|turn|set|"
    r"move|shift|put|"
    r"place|should|needs?|must|colou?r|show|display|keep|enlarge|shrink|let)\b|改|换|变|调|移|挪|放|大一点|"
    r"小一点|显示|设"
)
_NEW_WORDS = re.compile(
    r"\b(?:change|replace|rename|reword|rewrite|edit|update|switch|swap|correct|fix|set|should (?:say|read|be)|"
    r"to (?:say|read)|"
    r"make .{0,20}\bsay)\b|改成|改为|换成|换为|替换|修改为|变成|改"
)
_ADDS = re.compile(r"\b(?:add|insert|write|create|another|new title|second title)\b|加(?!大|粗)|添|再来|写上|新建|打上")
_LOCATED = re.compile(
    r"(?:上面|下面|顶部|底部|上方|下方|中间|左上角?|右上角?|左下角?|右下角?)(?:的|那|这)(?:个|行|句|"
    r"些)?(?=[\u4e00-\u9fff]*(?:字|标题|文))|"
    r"\b(?:title|text|caption|words|label) (?:at|on|in) the (?:top|bottom|middle|cent(?:er|re))(?: (?:left|right))?\b"
)
_MOVES = re.compile(r"\b(?:put|place|move|shift)\b|放|移|挪")
_BIGGER, _SMALLER = 1.5, 0.7
_LARGER = re.compile(r"\b(?:bigger|larger|enlarge|big|large|huge)\b|大一点|大一些|放大|大点|变大")


def edit_text(clause: Clause) -> Reading:
    """Nothing where there are words to be added rather than changed."""
    if not clause.says(_CHANGES) or clause.says(_ADDS) or clause.does(Act.REMOVE, Act.FADE):
        return None
    if len(clause.quotes) == 2 and clause.says(_NEW_WORDS):
        old, new = clause.quotes
        if clause.says(r"\b(?:instead of|rather than|in place of)\b"):
            old, new = new, old
        return (EditText(new, old, None, position_in(clause.words), colour_in(clause.words), _size(clause)),)
    if not clause.says(_THE) or len(clause.quotes) > 1 or clause.names(Thing.MUSIC, Thing.WAVEFORM):
        return None
    new_text = clause.quotes[0] if clause.quotes else None
    if new_text and not clause.says(_NEW_WORDS):
        return None
    place = position_in(_LOCATED.sub(" ", clause.words))
    if place is None and clause.says(_MOVES):
        place = position_in(clause.words)
    part = shown(clause) if any(span.kind is not Kind.LENGTH for span in clause.spans) or clause.spans else None
    edit = EditText(new_text, None, part, place, colour_in(clause.words), _size(clause))
    return (edit,) if edit != EditText() else None


def _size(clause: Clause) -> float | None:
    if clause.says(_LARGER):
        return _BIGGER
    return _SMALLER if size_in(clause.words) else None
