"""What is pared off a clause before it is read: what is denied, politeness, explanations. Pure."""

from __future__ import annotations

import re

from studio.understanding.numbers import as_digits
from studio.understanding.wrapping import unwrapped

_POLITE = re.compile(r"\b(?:please|pls|plz|thanks|thank you|thx|cheers|kindly|do the needful(?: and)?)\b|谢谢|麻烦")
_EXPLAINED = re.compile(
    r"(\d(?:\.\d+)? ?(?:s|secs?|seconds?|mins?|minutes?)?\b) (?:that'?s|it'?s|its|there'?s|i'?m|im|because|cuz|"
    r"cos|bc|since i|"
    r"since it) (?!(?:too )?(?:long|fast|slow)\b)(?:(?! and\b|[\d\ue100-\uf8ff]).)*$"
)
_ABOUT = re.compile(r"\b(?:around|roughly|approximately|approx\.?|circa|ca\.|like) (?=\d)")
_POLITE_IF = re.compile(
    r"\b(?:(?:that |it )?would be (?:great|nice|cool|lovely|awesome)|i'?d (?:really )?appreciate (?:it|that)|"
    r"i would appreciate "
    r"(?:it|that))?\s*\bif (?:(?:it'?s|it is|that'?s|that is|at all) )?(?:possible|ok(?:ay)?|alright|"
    r"not too (?:hard|much)(?: trouble)?)\b"
    r"|\b(?:(?:that |it )?would be (?:great|nice|cool|lovely|awesome)|i'?d (?:really )?appreciate (?:it|that)|"
    r"i would appreciate "
    r"(?:it|that))?\s*\bif (?:you|u|i|we) (?:can|could|may|would|will|don'?t mind|wouldn'?t mind|please|like|"
    r"want|have (?:the )?"
    r"time|get the chance|are able(?: to)?)\b"
    r"|(?:如果|要是)?(?:可以|方便|可能|行|能)的话|如果(?:可以|方便|能行?)"
)
_NOT_CROPPED = re.compile(
    r"\b(?:without|don'?t|do not|not) cut(?:ting)? (?:anything|something|any of it|the (?:picture|sides|"
    r"edges))(?: off| away| out)?\b"
)
_NOT_LOST = re.compile(
    r"\b(?:don'?t|do not|without|not) (?:los|remov|touch|replac|mut|delet|drop|kill|chang|cut out|get rid of|"
    r"ditch|take out|take away|eras|discard|eliminat|snip off|silenc|throw away|strip)\w* ((?:the |my |"
    r"its )?(?:original|own|existing|camera))"
)
_Z_NOT_LOST = re.compile(
    r"(声音?|原声|原音|音频|音效)(?:也|都|还|就)*(?:别|不要|不用|不能|勿)(?:给我)?(?:不要|[切截砍剪]掉|去掉?|"
    r"删掉?|动|关掉?|静音|"
    r"丢掉?|消掉?|盖[住掉]?|替换掉?|拿掉)$"
)
NOT = re.compile(
    r"\b(?:no|without(?: any| an?)?) (?:fades?|fading|fade[ -]?(?:in|out)s?|effects?|transitions?|filters?|"
    r"loop(?:ing)?|ducking)\b|"
    r"\b(?:don'?t|do not|dont|never) (?:ever |actually |please )?(?!want|need|like|mind|forget|worr|car|know|"
    r"think|hear|see|let|have|"
    r"stop|hesitate|understand|be\b|get (?!rid)|exceed|go\b|only|just|crop|cut (?:off )?(?:anything|the (?:sides|"
    r"top)))[a-z]+\b(?:(?! (?:make|"
    r"turn|convert|but|just)\b).)*|"
    r"\b(?:don'?t|do not|dont|never|no need to|not to|without|instead of|rather than|shouldn'?t|must not|"
    r"mustn'?t|can'?t|cannot)\s+(?:want |need )?(?:you )?(?:to )?(?:ever |actually |yet )?"
    r"(?:add|mut|trim|cut|chang|touch|remov|delet|export|speed|slow|put|fad|loop|edit|convert|mak|replac|"
    r"alter|mess|lose|losing|cover|modif|includ|do)\w*\b(?:(?! (?:make|turn|convert|but|just)\b).)*"
    r"|(?:不要|别|不用|无需|不必|不能|不准|请勿|先不|千万别)(?:再|给我|把)?(?:加|剪(?!掉)|静音|删|改|动|"
    r"导出|变|换|放|配|压|循环|快|慢|用|碰|影响|盖|遮|抢|添|插|做|弄).*"
    r"|(?:别|请勿|不能|不准|不可以|千万别)(?:再|给我|把)?(?:去掉|去除|剪|拿掉|丢|关|消).*"
)

_ONLY_THAT = re.compile(
    r"\b((?:cut|remove|delete|drop|chop|trim|skip|lose|erase|snip)(?: (?:off|out|away))?) (?:only|just) (?=the |"
    r"from |\d)"
)


def pared(words: str) -> str:
    """A clause in lower case and simplified characters; number words become digits."""
    words = unwrapped(words)
    words = _Z_NOT_LOST.sub(r"\1保留", words)
    words = NOT.sub("", _NOT_LOST.sub(r"keep \1", _NOT_CROPPED.sub("not cropped", words)))
    words = _ONLY_THAT.sub(r"\1 ", _ABOUT.sub("", words))
    words = _EXPLAINED.sub(r"\1", words)
    words = _POLITE.sub(" ", _POLITE_IF.sub(" ", words))
    words = re.sub(r"(?<=[声点会块片段头尾事那这弄活溜])儿(?!子|童|歌)", "", words)
    # "加title", "bgm音量": a Latin word ends where Chinese begins.
    words = re.sub(r"(?<=[\u4e00-\u9fff])(?=[a-z])|(?<=[a-z])(?=[\u4e00-\u9fff])", " ", as_digits(words))
    return " ".join(words.split()).rstrip(" !?~.")
