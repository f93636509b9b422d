"""Words that ask for nothing: thanks, assent, praise, a sign. They may answer a question, and are no request."""

from __future__ import annotations

import re

from core.intents.plain import QUOTED, plain

_LONGEST = 60  # letters
_MORE = r"(?: (?:so|very) much| a (?:lot|bunch|million)| again| all| everyone| guys| man| bro| mate| dude| buddy| bot)*"
_GOOD = r"(?:great|good|nice|perfect|awesome|amazing|excellent|fantastic|cool|lovely|beautiful|wonderful|fine)"
_ENGLISH = (
    rf"(?:many |no )?(?:thanks|thank you|thankyou|thx|thnx|tnx|ty|tysm|cheers|much appreciated){_MORE}|appreciate it",
    r"o+k+a*y*|k+|okey|okie|oki|alright|all right|right|sure(?: thing)?|fine|got it|understood|i see|noted|roger",
    r"y(?:es|eah|ep|up|ea|a)|no|nope|nah|deal|agreed|exactly|indeed|of course|go ahead|no problem|np|no worries",
    rf"(?:so |very |really |just |that's |this is |it's |it is |looks |looking |sounds |all |works )*{_GOOD}"
    r"(?: (?:job|work|one|stuff|result|now))*",
    r"(?:i )?(?:love|like) (?:it|this|that)|well done|wow|whoa|yay|woo+hoo+|lo+l|lmao|(?:ha)+h?|(?:he){2,}|hooray|bravo"
    r"|congrats|congratulations|you(?:'re| are)? (?:rock|the best|awesome|great|amazing|welcome)|bye|goodbye|see you"
    r"|good (?:night|bye)|have a (?:nice|good|great) (?:day|one|evening|weekend|night)|please|pls",
)
_CHINESE = (
    "谢谢 谢谢你 谢谢您 多谢 谢了 感谢 感谢你 非常感谢 十分感谢 太感谢了 谢谢啦 谢啦 辛苦了 辛苦 好 好的 好滴 "
    "好哒 好吧 好呀 好啊 好了 行 行吧 可以 可以的 可以了 没问题 嗯 嗯嗯 哦 噢 喔 知道了 了解 明白 明白了 收到 "
    "是 是的 对 对的 不用 不用了 不用谢 没事 没关系 很好 非常好 太好了 太棒了 真棒 很棒 棒 厉害 牛 完美 不错 "
    "挺好 挺好的 满意 很满意 喜欢 我喜欢 我很喜欢 赞 点赞 哈 哈哈 哈哈哈 呵呵 再见 拜拜 晚安 啊 呀 啦 哦 了 "
    "吧 你 您 大家 "
)
_UNIT = "|".join((*_ENGLISH, *sorted(_CHINESE.split(), key=len, reverse=True)))
_COURTESY = re.compile(rf"(?:(?:{_UNIT})(?: and | but | |(?<=[\u4e00-\u9fff])|(?=[\u4e00-\u9fff])|$))+")
_NO = re.compile(
    r"(?:oh |um |well )?(?:no|nope|nah|don't|rather not|better not)(?:,? (?:thanks|thank you|don't|please|way))*"
    r"|(?:不|不用|不要|别|不必|不了|不行)(?:了|谢谢|吧|啦)*(?:谢谢)?"
)
_THANKS = re.compile(r"thank|thx|thnx|tnx|\bty|cheers|appreciat|谢|辛苦")


def is_courtesy(text: str) -> bool:
    """Whether `text` says nothing but thanks, yes, no, well done or a sign such as 👍."""
    said = plain(text)
    if not said:
        return bool(text.strip(" ?？\t\r\n"))
    return len(said) <= _LONGEST and QUOTED not in said and _COURTESY.fullmatch(said) is not None


def is_no(text: str) -> bool:
    """Whether `text` says no, and nothing else."""
    return _NO.fullmatch(plain(text)) is not None


def is_thanks(text: str) -> bool:
    return _THANKS.search(plain(text)) is not None
