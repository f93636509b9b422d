"""What is particular to English: number words, forms of verbs, and where words for the picture begin and end."""

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
_NUMBERS = {word: value for value, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_SINGLE = "|".join(sorted((word for word in _NUMBERS if word != "one"), key=len, reverse=True))
_TEN = "|".join(_TENS)
_UNIT = r"(?:hours?|hrs?|minutes?|mins?|seconds?|secs?)"
_ORDINAL = r"(?:first|last|opening|final|initial|closing)"
_PARTS = {"thirds": 3, "quarters": 4, "fifths": 5, "tenths": 10}
_FRACTIONS = {"half": "0.5", "quarter": "0.25"}


def _and_a_half(match: re.Match[str]) -> str:
    return f"{1 if match[1].startswith('a') else int(match[1])}.5 {match[2]}"


# Applied one after the other to lower-case text.
_RULES: tuple[tuple[re.Pattern[str], str | object], ...] = tuple(
    (re.compile(pattern), made)
    for pattern, made in (
        (r"\b(do|does|did|is|are|was|were|wo|ca|could|should|would|have)nt\b", r"\1n't"),
        (r"(?<!it)(?<!that)(?<!let)(?<!here)(?<!there)(?<!what)(?<!who)(?<=[a-z])'s\b", " 's"),
        (r"(?<![\d.\w])\.(?=\d)", "0."),
        (rf"\b({_TEN})[ -]({'|'.join(_ONES[1:10])})\b", lambda m: str(_NUMBERS[m[1]] + _NUMBERS[m[2]])),
        (rf"\b({_SINGLE})\b", lambda m: str(_NUMBERS[m[1]])),
        (r"\b(\d+)(?:st|nd|rd|th)(?= (?:to|until|till|through|second|sec)\b| ?-)", r"\1"),
        (r"(?<=to the )(\d+)(?:st|nd|rd|th)(?=\s*$)", r"\1"),
        (rf"\bone(?=[ -](?:{_UNIT}\b|and a half|hundred|times|point|tenth|to \d))", "1"),
        (r"\b(?:a|(\d)) hundred(?: and)?(?: (\d{1,2})\b)?", lambda m: str(int(m[1] or 1) * 100 + int(m[2] or 0))),
        (r"\b(\d+|one) (?:oh|o) (\d)\b", lambda m: f"{1 if m[1] == 'one' else m[1]}:0{m[2]}"),
        (r"(\d:\d\d (?:to|till|until|through|-) )(\d+) ([0-5]\d)\b", r"\1\2:\3"),
        (r"\b(?:a|one) (minute|hour)(?= \d)", r"1 \1"),
        (r"(?<!\d )(?<!\d)\b(second|sec|minute|min)s? (\d+)(?![\d:]| ?(?:s|sec|min|%|x)\w*\b)", r"\2 \1"),
        (r"\b1/([2-5])(?=(?:th)? (?:the )?(?:speed|volume|of)\b)", lambda m: f"{1 / int(m[1]):.4g}"),
        (r"\b(\d+) point (\d+)\b", r"\1.\2"),
        (r"\b(\d+) (second|minute|hour)s? and (?:a )?half\b", r"\1.5 \2"),
        (r"\b(\d+) and a half\b(?! \w)", r"\1.5"),
        (rf"\b({_ORDINAL}) (?=(?:minute|hour|second) and a half\b)", r"\1 a "),
        (r"\b(\d+|an?) (minute|hour|second)s? and a half\b", _and_a_half),
        (r"\b(\d+) and a half (?=minute|hour|second)", r"\1.5 "),
        (r"\b(\d+) (minutes?|mins?) and (?=\d+ ?s)", r"\1 \2 "),
        (rf"\b3[ -]quarters? of an? (?={_UNIT}\b)", "0.75 "),
        (r"\b([2-9])[ -](thirds|quarters|fifths|tenths)\b", lambda m: f"{100 * int(m[1]) / _PARTS[m[2]]:.4g}%"),
        (rf"\b(?:a )?(half|quarter)(?: of)?(?: an?|-) ?(?={_UNIT}\b)", lambda m: f"{_FRACTIONS[m[1]]} "),
        (rf"\b(half|quarter) (?={_UNIT}\b)", lambda m: f"{_FRACTIONS[m[1]]} "),
        (rf"\b(?:a )?couple (?:of )?(?={_UNIT}\b)", "2 "),
        (rf"\b({_ORDINAL}) (?=(?:second|minute|hour|sec|min)\b(?! (?:file|clip|video|half)))", r"\1 1 "),
        (
            r"(?<!per )(?<!not )\b(?:a|an|one) (?=(?:second|minute|hour|min|sec)\b(?! (?:title|file|video|clip|text)))",
            "1 ",
        ),
    )
)


_IN_SECONDS = re.compile(r"\d ?(?:s|secs?|seconds?)\b")
_BARE_EDGE = re.compile(
    r"(\b(?:first|last|final|opening) \d+(?:\.\d+)?)(?![.]\d)(?=\s*(?:$|[,.;!]|and\b|but\b|then\b|too\b))"
)


def digits(text: str) -> str:
    """ "A minute and a half" is "1.5 minute"."""
    for pattern, made in _RULES:
        text = pattern.sub(made, text)  # type: ignore[arg-type]
    return _BARE_EDGE.sub(r"\1 seconds", text) if _IN_SECONDS.search(text) else text


def forms(phrase: str) -> set[str]:
    """ "Cut out" also as "cuts out", "cutting out", "cutted out": whoever reads it knows which are words."""
    verb, _, rest = phrase.partition(" ")
    if not verb.isalpha() or len(verb) < 3 or verb in _FIXED:
        return {phrase}
    stem = verb[:-1] if verb.endswith("e") else verb
    double = verb[-1] if len(verb) <= 4 and re.search(r"[^aeiou][aeiou][bdgmnpt]$", verb) else ""
    third = verb + ("es" if re.search(r"(?:s|sh|ch|x|z)$", verb) else "s")
    past = re.sub(r"[^aeiou]y$", lambda m: m[0][0] + "i", stem) + double + "ed"
    return {f"{form} {rest}".strip() for form in (verb, third, stem + double + "ing", past)}


_PREPOSITION = re.compile(
    r"\b(to|at|by|of|from|for|over|is)(?: (?:about|around|only|just|the|its|a|an|maybe|like|roughly|say))*\s*$"
)
_ROUGHLY = re.compile(r"\b(?:like|about|around|roughly|say|maybe)\s*$")


def preposition(before: str) -> str:
    """The preposition at the end."""
    match = _PREPOSITION.search(before)
    return match[1] if match else ""


def is_rough(before: str) -> bool:
    """ "Quieter, like 60 %" is what it is to be."""
    return _ROUGHLY.search(before) is not None


_FIXED = frozenset(
    [
        "don",
        "not",
        "can",
        "too",
        "way",
        "more",
        "one",
        "the",
        "that",
        "this",
        "all",
        "just",
        "only",
        "nothing",
        "everything",
        "when",
        "whenever",
        "while",
    ]
)

# Who sings, behind the title of a song or the word "artist": a name that nobody put in quotation marks.
PERFORMER = re.compile(
    r"((?:[\ue100-\uf8ff][ ,]*|\b(?:song|track|single) )by |\b(?:artist|singer|band)(?: name)?(?:: ?| is | = ?| )"
    r"(?!name\b|is\b|and\b|at\b))((?:DJ |MC |The )?[A-Z][\w.'&-]*(?: (?:& |and |the |of )?[A-Z][\w.'&-]*){0,3})"
)

# Words for the picture that nobody put in quotation marks.

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
    r"|\b(?:words|phrase|sentence)\s+(?!that\b|which\b|i\b|we\b|you\b|he\b|she\b|they\b|in\b|on\b|at\b|from\b|to\b|"
    r"out\b|off\b|away\b|are\b|is\b|should\b|a\b|the\b|bigger\b|smaller\b)(?P<text5>\S.*)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\b(?i:{_NOUN})(?: card)? (?P<text>[A-Z0-9][^\s,]*(?: (?:(?:of|in|the|to|and|a|on|for|my|by|at) "
    rf")*(?:[A-Z0-9][^\s,]*|with))*)"
)
_TAIL = re.compile(
    r"\s+(?:(?:please|pls|thanks|thx)\b.*|in (?:the )?(?:(?:very )?(?:big|small|large|bold|huge|tiny|upper|"
    r"lower|top|bottom|middle|cent(?:er|re)|corner|first|last|background|white|yellow|red|black|blue|"
    r"green|pink|orange|purple|gold|golden|gr[ae]y|cyan|silver)\b).*|at (?:the )?(?:(?:very )?(?:top|"
    r"bottom|start|beginning|end|middle|cent(?:er|re)|\d)).*|(?:on|to|over|across|onto|into) (?:the |this |"
    r"my )?(?:top|bottom|screen|left|right|video|clip|picture|image|upper|lower|whole|entire|middle|cent(?:er|"
    r"re)|first|last|opening|footage|it\b).*|from \d.*|for (?:the )?(?:(?:about )?\d|first|last|whole|entire|a "
    r"(?:few|couple|second)|one|two|three|four|five|six|seven|eight|nine|ten)\b.*|during .*|throughout\b.*|"
    r"(?:top|bottom|upper|lower)[ -](?:left|right|cent(?:er|re))\b.*|as (?:an? |the )(?:title|watermark|caption|text|"
    r"overlay)\b.*|after \d.*|between \d.*|(?:starting|beginning) (?:at|from) .*|with (?:big|large|small|white|yellow|"
    r"red|black|bold)\b.*|"
    r"(?:and|then) (?:make|cut|trim|mute|fade|speed|crop|remove|keep|add|put|turn|export|save)\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_IN_CAPITALS = re.compile(
    r"\b(?:put|write|add|show|display|place|stick|slap)\s+(?P<text>[A-Z][\w'&!?-]*(?: (?:(?:of|in|the|to|and|a|on) )?"
    r"[A-Z0-9][\w'&!?-]*)+)(?= (?:on|at|in|over|across)\b)"
)
_NO_TEXT = re.compile(
    r"(?:(?:an?|the|some|my|this|that|these|those|it|them|to|on|for|at|in|of|title|text|caption|words?|here|there|please|"
    r"pls|video|with|over|and|me|us|something|nice|good|card|page|effect|overlay|bigger|smaller|larger|big|small|white|"
    r"yellow|red|black|blue|green|pink|away|off|out|too|is|was|isn't|should|be)\b\W*)*"
)
_SOMETHING = re.compile(
    r"(?:an?|what|everything|all|some|me|us|my|your|his|her|it|them)\s+[a-z]", re.IGNORECASE
)  # "write a script"


def written(clause: str) -> str | None:
    """The piece of the clause that is to stand in the picture, as it was written; None where none is seen."""
    for match in (_AFTER_COLON.search(clause), _AFTER_MARKER.search(clause)):
        if match is None:
            continue
        text = next((group for group in match.groups() if group), "")
        if match.groupdict().get("text4") and _SOMETHING.match(text):
            continue
        text = _TAIL.sub("", " " + text).strip(" .:,")
        if text and not _NO_TEXT.fullmatch(text.lower()):
            return text
    named = _IN_CAPITALS.search(clause) or _NAMED.search(clause)
    words = _TAIL.sub("", named["text"]).strip(" .,") if named and not clause.isupper() else ""
    return words if len(words) > 1 else None
