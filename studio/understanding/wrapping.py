"""What an order is wrapped in: "I'd like you to …", "could we maybe …", "能不能…吗". Pure."""

from __future__ import annotations

import re

from studio.understanding.acts import ACTS

_FILLER = (
    r"(?:\W*\b(?:so|and|but|also|then|hi|hey|hello|ok|okay|now|just|please|pls|plz|well|oh|yo|first|next|finally|"
    r"kindly|"
    r"maybe|bot)\b)*\W*"
)
_SOFT = r"(?: (?:please|pls|plz|kindly|maybe|possibly|just|also|perhaps|then|really|simply|now))*"
_WISHES = (
    rf"(?:i|we|id|my \w+)(?:'d| would| do)?{_SOFT} (?:(?:want|wants|need|needs|like|love|prefer|wish|wanted|needed|"
    rf"have|"
    rf"has)(?: (?:you|u|it|me))? to|wanna|gotta|gonna)"
    r"|(?:i'?m|i am|we'?re|we are) (?:trying|looking|hoping|going|planning|wanting) to"
    r"|(?:i was |i'?m |just )*(?:wondering|hoping) (?:if|whether|that)? ?(?:you|u|we) (?:can|could|would|might)"
)
_ASKS = (
    rf"(?:can|could|would|will|might|cud|wud) (?:you|u|ya|we|the bot){_SOFT}(?: (?:be able to|be so (?:kind|"
    rf"nice)(?: as)? to|"
    rf"help me(?: out)?(?: to| and)?|try (?:to|and)|manage to|go ahead and|mind))?"
    r"|(?:is it|is this|would it be|it'?d be|it would be) (?:possible|ok|okay|alright|great|nice|good) (?:to|"
    r"for you to|"
    r"if (?:you|we) (?:can|could|would))|is there (?:a|any|some) (?:way|chance) (?:to|you (?:can|could)|for you to|"
    r"that you)"
    r"|are you able to|do you mind|would you mind|any chance (?:you|u) (?:can|could)|you think you (?:can|could)"
    r"|(?:help|assist) me(?: to| and| in)?|go ahead and|make sure (?:to|you|that you)|be sure to|try (?:to|and)|"
    r"feel free "
    r"to|you (?:can|could|should|may|must|need to|have to|got to)|why don'?t (?:you|we)|how about(?: you| we)?|"
    r"(?:the|my) (?:goal|idea|plan|task|wish|request) is to|(?:what )?i (?:want|need) is(?: for you)?(?: to)?|lemme|"
    r"let me|let'?s|all i (?:want|need) is(?: for you)? to|please do"
)
_WRAPPED = re.compile(rf"^({_FILLER})(?:{_WISHES}|{_ASKS}){_SOFT} (?!hear\b|see\b|listen\b|be\b|know\b)")
_Z_WRAPPED = re.compile(
    r"^(?:(?:请问|你好|您好|哈喽|嗨|请|麻烦|劳烦|劳驾|拜托|那么?|嗯)[ ,]?)*"
    r"(?:(?:我们?|咱们?|你|您)?(?:能不能|可不可以|可否|能否|是否可以|是否能|可以不可以)(?:够|请)?(?:你|您)?|"
    r"(?:我们?|咱们?)(?:就|还|也|现在|只)?(?:想(?!要|听|知|看|问|说|念|象|法|到)|打算|希望)(?:请|让)?(?:你|"
    r"您)?(?:能|可以)?)?"
    r"(?:(?:请|麻烦)?(?:帮我|帮忙|帮)(?!助))?(?:一下)?"
)
_Z_ASKED = re.compile(
    r"^((?:请问|你好|您好|哈喽|嗨|那么?|我们?|咱们?|你|您|请|这个|视频|[,，! ])*)(?:能不能|可不可以|能否|可否|"
    r"可以|能|可)"
    r"(?!.*(?:怎|什么|为何|哪|如果|会不会|是不是))(.+?)(?:一下)?(?:吗|嘛|么|不)?[?？。.! ]*$",
    re.DOTALL,
)
_Z_ENDS = re.compile(r"(?:吗|嘛|么|不|[?？])[?？。.! ]*$")


def unwrapped(words: str) -> str:
    """Lower case words without what they are wrapped in, where an order stands within; else as they are."""
    while match := _WRAPPED.match(words):
        order = words[match.end() :]
        if not begins_with_order(order):
            break
        words = match[1] + order
    wrapped = _Z_WRAPPED.match(words)
    return words[wrapped.end() :] if wrapped else words


def unasked(text: str) -> str:
    """A message that asks whether something can be done, as the order that is meant: its marks at both ends go."""
    if (asked := _Z_ASKED.match(text)) and _Z_ENDS.search(text):
        return asked[1] + asked[2]
    if _WRAPPED.match(text.lower()):
        return text.rstrip(" ?？")
    return text


def begins_with_order(words: str) -> bool:
    return any(pattern.match(words) for pattern in ACTS.values())
