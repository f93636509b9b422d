"""Messages that bring a file, or name a language or a skill: each pattern must match the whole message."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

FORMATS = ("mp3", "mp4", "wav", "m4a")

# Politeness and filler around a form. It is peeled from both ends, one at a time.
_LEADING = (
    r"please|pls|plz|kindly|(?:can|could|would|will) (?:you|u)|(?:can|could|may) i|would you mind",
    r"i(?: want|'d like| would like| need) you to|i(?: want| need|'d like| would like) to|i wanna|let me|let's|lets",
    r"just|now|quickly|finally|ok|okay|alright|all right|right|great|perfect|nice|cool|good|awesome|love it",
    r"(?:it |that |this )?looks (?:good|great|fine|perfect)|that's (?:good|great|perfect|it|all)",
    r"sounds good|no more (?:cuts|edits|changes)|i'm done|we're done|all done|done|all good|all set|good to go",
    r"(?:it's|this is|that's) (?:good|great|fine|perfect)(?: now)?|(?:no )?(?:more|other) changes",
    r"don't change anything(?: more| else)?|i don't want to (?:edit|change|do) anything(?: yet| more| else)?",
    r"i(?:'m| am) (?:\w+ )?(?:happy|satisfied)(?: with (?:it|this|that|the result|everything))?",
    r"thanks|thank you|thx|hi|hello|hey|hi there|hey there|so|well|then|and|yes|yeah|yep|sure|go ahead(?: and)?",
    r"you (?:can|may)",
)
_TRAILING = (
    r"please|pls|plz|thanks|thank you|thanks a lot|thx|now|right now|right away|immediately|asap|for me|to me|then",
    r"ok|okay|will you|would you|if you can|if possible|man|bro|mate|dude|guys|from now on|from here on|going forward"
    r"|from today|instead|only|always|(?:please )?switch|to (?:my|our) \w+",
)
_LEADING_ZH = (
    "我想请你 能不能 可不可以 我想要 我需要 没问题 麻烦你 请问 请你 麻烦 劳烦 帮我 帮忙 我想 我要 能否 可否 可以 "
    "你能 你可以 现在 马上 立刻 立即 直接 快点 赶紧 那就 那么 好的 好了 不错 很好 太好了 完美 搞定 谢谢 你好 "
    "您好 请 帮 能 你 您 快 先 那 就 好 行 嗯 嗨 再 "
    "可以了 就这样了 就这样 "
    "这样可以了 这样就行了 这样就行 这样就好了 这样就好 先别剪 行了 弄好了 剪好了 做好了 "
    "以后都 以后 今后 从现在开始 从现在起 之后都 "
    "很满意 满意 挺好的 挺好 没问题了 不用改了 不改了 差不多了"
)
_TRAILING_ZH = (
    "谢谢啦 谢谢你 谢谢 多谢 谢了 好不好 好吗 行不行 行吗 可以吗 可以么 一下 现在 马上 给我 "
    "下 吧 呗 啊 呀 哦 啦 嘛 哈 呢 吗 么"
)

_CHINESE = r"[\u4e00-\u9fff]"
_EDGE = rf"(?: |(?<={_CHINESE})|(?={_CHINESE}))"  # a Chinese word ends anywhere, a Latin one at a space


def _any_of(forms: Iterable[str], chinese: str) -> str:
    # Longest first: a Chinese word has no edge that would keep a shorter one from matching its beginning.
    return f"(?:{'|'.join((*forms, *sorted(chinese.split(), key=len, reverse=True)))})"


LEADING = re.compile(_any_of(_LEADING, _LEADING_ZH) + _EDGE + "(?=.)")
TRAILING = re.compile("(?<=.)" + _EDGE + _any_of(_TRAILING, _TRAILING_ZH) + "$")
INSIDE = re.compile(r"(?<= )(?:please|pls|plz|just|now(?! on)) ")
GREETING = re.compile(r"hi|hello|hey|hi there|hey there|good (?:morning|evening|afternoon)|你好|您好|嗨|哈喽|在吗")

UPLOAD_FORMS = (
    r"upload(?: (?:it|this|that|them|these|those|some|an?|the|my|our|another|new|more|your))*"
    r"(?: (?:video|audio|sound|image|photo|picture|media|song|music|one))?"
    r"(?: (?:files?|clips?|videos?|photos?|images?))?",
    r"how (?:do|can|should) i upload(?: (?:an?|my|the))?(?: (?:file|video|clip|audio|photo|image)s?)?",
    r"here (?:you go|it is)|here(?:'s| is) (?:the|my|a) (?:video|file|clip|audio|song|image|photo|recording)",
    r"上传(?:这个|一个|新的?|一段|我的|更多|几个|一些)*(?:视频|音频|图片|照片|文件|素材|音乐)?",
    r"(?:怎么|如何|怎样)上传(?:视频|音频|图片|文件|素材)?|传(?:个|一个)?(?:文件|素材)",
)

_NAME = r"(?P<name>[^\W\d_][\w -]*)"
_NAME_ZH = r"(?P<name>[\u4e00-\u9fff]{2,4}?)"
LANGUAGE_FORMS = (
    rf"(?:the |my )?lang(?:uage)?(?: {_NAME})?|languages|language ?(?P<name2>[\u4e00-\u9fff\u3040-\u30ff]+)",
    rf"(?:change|switch|set|choose|select)(?: the| my| your)? lang(?:uage)?(?: to {_NAME})?",
    rf"change(?: the| my| your)? lang(?:uage)? ?to ?{_NAME}|(?:switch|set)(?: the)?(?: language)? ?to ?{_NAME}",
    rf"(?:speak|talk)(?: to me)?(?: in)? ?{_NAME}",
    rf"(?:reply|answer|respond|speak|talk|write)(?: to me| me| back)? in ?{_NAME}",
    rf"(?:please )?(?:use|in) {_NAME}",
    rf"(?:改用|转用|用|讲|说) ?{_NAME}",
    _NAME,
    r"(?:设置|选择|切换|更改|修改|换|改)?(?:一下)?语言(?:设置)?",
    rf"(?:切换|更改|换)?语言(?:设置)?(?:为|成|切换为|切换到|改成|换成|到)? ?{_NAME}",
    rf"(?:把|将)?(?:语言)?(?:切换|切|改|设置|设)(?:到|成|为|回) ?{_NAME}",
    rf"(?:把|将)?(?:界面|语言)?(?:切换|换|改)(?:到|成|为) ?{_NAME_ZH}(?:界面|语言)",
    rf"(?:说|讲) ?{_NAME}|用 ?{_NAME}(?:回复|回答|交流|聊天|回(?!复|答)|(?<!回)答|讲|说|写)(?:我|给我)?"
    rf"|用 ?{_NAME}(?:跟|和)我(?:说|聊|说话|交流)",
)

_SKILL = r"(?P<name>[a-z0-9][a-z0-9._-]*)"
_SKILL_WORDS = r"(?P<name>[a-z0-9][a-z0-9._-]*(?: [a-z0-9._-]+){0,4})"
SKILL_FORMS = (
    r"(?:list|show|show me|choose|change|switch|select)?(?: ?(?:the|all|your|my|a))* ?skills?",
    r"(?:what|which)(?: kinds? of| other)? skills (?:do (?:you|u) have|are there|can (?:you|u) use|can i"
    r" (?:use|pick|choose)|(?:have )?(?:you|u) got|are (?:available|installed))"
    r"(?: installed| available| for me| to use| in there)*",
    rf"(?:use|switch to|choose|select|pick|set|activate)(?: the)? skill(?: to)? {_SKILL}",
    rf"(?:use|switch to|choose|select|pick)(?: the)? {_SKILL_WORDS} skill",
    r"skill (?P<name>[a-z0-9]+(?:[._-][a-z0-9]+)+)",
    r"技能(?:列表)?(?:给我看看?)?|(?:现在|目前|你|都|会|能用)*(?:哪些|有哪些|有什么|有啥|有咩|有乜|有几个|查看|看看|看一?下|你的|选择|切换|显示|列出|换|换个)+(?:的|所有)?技能"
    r"(?:可以|能|可)?(?:套用|使用|用|选|给我用|装)?",
    rf"(?:使用|选择|切换到?|换成|换|用)?技能(?:为|成)? ?{_SKILL}|(?:使用|用|切换到|选择|换成) ?{_SKILL}(?:这个)?技能",
)


@functools.cache  # a table is compiled when the first message needs it, not when a bot starts
def compiled(forms: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """The forms as patterns; a name may stand in several branches of one form."""
    return tuple(re.compile(_renumbered(form)) for form in forms)


def _renumbered(form: str) -> str:
    parts = re.split(r"\(\?P<name\d*>", form)
    return parts[0] + "".join(f"(?P<name{index}>{part}" for index, part in enumerate(parts[1:]))
