"""Values of what is seen in a clause: ratio, fit, position, colour, size. Pure."""

from __future__ import annotations

import re

from studio.timeline.model import Fit, Position
from studio.timeline.operations import SetAspect
from studio.timeline.palette import COLOURS, SPELLINGS

_N = r"\d+(?:\.\d+)?"
_PERCENT = re.compile(rf"({_N}) ?(?:%|percent\b|per cent\b|pct\b)")
_KBPS = re.compile(r"(?<!\d)(\d{2,3}) ?k(?:bps|bits?(?:/s)?|b/s|b|/s)?(?![a-z\d])")
_PIXELS = re.compile(r"(?<!\d)(\d{3,4}) ?(?:[x×*]|by) ?(\d{3,4})(?!\d)")
_RATIO = re.compile(
    r"(?<![\d:.,])(2\.35|2\.39|1\.85|\d{1,2}) ?(?:[:/x×]| by |比|-by-| to ) ?([1-9]\d?)(?![\d:%.x]|\.\d| "
    r"?(?:s|sec|min|m|h|k)\w*\b|秒|分|倍)"
)
_RATIOS = {
    (9, 16),
    (16, 9),
    (1, 1),
    (4, 5),
    (5, 4),
    (4, 3),
    (3, 4),
    (21, 9),
    (9, 21),
    (2, 3),
    (3, 2),
    (2, 1),
    (1, 2),
    (18, 9),
    (9, 18),
    (16, 10),
    (10, 16),
    (2.35, 1),
    (2.39, 1),
    (1.85, 1),
}
_NO_TIME_BEFORE = re.compile(
    r"(?:from|after|before|between|until|till|past|starts? at|ends? at|(?:\d:\d\d|\d ?(?:s|secs?|seconds?|"
    r"mins?|minutes?)) ?(?:to|through|thru)|-|–|~|到|从|至)\s*$"
)
_NO_TIME_AFTER = re.compile(r"\s*(?:-|–|~|to \d|until|till|到|至|之后|以后|之前|以前|开始|处)")
_SHAPES = (
    ((4, 5), r"\bportrait (?:post|feed)\b|\binsta(?:gram)? portrait\b"),
    (
        (9, 16),
        r"\bvertical(?:ly)?\b|\bportrait\b|\bphone (?:format|screen|shaped?)\b|\bupright\b|\btall\b|"
        r"竖屏|竖版|竖着|竖的|竖向|竖视频|竖|手机屏|直屏",
    ),
    (
        (1, 1),
        r"(?<!times )(?<!town )(?<!trafalgar )(?<!union )(?<!red )(?<!market )(?<!main )\bsquared?\b|"
        r"正方形|方形|方的|方图|方块|方屏|方版",
    ),
    (  # where it is to be shown says less than a shape does: a reel may be square
        (9, 16),
        r"\btik ?toks?\b|\breels?\b|\bshorts\b|\byoutube short\b|\b(?:insta(?:gram)?|snapchat|whatsapp|fb|facebook|ig) "
        r"(?:stor(?:y|ies)|status)\b|"
        r"(?<!'s )(?<!the )(?<!bedtime )(?<!love )\bstor(?:y|ies)\b(?! (?:of|about|time|hour|telling|book|by)\b)|"
        r"\bdouyin\b|\bfor (?:mobile|phones?)\b|"
        r"\bsnap(?:chat)?\b|\bkuaishou\b|抖音|快手|视频号|短视频尺寸",
    ),
    ((21, 9), r"\bultra-?wide\b|\bcinemascope\b|\bcinematic (?:ratio|aspect|format|bars)\b|超宽"),
    (
        (16, 9),
        r"\blandscape\b|\bwide (?:\w+ )?(?:version|format|video)\b|"
        r"\bhorizontal(?:ly)?\b|\bwide ?screen\b|\bwide-screen\b|\bfor (?:regular |normal "
        r")?youtube(?! shorts?)\b|\btv(?: (?:format|shape|screen))?\b|横屏|横版|横着|横的|横向|宽屏|横过来|横",
    ),
)
_FITS = (
    (
        Fit.PAD,
        r"\b(?:don'?t|do not|without|no|not|never|avoid)(?: \w+)? crop(?:ping|ped)?\b|\bwhole (?:picture|"
        r"frame|image)\b|\bkeep everything (?:visible|in frame)\b|\bnothing (?:is )?cut off\b|不裁|不要裁|"
        r"别裁|完整画面",
    ),
    (Fit.BLUR, r"\bblur(?:red|ry|s|ring)?\b|模糊|虚化|毛玻璃"),
    (
        Fit.CROP,
        r"\b(?:fill(?: the)?(?: \w+)?|zoom (?:in )?to fill|full ?screen|(?:no|without|instead of|"
        r"remove)(?: the| any)?(?: black)? (?:bars|borders)|no black bars)\b|填满|铺满|充满|满屏|去黑边|"
        r"不要黑边|没有黑边|无黑边",
    ),
    (
        Fit.PAD,
        r"\b(?:letter-?box\w*|pillar-?box\w*|pad(?:ded|ding)?|black (?:bars?|borders?|sides?|edges?|"
        r"background|bands?)|white (?:bars?|borders?)|fit (?:it )?in(?:side)?|borders?|bars)\b|黑边|黑底|"
        r"留边|加边|黑色边|补边",
    ),
    (
        Fit.CROP,
        r"\b(?:crop(?:ped|ping|s)?|cut(?:ting)? (?:off )?(?:the )?"
        r"(?:sides|edges|top(?: and (?:the )?bottom)?))\b|裁剪|裁切|裁掉|裁成|裁|切掉两边|剪掉两边",
    ),
)
_PLACES = (
    (Position.TOP_RIGHT, r"\b(?:top|upper)[ -](?:hand )?right\b|\bright[ -](?:hand )?top\b|\bupper right\b|右上|上右"),
    (Position.TOP_LEFT, r"\b(?:top|upper)[ -](?:hand )?left\b|\bleft[ -](?:hand )?top\b|左上|上左"),
    (Position.BOTTOM_RIGHT, r"\b(?:bottom|lower)[ -](?:hand )?right\b|\bright[ -](?:hand )?bottom\b|右下|下右"),
    (Position.BOTTOM_LEFT, r"\b(?:bottom|lower)[ -](?:hand )?left\b|\bleft[ -](?:hand )?bottom\b|左下|下左"),
    (Position.BOTTOM, r"\bbottom\b|\blower (?:third|part|edge)\b|\b(?:down )?below\b|\bunderneath\b|\bat the "
        r"foot\b|底部|"
        r"底下|下方|"
        r"下面|最下|下边|屏幕下|画面下|底端"),
    (Position.TOP,
     r"\btop\b(?! of (?:the|my|this|it))|\bat the top\b|\b(?:on|at) (?:the )?up(?: of| side)?\b|"
        r"\bupper side\b|\bupper (?:part|edge)\b|\babove\b|\bup top\b|"
        r"顶部|上方|"
        r"上面|最上|上边|屏幕上方|顶端"),
    (Position.CENTER, r"\b(?:cent(?:er|re)(?:ed|d)?|middle|mid-?screen|centrally)\b|中间|中央|居中|正中|中心"),
)  # fmt: skip
_COLOUR_NAMES = "|".join([*COLOURS, *(name for name in SPELLINGS if name.isascii())])
COLOUR = re.compile(
    rf"(#[0-9a-f]{{6}}|#[0-9a-f]{{3}})(?![0-9a-f])|\b({_COLOUR_NAMES})\b(?! (?:bars?|borders?|edges?|sides?|"
    rf"background|bands?|out|screen))|([白黑红橙橘黄金绿蓝青紫粉棕灰银])(?:色|字|的)|"
    rf"(?<=[变成为])([白黑红橙橘黄绿蓝紫粉灰])(?![\u4e00-\u9fff])"
)
_LARGE = re.compile(
    r"\b(?:big(?:ger)?|large(?:r)?|huge|giant|massive|bold|enormous)\b|大字|大号|大大的|大一点|字大|大的字|特大"
)
_SMALL = re.compile(r"\b(?:small(?:er)?|tiny|little|mini)\b|小字|小号|小小的|小一点|字小|小的字")


KNOWN: tuple[re.Pattern[str], ...] = (
    *(re.compile(words) for _, words in (*_SHAPES, *_FITS, *_PLACES)),
    COLOUR,
    _LARGE,
    _SMALL,
)


def shape_in(text: str) -> SetAspect | None:
    """A ratio, a size in pixels or the name of a shape, with how the picture comes into it."""
    size = _PIXELS.search(text)
    ratio = ratio_in(text)
    fit = fit_in(text)
    if size:
        width, height = int(size[1]), int(size[2])
        across, down = ratio or _nearest(width, height)
        return SetAspect(across, down, width, height, fit)
    ratio = ratio or next((shape for shape, words in _SHAPES if re.search(words, text)), None)
    return SetAspect(ratio[0], ratio[1], fit=fit) if ratio else None


def ratio_in(text: str) -> tuple[float, float] | None:
    match = _ratio_match(text)
    return (float(match[1]), float(match[2])) if match else None


def without_ratios(text: str) -> str:
    """The clause without what could be taken for a time or a level and is none: "9:16", "1080x1920", "320k"."""
    while match := _ratio_match(text):
        text = f"{text[: match.start()]} {text[match.end() :]}"
    for pattern in (_PIXELS, _KBPS, _PERCENT, re.compile(r"\b\d{3,4}p\b"), re.compile(rf"{_N} ?d(?:b|ecibels?)\b")):
        text = pattern.sub(" ", text)
    return text


def _ratio_match(text: str) -> re.Match[str] | None:
    for match in _RATIO.finditer(text):
        known = (float(match[1]), float(match[2])) in _RATIOS
        if ":" in match[0] and (
            _NO_TIME_BEFORE.search(text[: match.start()]) or _NO_TIME_AFTER.match(text[match.end() :])
        ):
            continue
        if known:
            return match
    return None


def _nearest(width: int, height: int) -> tuple[float, float]:
    common = [(9, 16), (16, 9), (1, 1), (4, 5), (4, 3), (3, 4), (21, 9)]
    near = min(common, key=lambda shape: abs(shape[0] / shape[1] - width / max(1, height)))
    return near if abs(near[0] / near[1] * max(1, height) / max(1, width) - 1) < 0.03 else (width, height)


def fit_in(text: str) -> Fit | None:
    return next((fit for fit, words in _FITS if re.search(words, text)), None)


def position_in(text: str) -> Position | None:
    return next((place for place, words in _PLACES if re.search(words, text)), None)


def colour_in(text: str) -> str | None:
    match = COLOUR.search(text)
    if not match:
        return None
    said = match[1] or match[2] or match[3] or match[4]
    if said.startswith("#") and len(said) == 4:
        return "#" + "".join(2 * digit for digit in said[1:])
    return SPELLINGS.get(said, said)


def size_in(text: str) -> float | None:
    if _LARGE.search(text):
        return 1.5
    return 0.7 if _SMALL.search(text) else None
