"""The messages that are not for the agent, in English and Chinese: each pattern must match the whole message."""

from __future__ import annotations

import re
from collections.abc import Iterable

FORMATS = ("mp3", "mp4", "wav", "m4a")

_F = r"(?:mp3|mp4|wav|m4a)"

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
    r"ok|okay|will you|would you|if you can|if possible|man|bro|mate|dude|guys",
)
_LEADING_ZH = (
    "我想请你 能不能 可不可以 我想要 我需要 没问题 麻烦你 请问 请你 麻烦 劳烦 帮我 帮忙 我想 我要 能否 可否 可以 "
    "你能 你可以 现在 马上 立刻 立即 直接 快点 赶紧 那就 那么 好的 好了 不错 很好 太好了 完美 搞定 谢谢 你好 "
    "您好 请 帮 能 你 您 快 先 那 就 好 行 嗯 嗨 再 "
    "可以了 就这样了 就这样 "
    "这样可以了 这样就行了 这样就行 这样就好了 这样就好 先别剪 行了 弄好了 剪好了 做好了 "
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
INSIDE = re.compile(r"(?<= )(?:please|pls|plz|just|now) ")
GREETING = re.compile(r"hi|hello|hey|hi there|hey there|good (?:morning|evening|afternoon)|你好|您好|嗨|哈喽|在吗")

_ADJ = r"(?:(?:final|finished|full|complete|completed|whole|edited|new|latest|current|rendered|result|last) )*"
_NOUN = rf"(?:{_ADJ}(?:video|clip|movie|film|vid|file|result|project|output|media|version|cut|thing|mp4)(?: file)?)"
_THE = r"(?:(?:the|my|our|this|that|your) )"
_IT = rf"(?:it|this|that|everything|it all|{_THE}?{_NOUN}|a (?:video|file))"
_SOUND = rf"(?:(?:only |just )?{_THE}?(?:audio|sound|soundtrack)(?: track| file)?(?: only)?)"
_QUALITY = r"(?:(?:1080p|full hd|hd|(?:in )?(?:high|best) quality|in (?:hd|1080p)|an?|the|single|only|one) )*"
_AS = rf"(?: (?:(?:as|in|to|into) )?{_QUALITY}{_F}(?: format| file| version| video| audio| only)*)"
_EXTRA = r"(?: (?:in )?(?:1080p|full hd|hd|high quality|best quality))?"

_Z_THE = (
    r"(?:这个|那个|这段|我的|最终的?|最后的?|完整的?|成品|剪好的|做好的|弄好的|改好的|编辑好的|处理好的|新的?|整个)*"
)
_Z_NOUN = rf"(?:{_Z_THE}(?:视频|影片|片子|成片|作品|成品|文件|结果|短片|项目)|全部|它)"
_Z_SOUND = r"(?:(?:只|仅|只要|纯)?(?:音频|声音|音轨)(?:文件)?)"
_Z_AS = rf"(?:(?:成|为|到|作为|格式为)?(?:一个|个|高清|1080p|高清的)*{_F}(?:的?格式|文件|的?视频|的?音频)*)"
_Z_EXPORT = r"(?:重新)?(?:导出高清|导出|下载|输出|渲染|渲染并导出|导出并下载)"

EXPORT_FORMS = (
    rf"(?:re-?)?(?:export|download|render|(?:export|render|finish) and (?:export|download|send))(?: me)?"
    rf"(?: {_IT}| {_SOUND})?{_AS}?{_EXTRA}(?: again)?",
    rf"save(?: {_IT})?{_AS}?{_EXTRA}",
    rf"(?:(?:send|give|get|deliver|have|hand)(?: me| us)?|hit me with) (?:{_THE}?{_NOUN}|{_SOUND})"
    rf"{_AS}?{_EXTRA}(?: over| back| again)?",
    rf"(?:send|give)(?: me| us)? (?:it|this|that|everything)(?: over| back)?{_AS}?",
    rf"(?:send|give) (?:me|us) (?:the |an? )?{_F}(?: file| version)?",
    rf"i(?: want| need|'d like| would like) (?:the|my) {_NOUN}{_AS}?",
    rf"(?:show me|see) {_THE}(?:result|(?:final|finished) (?:result|video|clip))|ready to (?:export|render|download)",
    r"(?:send|give|get) me (?:the |a )?(?:download )?link|(?:the )?download link",
    rf"(?:把|将)?{_Z_NOUN}?{_Z_EXPORT}(?:出来|来|一下)?(?:{_Z_NOUN}|{_Z_SOUND})?{_Z_AS}?(?:出来|发给我|给我)?",
    rf"(?:把|将)?(?:只|仅){_Z_EXPORT}{_Z_SOUND}{_Z_AS}?",
    rf"(?:把|将)?{_Z_SOUND}{_Z_EXPORT}{_Z_AS}?",
    rf"(?:把|将)?(?:{_Z_NOUN}|{_Z_SOUND})(?:发送?|传|发)给?我",
    rf"(?:把|将)?(?:{_Z_NOUN}|{_Z_SOUND})给我",
    rf"(?:发送?|传|发)给?我(?:{_Z_NOUN}|{_Z_SOUND}|{_F}|下载链接)?",
    rf"(?:发送?|传){_Z_NOUN}(?:给|到)我",
    rf"给我(?:{_Z_NOUN}|{_Z_SOUND}|{_F}|下载链接)",
    rf"保存(?:{_Z_NOUN})?{_Z_AS}?",
    r"下载链接|可以导出了吗?|生成(?:最终|最后)的?视频",
)

_CREDIT = r"(?:credits?|(?:credit |account )?balance)"
CREDITS_FORMS = (
    r"(?:what's |whats |what is |what are |check |show |show me |tell me |see |view |how's )?"
    rf"(?:my |the |our )?(?:remaining |current )?{_CREDIT}",
    r"(?:my |the )?(?:credits?|balance) (?:left|remaining|check)|what's left(?: on my balance| of my credits)?",
    r"how (?:many|much) (?:more )?(?:credits?|balance)(?: do i have| have i got| have i| i have| are| is| do we have)?"
    r"(?: left| remaining| there| got)*",
    r"do i (?:still )?have (?:any |enough )?credits?(?: left)?|any credits left|am i out of credits",
    r"(?:buy|get|purchase|top up)(?: some| more| my)* credits|how (?:do|can) i (?:buy|get)(?: more)? credits|top up",
    r"(?:查|看|查看|查询|显示)?(?:一下|下|看|看看)?(?:我的|账户)?(?:剩余)?(?:的)?(?:积分|余额)(?:余额|情况)?",
    r"(?:我的?)?(?:积分|余额|积分余额)(?:还有|还剩|剩|剩下|剩余|是|有|还够)?(?:多少|几个|够|够不够|用完了)(?:积分|了)?",
    r"(?:查|看|查看|看看|查查)?(?:一下|下)?(?:我)?(?:还|一共)?(?:有|剩|剩下|剩余)?(?:多少|几个|几)(?:积分|余额)",
    r"(?:我)?还有(?:没有)?(?:积分|余额)|还有积分没有?|充值|(?:购买|买|充)积分",
)

_TRACKS = r"(?:tracks|timeline|project|project status)"
STATUS_FORMS = (
    r"(?:what's |what is |how's |how is |show |show me |check |tell me |give me |view )?(?:the |my |our )?"
    r"(?:current |project |job )?(?:status|progress|state)(?: update| report)?"
    r"(?: of (?:my|the|our) (?:project|video|job|edit|timeline))?",
    rf"(?:show|show me|list|see|view|display|print)(?: all)? (?:the |my |our )?{_TRACKS}"
    r"(?: (?:in|on|of) (?:the|my|our|this) (?:project|timeline|video|edit))?|tracks|timeline",
    r"(?:show me )?what's (?:on|in) (?:the|my) (?:timeline|project)|what tracks (?:do i have|are there)|"
    r"what (?:have (?:we|i) got|do (?:we|i) have|is there)(?: on (?:the|my|our) (?:timeline|project))?"
    r"(?: so far| right now| now)?|"
    r"what do (?:i|we) have(?: so far)?",
    r"how(?:'s| is) it going|how far (?:are you|along are you|is it)|what(?:'s| is) happening|where are we",
    r"any updates?",
    r"(?:are you|is it|is my video|is the video) (?:done|ready|finished)(?: yet)?",
    r"where(?:'s| is) (?:my|the) (?:video|file|result)|how (?:much )?long(?:er)?(?: will it take)?",
    r"(?:查|看|查看|查询|显示|看看)?(?:一下|下)?(?:我的|当前|目前|现在|项目)?(?:的)?(?:项目|任务)?(?:是)?(?:什么)?"
    r"(?:状态|进度)(?:如何|怎么样|怎样|是什么)?(?:了)?",
    r"(?:查看|看|看看|显示|列出|打开|有哪些|有什么|哪些)?(?:一下|下)?(?:我的|当前)?(?:所有|全部)?(?:的)?(?:时间线|时间轴|轨道)"
    r"(?:上有什么|有哪些)?",
    r"(?:查看|看看|看|告诉我)?(?:一下|下)?(?:现在|目前|当前)?(?:时间线|时间轴|项目)?(?:上|里)?(?:都|一共)?有(?:哪些|什么|几条|几个)"
    r"(?:轨道|素材|内容|东西)(?:了)?",
    r"(?:处理|剪|做|进行|导出)?到哪(?:了|一步了|里了)?|怎么样了|(?:导出|做|剪|弄|处理|渲染|完成)?(?:好|完)?(?:了吗|了没|了没有)|还要多久|还需要多久",
)

UPLOAD_FORMS = (
    r"upload(?: (?:it|this|that|them|these|those|some|an?|the|my|our|another|new|more|your))*"
    r"(?: (?:video|audio|sound|image|photo|picture|media|song|music|one))?"
    r"(?: (?:files?|clips?|videos?|photos?|images?))?",
    r"how (?:do|can|should) i upload(?: (?:an?|my|the))?(?: (?:file|video|clip|audio|photo|image)s?)?",
    r"here (?:you go|it is)|here(?:'s| is) (?:the|my|a) (?:video|file|clip|audio|song|image|photo|recording)",
    r"上传(?:这个|一个|新的?|一段|我的|更多|几个|一些)*(?:视频|音频|图片|照片|文件|素材|音乐)?",
    r"(?:怎么|如何|怎样)上传(?:视频|音频|图片|文件|素材)?|传(?:个|一个)?(?:文件|素材)",
)

_WORK = r"(?:job|task|export|render|rendering|upload|request|process|work|operation|edit|editing|download)"
CANCEL_FORMS = (
    rf"(?:wait |no |oops |stop )?(?:cancel|abort|stop|halt)(?: (?:it|this|that|everything|all|"
    rf"(?:the |my |this |that |current |the current )?{_WORK}))?",
    r"(?:等等|不|不对)?(?:取消|停|停止|停下|停下来|中止|终止|打住)(?:掉|了)?"
    r"(?:这个|当前|当前的)?(?:任务|导出|渲染|上传|操作|请求|处理|编辑|全部|所有|一切)?",
    r"(?:全部|都)取消|不做了|别做了|别弄了",
)

NEVER_MIND_FORMS = (
    r"(?:oh |ah |no |actually |well )?(?:never ?mind|nvm|forget (?:it|about it))(?: (?:that|it|then))?",
    r"(?:那|还是|哦|唉|嗯)*(?:算了|不用了|当我没说)(?:吧|算了)*",
)

NEW_PROJECT_FORMS = (
    r"(?:(?:start|create|make|begin|open) )?(?:an?other |an? )?(?:new|fresh) project|(?:start )?(?:an? )?new session",
    r"(?:start|begin) (?:all )?over(?: again)?|start from scratch|start (?:a)?fresh|(?:a )?fresh start",
    r"(?:clear|reset|discard|delete) (?:everything|the project|the timeline|my project|this project)",
    r"(?:新建|开|开始|创建|建)?(?:一个|个)?新(?:的)?(?:项目|工程)|新建(?:一个|个)?(?:项目|工程)?",
    r"重新开始|从头开始|从头来过|重开一个|(?:清空|重置)(?:项目|时间线|所有|全部|一切)",
)

HELP_FORMS = (
    r"help(?: me)?|i need help|need help|instructions|manual|commands|menu|start",
    r"what (?:can|do) (?:you|u|i|this bot) do(?: here)?|who are you|what is this(?: bot)?|what are you",
    r"how (?:do|can|should) i use (?:this|you|it|this bot|the bot)|how (?:does|do) (?:this|it|you|this bot) work",
    r"(?:使用|需要|我需要)?帮助|求助|怎么用|怎么使用|如何使用|使用说明|使用方法|说明书|说明|你是谁|这是什么|菜单|有什么功能",
    r"(?:你)?(?:能|会|可以)?(?:做|干)(?:些)?(?:什么|啥)|(?:你)?有(?:什么|哪些)功能|怎么(?:玩|操作)",
)

_NAME = r"(?P<name>[^\W\d_][\w -]*)"
_NAME_ZH = r"(?P<name>[\u4e00-\u9fff]{2,4}?)"
LANGUAGE_FORMS = (
    rf"(?:the |my )?lang(?:uage)?(?: {_NAME})?|languages|language ?(?P<name2>[\u4e00-\u9fff\u3040-\u30ff]+)",
    rf"(?:change|switch|set|choose|select)(?: the| my| your)? lang(?:uage)?(?: to {_NAME})?",
    rf"change(?: the| my| your)? lang(?:uage)? ?to ?{_NAME}|(?:switch|set)(?: the)?(?: language)? ?to ?{_NAME}",
    rf"(?:speak|talk)(?: to me)?(?: in)? ?{_NAME}|(?:reply|answer|respond|speak|talk)(?: to me)? in ?{_NAME}",
    r"(?:设置|选择|切换|更改|修改|换|改)?(?:一下)?语言(?:设置)?",
    rf"(?:切换|更改|换)?语言(?:设置)?(?:为|成|切换为|切换到|改成|换成|到)? ?{_NAME}",
    rf"(?:把|将)?(?:语言)?(?:切换|切|改|设置|设)(?:到|成|为|回) ?{_NAME}",
    rf"(?:把|将)?(?:界面|语言)?(?:切换|换|改)(?:到|成|为) ?{_NAME_ZH}(?:界面|语言)",
    rf"(?:说|讲) ?{_NAME}|用 ?{_NAME}(?:回复|回答|交流|聊天)(?:我)?|用 ?{_NAME}(?:跟|和)我(?:说|聊|说话|交流)",
)

_SKILL = r"(?P<name>[a-z0-9][a-z0-9._-]*)"
_SKILL_WORDS = r"(?P<name>[a-z0-9][a-z0-9._-]*(?: [a-z0-9._-]+){0,4})"
SKILL_FORMS = (
    r"(?:list|show|show me|choose|change|switch|select)?(?: ?(?:the|all|your|my|a))* ?skills?",
    r"(?:what|which) skills (?:do you have|are there|can you use|can i use|have you got)",
    rf"(?:use|switch to|choose|select|pick|set|activate)(?: the)? skill(?: to)? {_SKILL}",
    rf"(?:use|switch to|choose|select|pick)(?: the)? {_SKILL_WORDS} skill",
    r"skill (?P<name>[a-z0-9]+(?:[._-][a-z0-9]+)+)",
    r"技能(?:列表)?|(?:有哪些|有什么|查看|选择|切换|显示|换|换个)技能",
    rf"(?:使用|选择|切换到?|换成|换|用)?技能(?:为|成)? ?{_SKILL}|(?:使用|用|切换到|选择|换成) ?{_SKILL}(?:这个)?技能",
)


def compiled(forms: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """The forms as patterns; a name may stand in several branches of one form."""
    return tuple(re.compile(_renumbered(form)) for form in forms)


def _renumbered(form: str) -> str:
    parts = re.split(r"\(\?P<name\d*>", form)
    return parts[0] + "".join(f"(?P<name{index}>{part}" for index, part in enumerate(parts[1:]))
