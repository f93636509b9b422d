"""GUI instructions in a Chinese clause. Pure."""

from __future__ import annotations

import re

from core.nemo.gui.actions import Action, EditInstead, Found, Offer, RunExport, SendFile, ShowCredits, ShowTimeline

_Q = r"[\s“”\"'‘’「」『』【】《》*`\[\]]*"
_NOT_NOUN = r"(?!的|了|率|量|声|音(?!量|乐|轨|频)|效果|特效|动画|过)"
_PRESS_ANY = r"(?:点击|单击|双击|点按|点选|轻触|轻点|按下)"
_PRESS = (
    r"(?:点击|单击|双击|点按|点选|轻触|轻点|点一下|按下|按一下|(?<![重要特亮起终节热])点(?=[“\"「『【]|导出))"
    rf"{_NOT_NOUN}"
)
_LEAD = r"(?:请您?|您|你|可以|可|现在|然后|接着|接下来|之后|最后|再|只需要?|只要|直接|也|就|记得|需要?|通过|手动){0,6}+"
_PANEL = (
    r"(?:面板|时间线|时间轴|轨道区|编辑器|编辑区|素材库|媒体库|侧边栏|菜单|预览(?:窗口|区|界面|画面)?|工作区|标签页)"
)
_LOOK = r"(?:预览|查看|观看|看到|看看|查阅|检查)"
_OPEN = r"(?:打开|展开|进入|前往|转到|切换到|跳转到|回到|查看|查阅|去|到)"
_VOID = re.compile(r"不要|无需|不用|不必|不需要|别(?:再)?(?:点|拖|打)|先别|请勿")
_OURS = re.compile(
    r"^\W*(?:我|我们)?(?:已经?|刚刚?|成功)|^\W*我们?|(?:添加|加入|加上|使用|应用|生成|改成|改为|换成|设置|设为|更新|写上|放上|插入|设成)了"
)
# "点击订阅的动画已添加" tells what was done, in whatever words it names it.
_EFFECT = r"(?:动画|特效|效果|音效|声音?|贴纸|字样|标题|字幕|文字|转场|提示音|按钮动画|图标动画)"
_DONE = (
    r"(?:添加|加入|加上|加到|加在|加好|插入|放[在到入上]|放置|置于|设置|设为|设好|改|调|移[动到]|删除|去掉|完成|做好|生成"
    r"|应用|更新|替换|剪|裁|制作|准备|就绪|就位|叠加|同步)"
)
_REPORT = re.compile(
    rf"(?:{_PRESS_ANY}|拖拽|拖动|拖放)(?!.*(?:即可|请)).*?(?:已经?|刚刚?)(?:成功|为[您你]|自动|被|全部)*{_DONE}(?!\w{{0,2}}的)"
    rf"|(?:{_PRESS_ANY}|拖拽|拖动|拖放)[一-鿿]{{0,8}}的?{_EFFECT}(?:加|放|做|设|调|改)(?:好|上|完)?了"
    rf"|(?:{_PRESS_ANY}|拖拽|拖动|拖放)[一-鿿]{{0,8}}的{_EFFECT}(?:在|从|持续|时长|出现|位于|显示|会|将|现|为|长|很|更|共|有)"
)
_SOMEBODY_ELSE = re.compile(
    r"(?:^|[^给为])我们?(?:已经?|刚刚?|会|将)?$|(?:如何|怎么|怎样|正在|有人|的人|[他她]们?|男[子人]|女[子人]|主角|讲解|展示|演示)$"
)
_DRAGGED = re.compile(rf"(?:拖拽|拖动|拖放|拖(?=到|至|入|进|在)){_NOT_NOUN}")
_MAYBE = re.compile(r"^(?:如果需要|如果想要?|如需|或者?|还|并且?|而且|同时|不妨|的话|也|可以?|能|随时|自行|手动)+")
_HELD = re.compile(r"^(?:长按|按住|点住)(?:鼠标|左键)*(?:并|然后|再|不放)*")
_LEFT_OVER = re.compile(r"(?:即可|就可以|就行|便可|就能).*$")
_HANDLE = re.compile(r"滑块|滑杆|手柄|边缘|进度条|播放头|光标")
_PURPOSE = re.compile(r"(?:来|(?<!可)以)([一-鿿]{2,}.*)$")
_UPLOAD = re.compile(r"上传|素材库|媒体库|此处|这里|窗口")
_WHEREVER = re.compile(
    r"任意|任何|随意|别处|其他(?:位置|地方)|(?:想要?|喜欢|需要|合适|希望)的|^[拖拽动放]+(?:它|一下)?即?可?$"
)
_QUOTED = re.compile(r"[“\"「『【‘]+([^”\"」』】’]{1,20})[”\"」』】’]+")
_NAMED = re.compile(
    rf"{_PRESS}{_Q}(?:右上角|左上角|右下角|左下角|上方|下方|屏幕|的|中|里)*([一-鿿\w]{{1,8}}?)(?:按钮|按键|图标|选项)"
)
_DEPENDENT_HEAD = re.compile(
    r"不要|无需|不用|不必|请勿|(?:后|时|的话|之前|前)$|^(?:如|若|想|要|当|等|待|为|下载|导出|保存|需)"
)
_BRINGS = re.compile(r"上传|导入|选择文件|添加(?:文件|素材|媒体|视频)")
_WATCH = re.compile(r"播放|预览|观看")

_RULES: tuple[tuple[re.Pattern[str], Action | None], ...] = (
    (
        re.compile(
            rf"{_LEAD}(?:{_PRESS}|按|选择|使用|用|找到){_Q}(?:[一-鿿]{{0,8}}的)?{_Q}(?:导出|下载|渲染|输出|(?i:export))"
        ),
        RunExport(),
    ),
    (re.compile(rf"{_LEAD}{_PRESS}[^，。；！？]{{0,12}}(?:导出|(?i:export))"), RunExport()),
    (re.compile(rf"{_LEAD}{_OPEN}{_Q}导出(?:面板|页面|界面|菜单|选项|窗口|按钮)"), RunExport()),
    (
        re.compile(rf"{_LEAD}(?:导出|下载)[^，。；！？]{{0,6}}按钮|{_Q}导出{_Q}(?:按钮|按键|图标|选项)"),
        RunExport(),
    ),
    (
        re.compile(
            rf"{_LEAD}(?:查看|检查|前往|进入|打开|去|到|登录)[^，。]{{0,6}}(?:账户|账号|帐户|帐号|账单|订阅|余额|积分页)"
        ),
        ShowCredits(),
    ),
    (
        re.compile(
            rf"{_LEAD}(?:前往|进入|打开|去|到|转到|查看){_Q}(?:系统|个人)?(?:设置|控制台|仪表盘|仪表板|个人中心|后台){_Q}(?:页面|页|界面|菜单|面板)?(?:$|中|里|即可|来|修改|调整|更改|进行|查看|\s)"
        ),
        None,
    ),
    (re.compile(rf"{_LEAD}{_OPEN}(?!的|了){_Q}[^，。；]{{0,8}}?{_PANEL}"), ShowTimeline()),
    (
        re.compile(
            rf"{_LEAD}在?{_Q}[^，。；]{{0,6}}?{_PANEL}{_Q}(?:中|里|内|上)?(?:就?能|可以?|即可|直接)?(?:进行)?{_LOOK}"
        ),
        ShowTimeline(),
    ),
    (re.compile(rf"{_LEAD}预览(?:一下|效果|视频|成片|结果|看看|即可|$)"), ShowTimeline()),
    (re.compile(rf"{_LEAD}按(?:下|一下)?{_Q}(?:[^，。；！？]{{1,8}}){_Q}(?:按钮|按键)"), None),
    (
        re.compile(
            rf"{_LEAD}按(?:下|住|一下)?\s*(?:键盘上的)?(?:空格|回车|[A-Za-z]+(?:\s*\+\s*\w+)+|(?i:delete|enter|space|esc))\s*键?"
        ),
        None,
    ),
    (re.compile(rf"{_LEAD}(?:刷新|重新加载)(?:一下|当前)?(?:页面|浏览器|网页|界面)"), None),
    (re.compile(rf"{_LEAD}(?:把|将)?(?:播放头|光标|鼠标|指针)(?:移|放|拖|悬停|定位)"), None),
    (
        re.compile(
            rf"{_LEAD}在[^，。；]{{0,8}}?(?:{_PANEL}|工具栏|属性栏){_Q}(?:中|里|内|上)?(?:进行)?(?:手动)?(?:调整|修改|更改|选择|编辑|设置)(?!了)"
        ),
        None,
    ),
    (re.compile(rf"{_LEAD}{_PRESS}"), None),
)


def find(clause: str) -> Found | None:
    """The instruction in a clause, None if there is none. What was said before it in the clause stays."""
    if _REPORT.search(clause):
        return None
    if drag := _DRAGGED.search(clause):
        return None if _OURS.search(clause[: drag.start()]) else Found(0, _dragged(clause))
    found = [(at, action) for rule, action in _RULES if (at := rule.search(clause))]
    if any(_is_of_somebody_else(clause, at) for at, _ in found):
        return None
    spots = [(at.start(), action) for at, action in found if not _OURS.search(at[0])]
    if not spots:
        return None
    start = min(spot for spot, _ in spots)
    # What stands first cuts the clause; what ranks first in the table is what the clause is about.
    action = spots[0][1] if spots[0][1] else next((known for spot, known in spots if spot == start and known), None)
    return Found(_start(clause, start), None if _VOID.search(clause) else action or _named(clause))


def _is_of_somebody_else(clause: str, at: re.Match[str]) -> bool:
    """Whether the agent speaks of itself or of the film: "我在时间线中查看了素材" tells nobody to do anything."""
    return bool(_SOMEBODY_ELSE.search(clause[: at.start()].strip()))


def _start(clause: str, at: int) -> int:
    before = clause[:at].strip()
    return 0 if not before or len(before) < 3 or _DEPENDENT_HEAD.search(before) else at


def _named(clause: str) -> Action | None:
    label = _QUOTED.search(clause) or _NAMED.search(clause)
    if _WATCH.search(label[1] if label else clause):
        return ShowTimeline()
    if label and _BRINGS.match(label[1]):
        return SendFile()
    return Offer(label[1]) if label and re.search(_PRESS + "|按", clause) else None


def _dragged(clause: str) -> Action | None:
    if _VOID.search(clause) or _WHEREVER.search(clause):
        return None
    if _UPLOAD.search(clause):
        return SendFile()
    if _HANDLE.search(clause):
        purpose = _PURPOSE.search(_LEFT_OVER.sub("", clause))
        return Offer(purpose[1]) if purpose else None
    words = re.sub(r"^\W*" + _LEAD, "", _LEFT_OVER.sub("", clause.strip()))
    words = _HELD.sub("", _MAYBE.sub("", words))
    words = re.sub(r"拖拽|拖动|拖放", "移动", words)
    words = re.sub(r"拖(?=到|至|入|进|在)", "移", words).strip(" *`")
    return EditInstead(words)
