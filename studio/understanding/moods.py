"""Clauses that are no orders: questions, conditions, what has been, what somebody tells beside an order. Pure."""

from __future__ import annotations

import re

from studio.understanding.lexicon import Act
from studio.understanding.model import About, Ask
from studio.understanding.vocabulary import PLAIN
from studio.understanding.writing import Clause

_LEAD = (
    r"^\W*(?:(?:hi|hey|hello|ok|okay|so|and|but|also|please|um+|uh|bro|btw|well|then|oh|wait|actually|quick question|"
    r"question|just wondering|wondering|sorry|那|那么|请问|想问一下|问一下|话说)\b[ ,:]*)*"
)
_QUESTION = re.compile(
    _LEAD + r"(?:how(?! about\b)|why(?! don'?t (?:you|we)\b)|what(?!ever| i (?:want|need)| we need| about\b)|what's|"
    r"whats|who|whose|which (?:one|of|is|are|do)|when (?:will|do|does|is|are|can|should)|where (?:is|are|do|does|can)|"
    r"should (?:i|we|it|this)|shall (?:i|we)|do (?:i|we|you(?! (?:mind|think you c)))|does|did|have you|has it|"
    r"is (?!(?:it|this|that) possible|there (?:a|any) way)(?:it|this|that|there|the|my)|are (?:you(?! able)|"
    r"there|they|we)|was|were|"
    r"will (?:it|this|that|there|the)|would (?:it(?! be (?:possible|ok|okay|alright))|this|that|there)|"
    r"can i(?! (?:have|get|please))|may i(?! have| get)|am i|isn'?t (?:it|there|this)|"
    r"are there|any (?:idea|chance (?:it|that it|the)))\b"
)
_Z_QUESTION = re.compile(
    r"怎么|怎样|如何|为什么|为啥|为何|会不会|是不是|有没有(?!声)|要不要|该不该|需不需要|好不好(?:看|听)|"
    r"(?<!没)什么(?!都)|(?<!没)啥|多少钱|多久|"
    r"多长(?:时间)?|多大|哪(?:个|些|里|一|种|款)|(?:是|有|会|了|过|够|对|在|算|需要|不).{0,8}吗"
)
_Z_REQUEST = re.compile(r"(?:能|可以|可否|能否|行|好|可|方便).{0,40}吗|能不能|可不可以")
_CHECK = re.compile(
    r"(?:(?:is|would|will|does|can|could|sound|sounds|you) )*(?:(?:that|this|it|you) )?(?:be )?"
    r"(?:ok(?:ay)?|good|fine|alright|possible|work|do (?:that|it|this)|make sense|right)|(?:可以|行|好|能|可行|"
    r"没问题)吗"
)
_NOT_THAT = re.compile(r"\b(?:not|isn'?t) the (?:first|last|begin\w*|end\w*)\b|不是|并非")
_CONDITION = re.compile(
    r"\b(?:if|unless|in case|provided|assuming|as long as (?!the )|whenever|depending on|only when|except when)\b"
    r"|如果|要是|假如|万一|除非|(?<![她他我你它们人])的话(?=,|$)"
)
_WANTS = re.compile(
    r"\b(?:want|wants|need|needs|like|should|must|has to|have to|(?:can|could|would|will) (?:you|u|we|it|that)|"
    r"let'?s|hope|wish|prefer|please|make|get|"
    r"give|put|ought|supposed|be better|too|not enough|so that)\b|把|要|想|希望|让|给我|帮|能|请|弄|搞|最好|应该|"
    r"别|换|改|调|"
    r"加(?!班|州|拿)|太|不够|有点|顺便|变(?!了)"
)
_PRAISE = re.compile(
    r"\btoo (?:good|cute|funny|long|short|boring|cool|great|old)\b|(?:太|有点)(?:好|棒|赞|精彩|帅|可爱|搞笑|美|"
    r"长|短|无聊|好看|好吃|好听|感谢|"
    r"厉害|感动|开心)"
)
# What somebody is going to do with the result: told, and not for us to do.
_PURPOSE = re.compile(
    r"\b(?:i|we|she|he|they) (?:just )?(?:wants?|needs?|would like|'d like|plan|wanna|gonna|am going|'m going|hope) "
    r"(?:to )?(?:(?:re)?listen|watch|study|learn|practi[cs]e|post|share|send|show|upload|print|publish|keep|rewatch|"
    r"save) (?:to )?(?:it|this|that|them)?\b"
    r"(?! (?:only|just|the (?:voice|sound|audio|music|first|last|part)))"
)
_HAPPENED = (
    r"sneezed|coughed|laughed|burped|died|broke|failed|happened|froze|crashed|fell|ran|stumbled|walked|messed|screwed|"
    r"yelled|shouted|cried|barked|rang|came|knocked|interrupted|appeared|stuttered|mumbled|paused"
)
_VERBED = (
    rf"(?:muted|cut|trimmed|removed|deleted|added|put|made|cropped|shortened|sped|slowed|faded|changed|turned|replaced|"
    r"merged|mixed|extracted|lowered|raised|edited|exported|uploaded|filmed|recorded|shot|sang|played|sent|took|got|"
    r"stopped|dropped|asked|called|sat|stood|gave|waited|set|turned|picked|showed|decided|finished|realized|won|"
    r"realised|missed|"
    rf"{_HAPPENED}|"
    r"forgot|tried|used|lost|kept|left|dropped|said|spoke|talked|started|ended|wrote|bought|did|had|went|was|were|been)"
)
_PAST = re.compile(
    rf"^\W*(?:(?:so|and|but|well|ok|okay|hi|hey|yeah|lol|omg|haha|ugh|oh|yo|btw|actually)\b\W*)*"
    rf"(?:i|we|he|she|they|you|it|someone|somebody|my \w+|"
    rf"youtube|"
    rf"tiktok)(?:'ve|'d|'s| have| has| had)?(?: (?:already|just|once|even|also|accidentally|never|only))* {_VERBED}\b"
    rf"|^\W*(?:(?:so|and|but|ok|okay|lol|well)\b\W*)*(?:my|the|our|his|her|this|that) (?:(?!i\b|we\b)\w+ ){{1,3}}"
    rf"(?:{_HAPPENED}|filmed|forgot|kept talking)\b"
    r"|^\W*(?:(?:so+|and|but|ok|okay|lol|well)\b\W*)*(?:my|our|his|her) (?:\w+ ){1,4}?(?!add|remov|mut|crop|trim|"
    r"fad|cent|blur|"
    r"nam|call|titl|need|want|loop|mix|merg|attach|upload|record|unlimit)\w+(?<!ne)ed\b"
    r"|^\W*(?:(?:so|and|but)\b\W*)*(?:the|this|that) \w+ (?:was|were|had|did|went|got|started|ended|said|spoke|"
    r"played)\b"
    r"|^\W*(?:my|the|this|it|original)\b.{0,20}(?:\bis|\bwas|'s) (?:currently |now |in |a )?(?:horizontal|"
    r"vertical|landscape|portrait|"
    r"square|widescreen|16:9|9:16|wide)(?: \w+)?\W*$|^\W*(?:原|我的?|这个?)?视频是(?:横|竖|方)\S{0,3}$"
    r"|\b(?:already|has been|have been|had been)\b.{0,20}\b\w+(?:ed|cut|done|made)\b"
    r"|已经.{1,12}(?:了|过|好)|(?:(?<![给帮替为])我|(?<![秒分钟])之前|刚才|昨天|上次)[^，]{0,8}(?:剪|删|静音|加|"
    r"调|改|去掉|关)(?:掉|"
    r"好)?(?:了|过)(?!吧)"
)
_TOLD = re.compile(
    r"^\W*(?:(?:so|and|but|well|ok|hi+|hey+|hello|yeah|oh|btw|actually|because|since|cuz|cos|bc|as)\b\W*)*"
    r"(?:it'?s|its|it is|it was|this is|this was|that'?s|that is|that was|there'?s|there is|there are|there was|"
    r"i'?m|i am|"
    r"i was|we'?re|we are|we were|he'?s|he is|he was|she'?s|she is|she was|they'?re|they are|they were|you'?re|"
    r"my \w+|our \w+|"
    r"(?:(?:the|my|our|his|her|their) )?(?:\w+ ){1,3}(?:is|are|was|were|has|have|had|shows?)|(?:(?:during|in|on|"
    r"from|at) )?which|who|whose|someone|"
    r"somebody|everyone|everybody|nobody|people|i|we|he|she|they|"
    r"because|since|for (?:my|our|a|an|the|his|her|their|your|mom|dad|school|class|work|fun)|from (?:my|our|last|the)|"
    r"just (?:a|an|my|some)|(?:no|not) (?:rush|hurry|worries|problem|pressure|urgent)|take your time|sorry|love|"
    r"god bless|"
    r"you(?: guys)? rock|you can(?: still| even| just| hardly| barely)? (?:hear|see)|"
    r"have a (?:nice|good|great|lovely)|good (?:morning|evening|afternoon|day|night|luck|job|bot)|"
    r"nice to meet|looking forward|happy|greetings|best|kind|yours|last (?:week|month|year|night|summer)|"
    r"yesterday|today)\b"
    r"|^\W*(?:\w+ ){0,3}(?:video|clip|recording|footage|vlog|podcast|lecture|movie)\W*$"
    r"|(?:发|传|给|附)(?:给|上|上去)?(?:你|您)?了$|^\W*(?:the )?\w+(?:'s| is) at (?:the )?\d[\d:]*\w*$"
    r"|^\W*(?:这|那)?(?:条|段|个)?(?:片|片子|视频)(?:有点)?(?:长|短|大|无聊|单调)了?\W*$|^\W*(?:不好看|难看|"
    r"很?丑|没用|.{0,5}(?:写|打|说|念|拍|录)错)了?\W*$"
    r"|^\W*[\u4e00-\u9fff]{1,6}(?:视频|录音|录像|音频|片段|vlog|广告|作业|直播|婚礼|采访|演出|比赛|会议|节目|"
    r"教程|旅行|聚会|课)\W*$"
    r"|^\W*[\u4e00-\u9fff]{0,6}(?:里|中|后面)有[\u4e00-\u9fff]{1,8}\W*$"
    r"|^\W*(?:这|那|我|我们|咱们|他|她|它|他们|昨天|今天|前天|上周|上课|上个月|去年|因为|由于|其实|本来|里面|"
    r"里头|有人|有个|有一|"
    r"视频(?:是|里)|孩子|女儿|儿子|老师|学生|同学|妈妈|爸爸|爷爷|奶奶|外婆|朋友|家里|不急|辛苦|多谢|感谢|非常|"
    r"万分|拜托|"
    r"方便|为了|以便|好让|免得|省得|大家|各位|亲|嗨|哈喽|早上|晚上|下午|新年|祝|主要是|毕竟|反正|用来|用于|"
    r"发(?:给|到|朋友圈|抖音)|给(?!我|"
    r"视频|它|画面|片).{1,6}(?:看|用|的))"
)
_GREETING = re.compile(
    r"^\W*(?:in )?(?:the )?(?:best|highest|high|good|full|max(?:imum)?) (?:possible )?(?:audio |sound )?quality\W*$|"
    r"^\W*(?:高音质|最高音质|高质量|最高质量|高清)\W*$|^\W*(?:(?:thanks?|thank you|thankyou|thx|ty|tysm|cheers|"
    r"please|pls|plz|hi|hello|hey|yo|ok|okay|yes|yeah|no|"
    r"nope|cool|"
    r"great|perfect|nice|awesome|bro|dude|man|mate|guys|sir|madam|dear|bot|cutroom|friend|buddy|lol|haha+|hehe|"
    r"omg|wow|so|"
    r"very|much|a lot|a million|a bunch|in advance|again|you|for|your|the|help|time|everything|there|everyone|"
    r"all|team|good|morning|evening|"
    r"afternoon|day|night|sorry|to|bother|asap|best|regards|kind|and|really|appreciate|appreciated|it|that|this|"
    r"is|would|be|"
    r"grateful|love|xx|xoxo|well|hmm+|um+|uh+|oh|wait|done|that's all|that's it|nothing else|quick|one|question|"
    r"i|need|have|a|favor|"
    r"favour|some|can you help(?: me)?|could you help(?: me)?|help me|help(?: me)? (?:out|with this)?|here|go|"
    r"you're|the best|u|me|my|video|file|clip|"
    r"wrong|mistake|oops|whoops|my bad|with|just|please do(?: this| the following)?|following|do|things?)\b\W*)++$"
    r"|^\W*(?:谢谢|多谢|感谢|谢|麻烦|拜托|辛苦|您|你|好|啦|了|哦|啊|呀|哈|嗯|大神|老师|亲|请|帮我|帮忙|一下|这个|"
    r"视频|吧|的|先|嗨|"
    r"哈喽|那|就这样|这样|就|可以|行|在吗|大佬|师傅|小助手|机器人|么么哒|爱你|万分|非常|不好意思|打扰|我|有|个|"
    r"忙|下|再|次|thanks|ok|hi)++\W*$"
)


def not_an_order(clause: Clause) -> Ask | None:
    """The question a clause raises that asks something, denies it, or wants it only in some case."""
    if is_checking(clause):
        return None
    if _CONDITION.search(clause.words) and not clause.does(Act.DUCK):
        return Ask(About.CONDITION)
    if clause.spans and clause.says(_NOT_THAT):
        return Ask(About.KEEP_OR_CUT)
    asks = clause.says(_QUESTION) or (clause.says(_Z_QUESTION) and not clause.says(_Z_REQUEST))
    return Ask(About.QUESTION) if asks else None


def is_checking(clause: Clause) -> bool:
    """ "Is that OK?", behind an order."""
    return _CHECK.fullmatch(clause.words.strip(" .!?~,？！。")) is not None


_ASKS_NOW = re.compile(r"\b(?:please|pls|can (?:you|u)|could you|undo|want|need)\b|请|帮|把它|撤销")


def is_past(clause: Clause) -> bool:
    """Something that has been done already, and is not asked for."""
    told = _PAST.search(clause.words)
    if told is None:
        return False
    behind = clause.words[told.end() :]
    asks = _ASKS_NOW.search(clause.words) or re.search(r"\bso\b(?! (?:much|many|far|bad))", behind)
    return not asks and " and " not in clause.words[: told.start()]


_GOES_ON = re.compile(r"\band (\w+)(?! (?:is|are|was|were|has|had)\b)")
_WANTED = re.compile(
    r"^\W*(?:i|we)(?:'d| would)? (?:want|need|like)\b(?! to (?:hear|listen|see))|^我?(?:想|要)|[把请帮]"
)


def is_telling(clause: Clause) -> bool:
    """A statement: of something that is wrong, perhaps, but no order by itself."""
    wants = clause.says(
        r"^\W*(?:i|we)(?:'d| would)? (?:want|need|like)\b(?! to (?:hear|listen|see))|^我?(?:想|要)|[把请帮]"
    )
    return (_TOLD.search(clause.words) is not None or clause.says(r"[了喇]$")) and not wants


def is_aside(clause: Clause) -> bool:
    """Politeness, or what somebody tells: plainly no order."""
    words = clause.words
    if not words.strip(" .!?,~") or _GREETING.match(words) or is_checking(clause):
        return True
    words = _PURPOSE.sub(" ", _PRAISE.sub(" ", words))
    goes_on = _GOES_ON.search(words)
    return clause.says(_TOLD) and not _WANTS.search(words) and (goes_on is None or goes_on[1] in PLAIN)
