"""What takes edits back, or brings them again: understood only where it is all that is asked for. Pure."""

from __future__ import annotations

import re

from studio.timeline.operations import StartOver
from studio.understanding.model import Redo, Request, Understood, Undo

_POLITE = (
    r"(?:(?:please|pls|plz|oops|whoops|nah|nope|ugh|um+|uh|well|nvm|never ?mind|yeah|yes|omg|bro|dude|lol|hi|"
    r"hello|thanks|"
    r"ok(?:ay)?|oh|no|wait|hmm|sorry|actually|hey|can you|could you|can u|would you|i want to|i'd like to|let'?s|"
    r"just|now|"
    r"and|go|请|麻烦|帮我|那|先|还是|把|不对|等等|等一下|能不能|可以)[, ]*)*"
)
_WHAT = (
    r"(?: ?(?:that|it|this|the|my|last|previous|one|edit|edits|change|changes|step|steps|thing|things|action|move|"
    r"operation|cut|trim|music|crop|fade|speed|volume|what you (?:just )?did|you (?:just )?did|i (?:just )?did|"
    r"please|pls|thanks|"
    r"thank you|now|again|back|一下|刚才的?|刚刚的?|上一?(?:步|次|个)|上次|最后|的|操作|编辑|修改|步骤|改动|剪辑|"
    r"标题|那步|"
    r"一步|了|吧|谢谢))*"
)
_UNDO = re.compile(
    rf"{_POLITE}(?:undo|un-do|revert|take (?:that|it|this)(?: last)?"
    rf"(?: (?:change|edit|step|one))? back|take back|roll ?back|go back(?: (?:a|one) "
    rf"step)?|step back|ctrl ?\+? ?z|"
    rf"(?:撤销|撤回|撤消|回退|退回)(?:刚才|刚刚)?(?:那一?[步下])?|复原|还原上一步|返回上一步|上一步(?:不要|取消|"
    rf"撤销)|不要(?:上一步|刚才)|取消(?:上一步|"
    rf"刚才的?(?:操作|修改|编辑)|上次的?(?:操作|修改|编辑))|"
    rf"恢复上一步|退一步|退回到?上一步|(?:刚才|刚刚|上面|上|前|最后)(?:那|一|的)*(?:步|下|个?(?:操作|修改|编辑|改动))"
    rf"(?:给我|都|先|操作|修改)*(?:撤|退|取消|不要|去掉|还原|作废|不算)(?:了|掉|回|销|消|去|回去)*|(?:delete|"
    rf"remove|cancel|drop|ditch) (?:that|the|my|this) (?:last |"
    rf"latest )?(?:edit|change|step)(?: i (?:hate|don'?t like) (?:it|that))?){_WHAT}"
    rf"|{_POLITE}(?:i (?:don'?t|didn'?t) (?:like|want|mean) (?:that|it|this)(?: (?:one|edit|change))?)[, "
    rf"]*(?:go back|undo(?: it)?|revert)?"
)
_ALL_BACK = re.compile(
    rf"{_POLITE}(?:(?:remove|discard|clear|delete|scrap|drop|ditch|trash|forget|cancel|throw away|"
    rf"清除) (?=(?:all |my |the |of )*(?:edits|changes))|undo|"
    rf"revert|reset|(?:全(?:都|部)|都|统统)?(?:撤销|取消|撤回))(?: ?(?:all|everything|every|of|the|my|edits?|"
    rf"changes|所有|全部|一切|的|"
    rf"编辑|修改|操作|改动|"
    rf"了)){{1,6}}"
    rf"|{_POLITE}(?:(?:forget|scrap|undo) (?:everything|it all|all of (?:it|that))(?:,| and|"
    rf") )?(?:start (?:all )?over(?: again)?|start (?:again )?from scratch|start (?:a)?fresh|(?:start|"
    rf"begin) again|reset(?: "
    rf"(?:it|everything|the video|all))?|(?:go |revert |get |restore |back |bring it |return |reset "
    rf")*(?:back )?(?:it )?to the (?:original|untouched|unedited|raw)(?: (?:video|file|clip|version|one|upload|"
    rf"recording|footage|state))?|"
    rf"restore (?:the )?original(?: video| file)?|全(?:都|部)(?:重来|撤销|撤回|取消)(?:掉|了)?|"
    rf"(?:全部|全都|都)?重新开始|"
    rf"从头(?:再|重新)?来过?|"
    rf"重来|从头开始|恢复原(?:状|样|片|"
    rf"视频|来的样子)|"
    rf"还原(?:成|到|回)?(?:最)?(?:原(?:片|视频|样|始|来)?|视频|初)?的?(?:视频|样子|版本|状态)?|回到(?:原始|最初|"
    rf"原来)的?(?:版本|状态|视频|样子)?)(?: ?(?:from|with|using|at) (?:the |my )?(?:very )?(?:original|untouched|"
    rf"raw|scratch|"
    rf"beginning|start|first|unedited)(?: (?:video|file|clip|version|upload|one))?)?{_WHAT}"
)
_REDO = re.compile(
    rf"{_POLITE}(?:redo|re-do|重做|恢复(?:撤销|刚才撤销的?|撤销的)|(?:刚才|刚刚|刚|上次|上一步)?(?:撤销|取消|撤回)(?:掉|了)?的(?:操作|编辑|修改|步骤|内容|改动|那一?步)?(?:再|都|给我|还是)*(?:恢复|还原|(?:加|弄|找|做|改)(?=[回出]))(?:回来|回去|出来)?|取消撤销|撤销(?:掉)?(?:刚才的?)?撤销|"
    rf"undo (?:the |that |my )?"
    rf"(?:last )?undo|un-?undo|bring (?:it|that|the (?:last )?edit) back|put (?:it|that) back(?: again)?|"
    rf"ctrl ?\+? ?y|bring back (?:what|the (?:edit|thing|one)) you (?:just )?(?:undid|undone|took back|removed)|"
    rf"(?:put|get) back (?:what|the (?:edit|thing|one|last)) (?:you|i) (?:just )?"
    rf"(?:undid|undone|took back|removed)){_WHAT}"
)
_NUMBERS = {"two": 2, "both": 2, "twice": 2, "couple": 2, "three": 3, "four": 4, "five": 5}
_NUMBERS |= {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_N = rf"(?P<n>\d|{'|'.join(_NUMBERS)})"
_SEVERAL = re.compile(
    rf"{_POLITE}(?:undo|revert|roll back|take back|remove|go back|撤销|撤回|撤消|回退|退回)(?: the| my| a)?(?: last|"
    rf" previous| past)? ?"
    rf"(?:最后|前面?|最近|上|掉)?的?{_N} ?(?:of )?(?:the )?(?:last )?(?:edits?|steps?|changes|times|things|步|次|"
    rf"个(?:修改|操作|"
    rf"编辑))?{_WHAT}"
)
_MOST = 9


def taken_back(words: str) -> Request | None:
    """`words` in lower case and single spaces."""
    if match := _SEVERAL.fullmatch(words):
        return Undo(min(_MOST, _NUMBERS.get(match["n"]) or int(match["n"]))) if match["n"] != "0" else None
    if _ALL_BACK.fullmatch(words):
        return Understood((StartOver(),))
    if _REDO.fullmatch(words):
        return Redo()
    return Undo() if _UNDO.fullmatch(words) else None
