"""GUI instructions in an English clause. Pure.

An instruction is an imperative, or "you can …", at the beginning of a clause. Elsewhere, words like "click" and
"open" are about the film: "the film opens with the sea", "click sound added at 0:03".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.nemo.gui.actions import Action, EditInstead, Found, Offer, RunExport, SendFile, ShowCredits, ShowTimeline

_FLAT = str.maketrans(dict.fromkeys("“”„«»「」『』【】[]*`", '"') | {"’": "'", "‘": "'"})

_THE = r"(?:(?:the|your|this|that|its|an?|our)\s+)?"
_Q = r"[\"'\[<(]*"
_FEW = r"(?:[\w\"'&/>→-]+\s+){0,3}?"
_BUTTON = r"(?:buttons?|btn|icons?|options?|keys?|menus?|tabs?|links?|controls?)\b"
_EXPORT = r"(?:export(?:ing)?|download|render)\b"
_NOUNS = r"(?!\s*(?:sounds?|tracks?|noises?|effects?|rates?|through|coverage|releases?|kits?|songs?|beats?|queen)\b)"
_CLICK = rf"(?:(?:double|right|left)[- ]?)?(?:click|press){_NOUNS}(?:\s+on(?:to)?)?\s+"
_TAP = rf"(?:tap|hit|push|smash){_NOUNS}(?:\s+on)?\s+"
_PANEL = (
    r"(?:timeline|preview(?:\s+(?:panel|window|pane|area|screen|player|monitor))?|editor|workspace"
    r"|(?:media|asset)s?\s+(?:library|bin|pool)|library|panel|tab|pane|sidebar|toolbar|inspector|drawer|dialog|menu)\b"
)
_ACCOUNT = (
    r"(?:account|billing|subscription|(?:pricing|plans?|upgrade)\s+page|credit\s+balance"
    r"|(?<=your )(?:credits?|balance|plan))\b"
)
_SETTINGS = r"(?:settings?|preferences|dashboard|profile|control\s+panel)\b"
_OPEN = (
    r"(?:open(?:\s+up)?|(?:go|head|navigate|switch|jump|return|proceed)(?:\s+(?:back|over))?\s+(?:in)?to|visit|access"
    r"|check(?:\s+out)?|(?:(?:take|have)\s+an?\s+(?:\w+\s+)?)?look\s+(?:at|in)"
    r"|zoom\s+(?:in|out)(?:\s+(?:on|of|to|into))?|view|review|see|watch|inspect|expand|find|log\s*in\s+to)\s+"
)
_HANDLED = (
    r"(?:preview|see|view|check|watch|review|find|play|adjust|edit|fine-tune|tweak|move|change|select|locate"
    r"|customi[sz]e|modify|manage|rearrange|reorder|trim)\b"
)

_LEADS = re.compile(
    r"\W*(?:(?:you(?:'ll|\s+will)?\s+(?:(?:also|always|now|then)\s+)*(?:can|may|could|might)(?:\s+(?:also\s+)?(?:want|wish|like|prefer|choose|decide)\s+to)?"
    r"|feel\s+free\s+to|or|alternatively|optional(?:ly)?|perhaps|maybe|(?:it(?:'s|\s+is)\s+)?(?:also\s+)?possible\s+to"
    r"|you(?:'re|\s+are)\s+(?:also\s+)?(?:free|welcome|able)\s+to|you\s+(?:also\s+)?have\s+the\s+option\s+to"
    r"|(?:another|one|the\s+other)\s+(?:option|way|possibility)(?:\s+is\s+to|:)|if\s+you(?:\s+(?:want|like|prefer))?)"
    r"|(?P<no>(?:you\s+)?(?:don't|do\s+not|needn't|won't)(?:\s+(?:need|have)\s+to)?(?:\s+forget\s+to(?P<yes>))?|(?:there's\s+)?no\s+need\s+to|never|if\s+you|before\s+you)"
    r"|please|kindly|now|then|next|finally|first|lastly|afterwards?|just|simply|easily|also|always|still|either|directly|quickly"
    r"|and|so|but|to|go\s+ahead\s+and|(?:make|be)\s+sure\s+to|remember\s+to|try\s+to|let's|time\s+to|ready\s+to"
    r"|(?:once|when|after|as\s+soon\s+as|whenever)\s+you(?:\s+have)?|all\s+you\s+(?:need|have)\s+to\s+do\s+is"
    r"|you(?:'ll|\s+will|\s+now|\s+just|\s+only|\s+then)?\s+(?:must|should|need\s+to|have\s+to|want\s+to)|you'll|you)(?=\s)[\s,]*",
    re.IGNORECASE,
)


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(r"\W*" + pattern, re.IGNORECASE)


_PRESS_EXPORT = _rule(rf"(?:{_CLICK}|{_TAP})(?:the\s+|on\s+)*{_FEW}{_Q}{_EXPORT}")
_PRESS = _rule(
    rf"{_CLICK}(?:here\b|(?:the|your|this|that|any|an?|it)\b|\"|(?-i:[A-Z])|(?:play|apply|save|ok|done|next|share|preview|confirm|continue)\b|.*\b{_BUTTON})"
)
_TAP_NAMED = _rule(rf"{_TAP}(?:here\b|.*\"|(?-i:[A-Z])|(?:play|apply|save|ok|done|share|preview)\b|.*\b{_BUTTON})")
_EXPORT_AT = _rule(
    r"(?:export|download|save|render|get)\s+(?:it|your|the|this|that|them|now|as)\b.*\b"
    r"(?:from|via|using|with|in|at|through|by)\b.*\b(?:button|menu|panel|tab|option|corner|toolbar|editor|settings|dialog|export|click\w*)\b"
)
_CHOOSE_EXPORT = _rule(
    rf"(?:select|choose|pick|use|find|locate|look\s+for|see|try)\s+(?:the\s+)?{_FEW}{_Q}(?:export\b{_Q}\s*(?:{_BUTTON}|from\b|in\b|at\b|$)|(?<=\")export\b)"
)
_OPEN_EXPORT = _rule(
    rf"{_OPEN}{_THE}(?:file\s*(?:>|→|menu)|{_Q}export\b{_Q}(?:\s+(?:{_BUTTON}|panel|page|dialog|section|window|screen)|\s*$|\s+(?:to|and|in)\b))"
)
_OPEN_ACCOUNT = _rule(rf"{_OPEN}(?:on\s+)?{_THE}{_FEW}{_Q}{_ACCOUNT}")
_OPEN_SETTINGS = _rule(rf"{_OPEN}{_THE}{_FEW}{_Q}{_SETTINGS}")
_OPEN_PANEL = _rule(rf"{_OPEN}{_THE}{_FEW}{_Q}{_PANEL}")
_OPEN_PLACE = _rule(rf"{_OPEN}{_THE}(?:top|upper|lower|bottom|right|left)\b")
_IN_SETTINGS = _rule(rf"{_HANDLED}.*\b(?:in|on|from|under|via|through)\s+{_THE}{_FEW}{_Q}{_SETTINGS}")
_IN_PANEL = _rule(rf"{_HANDLED}.*\b(?:in|on|from|inside|using|via|through|with)\s+{_THE}{_FEW}{_Q}{_PANEL}")
_PREVIEW = _rule(r"preview(?:\s+(?:it|the|your|this|that|them|everything|how|now|in)\b|\s*$)")
_USE = _rule(
    rf"(?:use|using|try|select|choose|pick|find|locate|look\s+for)\s+(?:the\s+){_FEW}(?:\"[^\"]+\"+\s+)?{_BUTTON}"
)
_USE_HANDLE = _rule(rf"use\s+{_THE}{_FEW}(?:sliders?|handles?|toolbar|knobs?|dropdown|playhead|cursor|mouse)\b")
_GESTURE = r"(?:(?:click|press|tap|hold)(?:,|\s+and|\s+then)\s+){1,2}"
_HOLD = _rule(rf"(?:{_GESTURE}hold\b|(?:(?:double|right|left)[- ]?)?(?:click|tap|press|hold)\W*$)")
_RELOAD = _rule(
    rf"(?:(?:refresh|reload|restart)\s+{_THE}{_FEW}(?:page|browser|app)|close\s+{_THE}{_FEW}(?:dialog|popup))\b"
)
_PLAYHEAD = _rule(rf"(?:move|place|position|set|put)\s+{_THE}(?:playhead|cursor|mouse)\b")
_BY_KEYS = _rule(r"\w.*\b(?:with|using|via)\s+(?:ctrl|cmd|command|control|shift|alt|option|⌘)\b")
_CHOOSE_FROM = _rule(
    rf"(?:choose|select|pick|use|find)\s+.*\b(?:from|in|under|on)\s+{_THE}{_FEW}"
    r"(?:menu|dropdown|drop-down|toolbar|sidebar|panel|tab|list\s+on)\b"
)
_UPLOAD_AT = _rule(
    r"(?:upload|add|import)\b.*\b(?:using|via|in|through|with|from|on|to)\s+(?:the|your)\s+(?:[\w\"+-]+\s+){0,2}?"
    r"(?:panel|button|menu|tab|sidebar|area|box|left|right|icon)\b"
)
_DRAG = _rule(
    rf"(?:{_GESTURE})?"
    r"(?:drag(?:[- ]and[- ]drop|\s+and\s+drop|\s*/\s*drop|\s*&\s*drop)?|drop(?=.*\b(?:onto|into)\b))\s+"
    r"(?P<what>(?:(?:the|your|this|that|its|it|them|any|each|all|both|an?|one|some|more|another|individual|clips?|files?|videos?|in|out)\b|\"|(?-i:[A-Z])).*)"
)
_ANYWHERE_EXPORT = re.compile(
    rf"(?<!the )(?<!a )(?<!how to )\b(?:click|press|tap|hit|push)(?:ing|s)?{_NOUNS}\b.{{0,40}}?\b(?:export|download)\b"
    rf"|\b(?-i:Export){_Q}\s+(?:button|icon|option|menu|tab|panel)\b|\bexport\s+button\b"
    r"|(?:>|→)\s*export\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\s*\b(?:by|via|after|before|through|when)\s+(?=(?:simply\s+|just\s+)?(?P<verb>click|press|tap|hit|select|drag|open|us|go|visit|check)(?:p|t|g)?ing\b)",
    re.IGNORECASE,
)
_GERUND = re.compile(r"\b(click|press|tap|hit|select|drag|drop|open|us|go|visit|check)(?:p|t|g)?ing\b", re.IGNORECASE)
_HEARER = re.compile(
    r"\W*(?:(?:you|it|this|the|your|simply|just|please|to)\b.*\b(?:can|may|could|should|must|need|will|do)\b|(?:export|download|save|get|preview)\b)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"+([^\"]{1,40}?)\"+")
_TITLED = re.compile(
    r"\b(?!Click|Press|Tap|Hit|Push|Use|Select|Choose|The|(?:Right|Double|Left)[- ])"
    r"([A-Z][\w+&-]*(?:\s+[A-Z][\w+&-]*){0,2})"
)
_BRINGS = re.compile(r"(?:upload|import|browse|choose files?|add (?:files?|media|videos?|clips?))\b", re.IGNORECASE)
_WATCH = re.compile(r"play|preview|watch|timeline", re.IGNORECASE)
_HANDLE = re.compile(
    r"\b(?:handles?|edges?|slider|corners?|playhead|borders?|ends\s+of|cursor|boundary)\b", re.IGNORECASE
)
_PURPOSE = re.compile(r"\bto\s+(?!the\b|an?\b|your\b|its\b|where|\d)(\w.*)", re.IGNORECASE)
_UPLOAD = re.compile(
    r"\b(?:here|upload|drop\s?(?:zone|area)|import|window|browser|media\s+(?:panel|library|bin|pool))\b", re.IGNORECASE
)
_IF_LIKED = re.compile(r"[\s,]+(?:if|in\s+case|should|whenever|unless)\s+(?:you|needed|necessary)\b.*", re.IGNORECASE)
# Where only its reader knows: nothing that could be asked for in words.
_WHEREVER = re.compile(
    r".*\b(?:where(?:ver)?\s+(?:you|it|they)|any\s?where|elsewhere|around|as\s+you"
    r"|(?:to|into)\s+(?:any|another|a\s+different|the\s+desired|your\s+(?:preferred|desired)|taste)|liking)\b",
    re.IGNORECASE,
)
_DROP_IT = re.compile(r"\s+and\s+drop\s+(?:it|them)\b", re.IGNORECASE)


# "Click to subscribe animation added at 0:03" tells what was done, whatever it calls it.
_DONE = (
    r"(?:added|placed|inserted|applied|set|put|moved|removed|created|updated|changed|replaced|overlaid|positioned)\b"
)
_REPORT = re.compile(
    r"\W*(?:click|press|tap|hit|push|drag|drop|open)\b(?!\s+(?:the|your|this|that|on|it|an?|here)\b|\s+\")"
    r"(?!.*\b(?:once|when|after|until|before|if|that|which)\b).*"
    rf"\b(?:(?:is|was|are|were|has\s+been|have\s+been)\s+(?:now\s+|\w+ly\s+)?{_DONE}"
    r"|(?:animation|sticker|sound|effect|overlay|graphic|card|banner|prompt|text|title|caption|transition)s?\s+"
    rf"{_DONE})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Lead:
    """What stands before the verb: where it ends, and whether it makes the instruction void."""

    end: int
    void: bool


def find(clause: str) -> Found | None:
    """The instruction in a clause, None if there is none."""
    flat = clause.translate(_FLAT)
    if _REPORT.match(flat):
        return None
    lead = _lead(flat)
    rest = flat[lead.end :]
    if (action := _instruction(rest)) is not None:
        return Found(0, None if lead.void else action[0])
    if by := _BY.search(flat):
        action = _instruction(_GERUND.sub(_base, flat[by.end() :]))
        if action is not None:
            return Found(0 if _HEARER.match(flat) or _HEARER.match(flat, lead.end) else by.start(), action[0])
    if _ANYWHERE_EXPORT.search(flat):
        return Found(0, None if lead.void else RunExport())
    return None


def _base(gerund: re.Match[str]) -> str:
    return "use" if gerund[1].lower() == "us" else gerund[1]


def _lead(flat: str) -> _Lead:
    end, void = 0, False
    while led := _LEADS.match(flat, end):
        end = led.end()
        void |= led["no"] is not None and led["yes"] is None
    return _Lead(end, void)


_PLAIN: tuple[tuple[re.Pattern[str], Action | None], ...] = (
    (_PRESS_EXPORT, RunExport()),
    (_EXPORT_AT, RunExport()),
    (_CHOOSE_EXPORT, RunExport()),
    (_OPEN_EXPORT, RunExport()),
    (_OPEN_ACCOUNT, ShowCredits()),
    (_OPEN_SETTINGS, None),
    (_UPLOAD_AT, SendFile()),
    (_OPEN_PANEL, ShowTimeline()),
    (_OPEN_PLACE, None),
    (_IN_SETTINGS, None),
    (_USE_HANDLE, None),
    (_HOLD, None),
    (_RELOAD, None),
    (_PLAYHEAD, None),
    (_BY_KEYS, None),
)


def _instruction(rest: str) -> tuple[Action | None] | None:
    """The action of an instruction in a tuple, because "no action" is one too; None for no instruction."""
    if drag := _DRAG.match(rest):
        return (_dragged(drag["what"]),)
    for rule, action in _PLAIN:
        if rule.match(rest):
            return (action,)
    if _PRESS.match(rest) or _TAP_NAMED.match(rest) or _USE.match(rest) or _CHOOSE_FROM.match(rest):
        return (_pressed(rest),)
    if _IN_PANEL.match(rest) or _PREVIEW.match(rest):
        return (ShowTimeline(),)
    return None


def _pressed(rest: str) -> Action | None:
    label = _QUOTED.search(rest) or _TITLED.search(rest)
    if label is None:
        return ShowTimeline() if _WATCH.search(rest) else None
    name = label[1].strip()
    if re.match(_EXPORT, name, re.IGNORECASE):
        return RunExport()
    if _BRINGS.match(name):
        return SendFile()
    if "+" in name:  # keys
        return None
    return ShowTimeline() if _WATCH.match(name) else Offer(name)


def _dragged(what: str) -> Action | None:
    if _HANDLE.search(what):
        purpose = _PURPOSE.search(what)
        return Offer(_sentence(purpose[1])) if purpose else None
    if _UPLOAD.search(what):
        return SendFile()
    wish = _IF_LIKED.sub("", what)
    return None if _WHEREVER.match(wish) else EditInstead(_sentence("move " + _DROP_IT.sub("", wish)))


def _sentence(words: str) -> str:
    tidy = words.replace('""', "").strip(" .!,;:")
    return tidy[:1].upper() + tidy[1:]
