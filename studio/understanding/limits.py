"""What is asked for and is beyond us: recognised, so that the answer can name it. Pure."""

from __future__ import annotations

import re

from studio.timeline.operations import Join
from studio.understanding.cutting import Reading
from studio.understanding.lexicon import THINGS, Act, Thing
from studio.understanding.model import About, Ask
from studio.understanding.writing import Clause

_BEYOND = re.compile(
    r"\b(?:remove|cut|trim|delete|skip|drop|get rid of)(?: out)? (?:\w+ ){0,2}(?:silences?|silent (?:parts?|"
    r"bits?)|quiet parts?)\b|"
    r"\b(?:rotat(?:e|ed|ion|ing)|flip(?:ped)?(?! it (?:to )?(?:vertical|portrait|landscape))|mirror(?:ed)?|"
    r"upside[ -]down|sideways|(?:animated|scrolling|moving|bouncing|flying|typewriter|glowing|flashing|blinking|"
    r"3d|neon|handwritten|cursive|italic|underlined|rotating) (?:\w+ )?(?:titles?|texts?|captions?|words|fonts?|"
    r"letters|subtitles?)|(?:title|text|caption)s? animations?|arial|helvetica|times new roman|comic sans|(?:in|"
    r"use|with|change|different|another|nice|fancy|serif|cool)(?: the| a| an)? (?:\w+ )?fonts?(?! size)|(?:two|2|"
    r"three|3|several|different|both|multiple) versions|filters?(?! (?:\S+ ){0,3}out\b)|"
    r"transitions?|reverse[ds]?|backwards?|play(?:ed)? in reverse|de-?noise|"
    r"(?:background |wind |white |hiss )?noises?|hiss|hum|echo|reverb|stabili[sz]\w*|shaky|translat\w*|"
    r"transcri\w*|(?:auto(?:matic(?:ally)?)?[ -]?|generate |ai )(?:captions?|subtitles?|titles?)|"
    r"subtitles? (?:automatically|for (?:what|the speech|everything))|"
    r"colou?r (?:grad\w*|correct\w*)|brighten\w*|brighter|brightness|darker|contrast|saturation|saturated?|"
    r"exposure|black and white|b&w|greyscale|grayscale|sepia|vintage|green ?screen|chroma|stickers?|"
    r"emojis?|gifs?|"
    r"zoom(?! (?:in )?(?:to|so (?:that )?it) fills?| recorder| recording| audio| call| meeting| h\d)(?: in|"
    r" out)?|ken burns|"
    r"(?<!my )(?<!this )slide ?shows?|picture[ -]in[ -]picture|pip|split "
    r"?screen|side by side|upscale|(?<!\d)4k|60 ?fps|frame ?rate|fps|compress(?:ed)?|smaller file|file size|"
    r"(?<!keep the )(?<!same )pitch|auto-?tune|equali[sz]er?|bass|treble|remix|voice ?change\w*|deep ?fake|"
    r"face ?swap|(?:blur|hide|"
    r"pixelate|censor) (?:\w+ ){0,3}(?:faces?|plates?|logos?|eyes)|logos?|qr code|animations?(?! (?:and|"
    r"over|with|of))|lyrics|karaoke|"
    r"text[ -]to[ -]speech|tts|read (?:it )?aloud|thumbnails?|screenshots?|scenes?|silences|pauses|ums?|"
    r"dead air|jump ?cuts?|intro music|outro music|beats? sync|sync to the beat|"
    r"split (?:it|this|the \w+)?|freeze ?frames?|still frame|timer|countdown|progress bar|watermarks? "
    r"(?:from|off)|vocals? (?:louder|quieter)|sound effects?|sfx|particles?|glitch|vignette|slow zoom|"
    r"pan)\b"
    r"|^(?:请|麻烦|帮我|给(?:视频|它|这个视频))*配(?:个|段|一段)?音$|旋转|翻转|镜像|滤镜|转场|倒放|倒着|倒序|"
    r"降噪|噪音|杂音|噪声|稳定|防抖|翻译|自动[^，。,]{0,4}字幕|听打|自动(?:加|生成|"
    r"识别)?字幕|识别|转文字|语音转|调色|亮度|更亮|亮一点|变亮|暗一点|对比度|"
    r"饱和度|黑白|复古|绿幕|抠像|贴纸|表情|动图|放大画面|拉近|推近|缩放|"
    r"幻灯片|画中画|分屏|超分|(?<!\d)4k(?!b)|帧率|压缩|变声|变调|均衡|混响|换脸|打码|马赛克|遮脸|特效|动画|歌词|卡拉|"
    r"朗读|封面图?(?:截图)|截图|分割|拆分|定格|字体(?!大|小|颜)|倒计时|进度条|音效|卡点|美颜|瘦脸|磨皮"
)
_GENERATE = re.compile(
    r"\b(?:generate|create|make|produce|draw|imagine|film|animate)\b(?: me)?(?: an?| some| the)?(?: new| "
    r"short| funny| cool| cute| \d+[ -]seconds?| \d+s| ai)* ?(?:\w+ ){0,3}(?:videos?|clips?|movie|film|"
    r"animation|scenes?)\s+(?:about|of|where|showing|featuring|in which|starring)\b(?! (?:this|my|our|his|her|their|"
    r"the|it|that|these)\b)"
    r"|\b(?:generate|imagine|draw|compose|invent)\b(?! (?:an? |the )?(?:audiogram|wave|visual))|\b(?:with|"
    r"using|by) ai\b|\bai[ -](?:generated|video|music|voice|image)\b|\bmake (?:me )?an? (?!video|clip|"
    r"square|vertical|portrait|"
    r"landscape|mp4|short|shareable|nice|cool|new|simple|tiktok|youtube|instagram|story|visuali|music|"
    r"audio|horizontal|widescreen|waveform|full|hd|1080p|single|reel)\w+ video\b"
    r"|(?:(?:生成|制作|创作)(?:一个|一段|个|段|一部|一条|条)?|(?:做|画|拍|来)(?:一个|一段|个|一部|"
    r"一条))(?!成|竖|横|方|带|音频|可视|波形|正方|视频|mp4|"
    r"mp3|抖音|字幕|标题)\S{1,12}(?:的视频|的短片|的动画|视频|短片|动画)|(?:写|作|编)(?:一首|首)?(?:歌|曲)|"
    r"文生|生成(?:一张|张|一首|首)|ai(?:生成|"
    r"视频|配音)"
)
# "Generate a video for this song" makes nothing up.
_OF_A_SOUND = re.compile(
    "[给为把][这我][段首个的条][^，。,]{1,8}(?:生成|制作|做)|[这我][首段个的]?(?:歌曲?|音频|录音|音乐|播客|mp3|语音)[^，。,]{0,6}(?:生成|制作|做)"
)
_VAGUE = re.compile(
    r"\b(?:look|looks|sound|sounds|be|feel|make it|make this|more|edit)\b.{0,25}\b(?:better|nice[r]?|good|"
    r"great|cool(?:er)?|awesome|professional|cinematic|pretty|prettier|amazing|pop|fun(?:ny|nier)?|"
    r"interesting|viral|epic|exciting|engaging|beautiful|perfect|aesthetic|fancy|modern|clean(?:er)?|"
    r"smooth(?:er)?|catchy|trendy)\b"
    r"|\b(?:improve|enhance|beautify|polish|spice up|jazz up|fix (?:it|this|the video|my video)|do "
    r"(?:something|your magic|your thing|whatever)|work your magic|clean (?:it|this) up|tidy (?:it|this)? "
    r"?up|edit (?:it|this|my video|the video)(?: for me)?|touch (?:it )?up|optimi[sz]e|surprise me|finish "
    r"it|make (?:it )?viral)\b"
    r"|好看|美化|优化|高级|酷一点|酷炫|专业一点|精致|提升质感|随便(?:剪|弄|改)|处理一下|剪辑一下|编辑一下|"
    r"弄一下|润色|漂亮|帅一点|有趣|好玩|有意思|火一点"
)
_CLIPS = r"(?:videos|clips|vids|movies|songs|files|tracks|mp4s|parts|recordings)"
_JOIN = re.compile(
    rf"\b(?:merge|join|combine|stitch|concat\w*|splice|append|connect|glue|attach)\b.{{0,30}}\b(?:two|2|both|"
    rf"three|3|all|"
    rf"these|those|several|my) (?:\w+ )?{_CLIPS}\b"
    rf"|\bput\b.{{0,30}}\b{_CLIPS}\b.{{0,20}}\b(?:together|in a row|into one|after each other)\b"
    r"|\b(?:merge|join|combine|stitch|splice|concat\w*) (?:the )?(?:videos|clips)\b|\bone after (?:the other|"
    r"another)\b|"
    r"\bback to back\b|\b(?:join|stitch|splice|concat\w*) (?:them|these|it all)(?: together| up)?\b|"
    r"\b(?:merge|join|combine|stitch) \S+\.(?:mp4|mov|mkv|avi|webm) (?:and|with|to) \S+\.(?:mp4|mov|mkv|avi|webm)\b"
    r"|(?:两|几|多|这些|所有|2|3)(?:个|段|条)(?:视频|片段|素材|歌).{0,6}(?:合|拼|接|连)|(?:合并|拼接|连接|"
    r"拼)(?:两|几|多|这些|2|3)(?:个|段|"
    r"条)?(?:视频|片段|素材)|拼接|[接拼连]在一起|[接拼连]起来"
)
_OTHERWISE = re.compile(
    r"\b(?:first|second|third|last|before|reverse|order|overlap\w*|side by side|transitions?|cross-?fade|"
    r"stack\w*|between)\b|顺序|"
    r"先|第[一二三]|前面|转场"
)
_CONVERT = re.compile(
    r"\bconvert\w*\b|\btransform\b|\bchange (?:the )?(?:format|file type)\b|转换|转格式|转一下|转码|格式"
)
_FORMATS_NOT_WRITTEN = re.compile(r"(?<![a-z\d])(flac|ogg|opus|wma|aiff?|webm|avi|mkv|mov|gif)(?![a-z\d])")
_INTO = re.compile(r"\b(?:to|into|as|in|want|need|format)\b[^,]{0,15}$|(?:成|为|到|要|格式)\s*$")


def beyond(clause: Clause) -> Reading:
    """The question that a clause raises which is clear and none of ours; or the clips to be put in a row."""
    if (
        _JOIN.search(clause.words)
        and not clause.names(Thing.RECORDING, Thing.MUSIC)
        and not clause.says(r"\baudio\b|音频")
    ):
        return Ask(About.JOIN) if _OTHERWISE.search(clause.words) else (Join(),)
    if _removes_voice(clause):
        return Ask(About.UNSUPPORTED, "remove vocals")
    for match in _BEYOND.finditer(clause.words):
        if not (clause.names(Thing.WAVEFORM) and re.match("anim|动画", match[0])):
            return Ask(About.UNSUPPORTED, match[0].strip())
    for match in _FORMATS_NOT_WRITTEN.finditer(clause.words):
        if _INTO.search(clause.words[: match.start()]):
            return Ask(About.FORMAT, match[1])
    return None


def generates(words: str) -> Ask | None:
    drawn = THINGS[Thing.WAVEFORM].search(words) or _OF_A_SOUND.search(words)
    match = None if drawn else _GENERATE.search(words)
    return Ask(About.GENERATE) if match else None


def vague(words: str) -> Ask | None:
    """For a message of which nothing was understood."""
    if _VAGUE.search(words):
        return Ask(About.VAGUE)
    return Ask(About.TARGET_FORMAT) if _CONVERT.search(words) else None


def _removes_voice(clause: Clause) -> bool:
    voice = (
        r"(?:vocals?|voices?|speech|talking|dialogue|singing|singer|(?:我|他|她|你|别人)?的?"
        r"(?:人声|说话声|说话的声音|讲话声|讲话的声音|对白))"
    )
    english = (
        rf"\b(?:remove|delete|strip|drop|kill|get rid of|mute|silence|take out|without|no|lose|erase)\b (?:the |"
        rf"all |any |his |her |their |my )*{voice}\b"
    )
    chinese = rf"(?:去掉|去除|删掉|消除|消掉|移除|去|不要){voice}|{voice}(?:去掉|删掉|消掉|去除|不要)"
    keeps_else = clause.does(Act.REMOVE, Act.MUTE) and clause.says(
        r"keep (?:only )?the (?:music|instrumental)|instrumental only|只(?:要|留)伴奏"
    )
    return clause.says(rf"{english}|{chinese}") or keeps_else
