"""The words people have for doing, by class. What a class means for an edit say the readers. Pure data."""

from __future__ import annotations

import re
from enum import Enum, auto

from studio.understanding.patterns import words


class Act(Enum):
    REMOVE = auto()
    KEEP = auto()
    TRIM = auto()  # said for keeping as well as for removing
    ADD = auto()
    MAKE = auto()
    EXTRACT = auto()
    REPLACE = auto()
    MERGE = auto()
    LOWER = auto()
    RAISE = auto()
    SET = auto()
    MUTE = auto()
    FADE = auto()
    FASTER = auto()
    SLOWER = auto()
    DUCK = auto()
    LOOP = auto()


ACTS: dict[Act, re.Pattern[str]] = {
    Act.REMOVE: words(
        r"remov(?:e|ed|ing)|nothing (?=(?:after|before|past|beyond)\b)|(?:music|bgm|song|beat)s? (?:out|gone|"
        r"away)(?! (?:of|by|at|in|over|for|on|from|the|"
        r"as)\b)|no (?:more )?(?:background |bg |back ?ground )?(?:music|bgm)|(?:throw|toss|chuck|"
        r"strip|clear) "
        r".{0,40}\b(?:away|out)|cut (?=(?:the |all |any )?(?:background )?(?:music|bgm)\b(?! (?:to|down|short|by|at|"
        r"from|in)\b))|delet(?:e|ing)|drop(?:ping)?|los(?:e|ing)|get(?:ting)? rid(?: of)?|eras(?:e|ing)|"
        r"eliminat(?:e|ing)|"
        r"strip(?:ping)?(?: out| away)?|kill|skip|ditch|discard|dump|scrap|trash|axe|nuke|bin|throw "
        r"(?:away|out)|toss(?: out)?|"
        r"omit|exclude|excise|slice out|disappear|vanish|go away|kick (?:\w+ )?out|yeet|purge|weed out|"
        r"suppress|filter (?:\S+ ){0,3}out|"
        r"(?:chuck|toss|throw)(?= (?:it|that|them|the)\b)|wipe|clear|"
        r"cut(?:ting)? (?:out|off|away)|cut \w+ out|snip(?: out| off)?|"
        r"chop(?:ping)?(?: off| out)?|"
        r"lop(?: off)?|shave(?: off)?|slice off|clip off|trim off|take (?:out|off|away)|take \S+(?: "
        r"\S+){0,9} (?:out|off|away)|"
        r"(?:trim|cut|chop|shave|clip|knock) .{0,40}\b(?:off|out)|(?:don'?t|not|no|don) (?:want|need)|do not (?:want|"
        r"need)|no (?:more )?need for|"
        r"without|minus|get .{0,25} out of|leave out|leave \S+(?: \S+){0,3} out|uninstall|isn'?t needed|"
        r"aren'?t needed|(?:can|should|has to|needs? to|must) go(?! (?:with|under|on|over|to|in|from|at|for)\b)",
        r"掐头去尾|去(?= ?(?:头|尾|前|最后|开头|结尾|背景|音乐|配乐|bgm|伴奏|字幕|水印))|去掉|去除|去了|删除|删掉|删了|"
        r"删去|删|截掉|截去|剪掉|剪去|剪了|切掉|"
        r"切除|裁掉|裁去|移除|消除|消掉|消去|"
        r"不要|不需要|不想要|砍掉|扔掉|丢掉|除去|拿掉|抹掉|弄掉|关掉|关闭|取消|"
        r"[去清消弄]干净|去一下|剔除|略过|跳过|撤掉|抹去|掐掉|掐了|干掉|清除|清掉|没用|切了|各去(?=\d|§)",
    ),
    Act.KEEP: words(
        r"keep(?:ing)?|(?:voices?|speech|vocals?|talking) (?:in|on|stays?|remains?)(?=\W*$)|(?:only|"
        r"just)(?! (?:cut|trim|remove|delete|drop|chop|lose|mute|silence|fade|crop|speed|slow|turn|set|lower|"
        r"raise|take|get rid|skip|replace|swap|merge|convert|change|extract|loop|undo|apply|blur|pad|fill|add|"
        r"put|make|the music louder))|retain(?:ing)?|preserv(?:e|ing)|"
        r"leav(?:e|ing)(?! (?:it )?(?:out|off))|nothing but|save only|hold on to|use|nothing else|that'?s "
        r"(?:it|all)",
        r"保留|(?<!停)留(?=[\d§]|第|前|后|最|中间)|留下|剪出来?|只要|只留|只保留|仅保留|截取|截出|截|只用|"
        r"只剪(?!掉|去|了)|"
        r"仅要|留着|取出|只想要|只需要|剩下|选取|"
        r"保存|就要|只取|只截",
    ),
    Act.TRIM: words(
        r"trim(?:ming)?|cut(?:ting)?|crop(?! ?(?:it )?to (?:\d|fill|square))|shorten|clip(?= (?:it|this|"
        r"the|from|to|down))|chop|snip|slice|shrink it|truncate|reduce (?:\w+ ){0,3}to|max(?:imum)?(?: "
        r"of)?(?= \d)|at most|(?:no|not) longer than|not (?:exceed|be longer than|go over|be over)|"
        r"limit (?:\w+ ){0,3}to",
        r"剪辑|剪短|剪到|剪成|裁剪|裁到|裁成|剪|截短|控制在|控制到|最多|不超过|缩短|缩减|切到",
    ),
    Act.ADD: words(
        r"add(?:ing)?|put(?:ting)?|insert|include|overlay|place|lay|attach|apply|stick|slap|throw (?:in|on|"
        r"some)|drop in|pop|give (?:it|this|the video|me)|"
        r"set (?:the |a )?(?:title|caption|text)|write|type|print|display|show|say|show(?:ing)?|use|play|"
        r"bring in|i(?:'d)? (?:want|need|like)|want|need|would like|let'?s have|have|with|set .{0,30} as|"
        r"superimpose|mount|layer|run|sprinkle|underlay|paste|burn in|tack on|append|accompan(?:y|ied)",
        r"加上|加入|加个|加一|添加|增加|加|放上|放|配上|配(?!乐)|打上|打|写上|写|插入|叠加|贴上|贴|显示|来点|"
        r"来段|来个|来一|(?<!不)用|铺|垫|做个|要个|要一|上个|标上|标注|弄个|搞个|给我|想要|套上|混入|盖上|盖到|盖在|叠上|摆|"
        r"叠到|混进",
    ),
    Act.MAKE: words(
        r"mak(?:e|ing)|mov(?:e|ing)|shift|rename|reword|rewrite|enlarge|turn(?:ing)?(?! (?:up|down|off|it (?:up|"
        r"down|off)|the \w+(?: \w+)? (?:up|down|"
        r"off)))|convert(?:ing)?|transform|chang(?:e|ing)|creat(?:e|ing)|generat(?:e|ing)|produc(?:e|ing)|"
        r"build|render|do|need|want|give me|design|become|export|reformat|resize|switch|format|set|flip it|"
        r"put (?:it|this) (?:in|into)|needs? to be|should be|go",
        r"做成|做一个|做个|做|转成|转为|转换|转|变成|变为|变|改成|改为|改|生成|制作|创建|弄成|搞成|换成|"
        r"调成|调整|设成|设为|导出|输出|弄|切换",
    ),
    Act.EXTRACT: words(
        r"extract(?:ing)?|hand(?: me| us)?|deliver|provide|rip(?:ping)?|pull(?:ing)?|grab(?:bing)?|get|"
        r"sav(?:e|ing)|isolat(?:e|ing)|separat(?:e|ing)|export(?:ing)?|take|tak(?:e|ing)|need|want|give|send|convert|turn|download|"
        r"fetch|harvest|lift|copy|output|make|detach|split|obtain|record|yank|demux|produce",
        r"提取|抽取|抽出|抽|导出|分离|取出|取|扒|抠|抓|转成|转为|转换|转|要|保存|弄成|弄出|输出|拿出|单独|"
        r"剥离|另存|存成|给我|做成|变成|只要|只留|只保留|只想要|只需要|下载|拿",
    ),
    Act.REPLACE: words(
        r"replac(?:e|ing)|swap(?:ping)?|substitut(?:e|ing)|exchang(?:e|ing)|switch(?:ing)?|chang(?:e|ing)|"
        r"instead|overwrite|override|in place of|dub(?: over)?",
        r"替换掉?|换成|换为|换掉|换上|替代|代替|改成|改用|换|覆盖|取代|盖住|盖掉|替",
    ),
    Act.MERGE: words(
        r"merg(?:e|ing)|combin(?:e|ing)|mux|join(?:ing)?|sync(?:hroni[sz]e|ing)?|synch|blend|fuse|unite|"
        r"marry|match(?: up)?|align|(?:bring|put|stitch|glue|tie|bundle|pack) .{0,40}together|pair|mix|"
        r"go(?:es)? (?:with|together)|belongs? (?:to|with|together)|weld|bind|line up|unify|connect|integrate|"
        r"splice|stitch|concat(?:enate)?|glue",
        r"合成|合并|合在一起|合到一起|合为|合起来|拼|混合|混|结合|对齐|同步|整合|融合|组合|合体|弄到一起|"
        r"放一起|放在一起|连起来|封装|对上|合(?![唱奏影照适格同作理计集约])",
    ),
    Act.LOWER: words(
        r"lower(?:ing)?|quiet(?:er|en)?|soft(?:er|en)?|reduc(?:e|ing)|decreas(?:e|ing)|turn(?:ed|ing)? "
        r"(?:\S+ ){0,4}down|bring (?:\S+ ){0,4}down|drop (?:\S+ ){0,4}(?:by|to) (?:\d+(?= ?%)|half|a )|(?:come|"
        r"go|comes|goes) down|halve|less loud|not (?:so|"
        r"as|too) loud|too loud|overpower\w*|overwhelm\w*|drown(?:s|ing|ed)?|overshadow\w*|deafening|(?:volume|"
        r"sound|audio|music|voice|bgm|mic|it) down|down (?:the )?(?:volume|"
        r"sound|audio|music)|diminish|attenuate|tone (?:\S+ ){0,3}down|dial (?:\S+ ){0,3}(?:down|"
        r"back)|less (?:music|sound|volume)|cut (?:\S+ ){0,4}(?:by|in) half",
        r"下调|调降|调低|调小|降低|减小|减弱|小声|小一点|小一些|小点|小些|轻些|低些|轻一点|轻点|低一点|低一些|"
        r"降到|降一点|弱一点|"
        r"压低|太大|太响|太吵|减半|减一半|轻一些|调轻|关小|变小|降|减",
    ),
    Act.RAISE: words(
        r"louder|rais(?:e|ing)|increas(?:e|ing)|boost|turn(?:ed|ing)? (?:\S+ ){0,4}up|bring (?:\S+ "
        r"){0,4}up|amplify|crank(?: (?:\S+ ){0,3}up)?|pump(?: (?:\S+ ){0,3}up)?|bump(?: (?:\S+ ){0,3}up)?|"
        r"(?:come|go|comes|goes) up|too (?:quiet|soft|low|faint)|more volume|(?:volume|sound|audio|music|"
        r"voice|bgm|mic|it) up|(?<!clean "
        r")up (?:the )?(?:volume|sound|audio|music|voice)|strengthen|can(?:'?t|not) (?:\w+ )?hear|double|"
        r"triple|dial (?:\S+ ){0,3}up|loud",
        r"上调|调高|调大|提高|增大|增强|大声|大一点|大一些|大点|大些|响些|响一点|响点|高一点|高一些|放大|升高|"
        r"太小|太轻|"
        r"加大|调响|更响|听不清|听不见|变大|翻倍|提升|开大",
    ),
    Act.SET: words(
        r"set|adjust|change|make|should be|at|to",
        r"设为|设成|设置|调到|调成|调整|调至|改成|改为|设|调|到|变成|降到|降至|升到",
    ),
    Act.MUTE: words(
        r"mut(?:e|ed|ing)|(?:turn|switch|shut)(?:ed|ing)? (?:\S+ ){0,2}(?:sound|audio|volume|music|bgm|voice|it|"
        r"them|that) off|"
        r"(?:turn|switch|shut)(?:ed|ing)? off(?: the| all| its| my| any)? (?:background )?(?:sound|audio|volume|"
        r"music|bgm|voice|noise)|cut the (?:audio|sound) (?=(?:from|between|in|for)\b)|silenc(?:e|ed)|silent|soundless|"
        r"make .{0,20}no sound|(?:sound|audio) ?off(?! (?:of|this|the|my|that))|hush|"
        r"blank (?:out )?the (?:audio|sound)|"
        r"unplug",
        r"静音|消(?:一下|个|下)?音|无声|去声|关掉声音|关声音|哑|没有声音|不出声|消声|哑掉|闭麦|声音关(?!小|低|"
        r"轻)(?:了|掉|"
        r"上)?|没声音|关了声音",
    ),
    Act.FADE: words(
        r"fad(?:e|es|ed|ing)(?:[ -](?:in|out))?|fade-?(?:in|out)|(?:gradually|slowly|gently) (?:appear|"
        r"disappear|start|end|die|go|increase|decrease|come|bring)|die out|dissolve",
        r"淡入淡出|淡入|淡出|渐入|渐出|渐变|渐弱|渐强|渐黑|渐显|渐隐|淡化|渐渐|慢慢变黑|慢慢[亮暗黑]|渐亮|渐暗|"
        r"[亮暗黑](?:起来|下去|下来)|逐渐",
    ),
    Act.FASTER: words(
        r"faster|speed(?:ing)?(?: (?:it|this|the \w+|everything))? ?up|sped up|quicker|accelerat(?:e|ed)|"
        r"fast(?:[ -]?forward)?|time-?lapse|hasten|double[ -](?:the )?speed|speedup",
        r"加快|加速|快放|快进|快一点|快一些|快点|快些|快一倍|快\d|变快|提速|更快|调快|倍快|加倍速度|放快",
    ),
    Act.SLOWER: words(
        r"slow(?:er|ed|ly)?|slow(?:ing)?(?: (?:it|this|the \w+|everything))? ?down|slow[ -]?mo(?:tion)?|decelerate",
        r"放慢|减慢|慢放|慢动作|减速|慢一点|慢一些|慢点|慢些|慢一半|慢\d|变慢|降速|调慢|更慢|慢速",
    ),
    Act.DUCK: words(
        r"(?:when|while|whenever|if) .{0,20}(?:speak|talk|say|narrat)\w* .{0,30}(?:lower|quieter|softer|dip|duck|"
        r"drop|reduce|go(?:es)? "
        r"down|come(?:s)? down|turn(?:s)? down)s?|"
        r"duck(?:ing|ed|s)?|auto-?duck|(?:lower|dip|drop|quiet(?:er)?|reduce|turn down|softer|"
        r"down)\b.{0,40}\b(?:when|while|whenever|under|during|if) .{0,25}(?:speak|talk|speech|voice|"
        r"dialog(?:ue)?|says?|narrat)\w*",
        r"闪避|自动压低|(?:说话|讲话|人声|有人).{0,8}(?:压低|降低|变小|小声|调低|减弱|自动)|(?:压低|降低|"
        r"变小|调低|减弱|小一点).{0,12}(?:说话|讲话|人声)的?时",
    ),
    Act.LOOP: words(r"loop(?:ed|ing)?|repeat(?:ed|ing)?|over and over", r"循环|重复"),
}
