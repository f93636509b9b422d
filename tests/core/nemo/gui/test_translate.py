"""What is left of the backend's talk of buttons, and what is done about it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nemo.gui.translate import (
    Action,
    EditInstead,
    Offer,
    RunExport,
    SendFile,
    ShowCredits,
    ShowTimeline,
    translate,
)

EXPORT, LOOK, CREDITS, SEND = RunExport(), ShowTimeline(), ShowCredits(), SendFile()

Row = tuple[str, str, tuple[Action, ...]]

EXPORTS: list[Row] = [
    ("Click the Export button.", "", (EXPORT,)),
    (
        "Done! I added the title. Click the Export button to download your video.",
        "Done! I added the title.",
        (EXPORT,),
    ),
    ("I've trimmed it, now click Export", "I've trimmed it", (EXPORT,)),
    ("I've trimmed it, now click Export.", "I've trimmed it.", (EXPORT,)),
    ("I've trimmed it and you can click Export to download it.", "I've trimmed it.", (EXPORT,)),
    ("All done! When you're happy with it, press **Export** in the top right corner.", "All done!", (EXPORT,)),
    ("**Click Export** to save your video.", "", (EXPORT,)),
    ("The music is at 35%. To download your video, tap “Export”.", "The music is at 35%.", (EXPORT,)),
    ("The title is in place. You can now click the 'Export' button.", "The title is in place.", (EXPORT,)),
    ("The music has been removed (click Export to download it).", "The music has been removed.", (EXPORT,)),
    ("I trimmed the clip to 10 seconds; hit Export when ready.", "I trimmed the clip to 10 seconds.", (EXPORT,)),
    ("Your video is ready. You can download it by clicking the Export button.", "Your video is ready.", (EXPORT,)),
    ("Ready to download? Click the Export button.", "", (EXPORT,)),
    ("The clip is 9.5 seconds long now. Go to File > Export.", "The clip is 9.5 seconds long now.", (EXPORT,)),
    ("Volume lowered. The Export button is at the top right.", "Volume lowered.", (EXPORT,)),
    ("1. Click Export 2. Choose MP4", "", (EXPORT,)),
    ("Done. To get your file:\n1. Click Export\n2. Choose MP4\n3. Wait for the download", "Done.", (EXPORT,)),
    (
        "Here is what I did:\n1. Trimmed the clip\n2. Added a title\n3. Click Export to finish",
        "Here is what I did:\n1. Trimmed the clip\n2. Added a title",
        (EXPORT,),
    ),
    (
        "Next steps:\n- Click **Export**\n- Choose MP4\n\nThe title lasts 3 seconds.",
        "The title lasts 3 seconds.",
        (EXPORT,),
    ),
    ("Click Export, choose MP4 and wait. The music is quieter now.", "The music is quieter now.", (EXPORT,)),
    ("Use the Export button to save it. Enjoy!", "Enjoy!", (EXPORT,)),
    ("👉 Click Export!", "", (EXPORT,)),
    ("Great news 🎉 The title is there! Press Export.", "Great news 🎉 The title is there!", (EXPORT,)),
    ("Next step: click Export.", "", (EXPORT,)),
    (
        "Click Export to download, and let me know if you want changes.",
        "Let me know if you want changes.",
        (EXPORT,),
    ),
    ("Don't click Export yet, I'm still adding the music.", "I'm still adding the music.", ()),
    ("I cut the intro — click Export to get it.", "I cut the intro.", (EXPORT,)),
    ("Export your video from the File menu. The title is white.", "The title is white.", (EXPORT,)),
    ("Open the Export panel and choose MP4.", "", (EXPORT,)),
    ("已完成剪辑，点击导出按钮即可下载。", "已完成剪辑。", (EXPORT,)),
    ("标题已添加。请点击“导出”按钮下载视频。", "标题已添加。", (EXPORT,)),
    ("剪辑完成！您可以单击右上角的「导出」。", "剪辑完成！", (EXPORT,)),
    ("背景音乐已去除，如果满意，请点击导出。", "背景音乐已去除。", (EXPORT,)),
    ("已裁剪到10秒\n1. 点击导出\n2. 选择MP4\n3. 等待下载", "已裁剪到10秒", (EXPORT,)),
    ("视频已经做好了请点击导出按钮下载", "视频已经做好了", (EXPORT,)),
    ("音量已降低（点击导出即可下载）。", "音量已降低。", (EXPORT,)),
    ("下一步：点击**导出**", "", (EXPORT,)),
    ("按“导出”键保存。字幕是白色的。", "字幕是白色的。", (EXPORT,)),
    ("Simply go to the top right and click Export.", "", (EXPORT,)),
    (
        "Everything looks good. Once you are happy, hit the Export button and select 1080p.",
        "Everything looks good.",
        (EXPORT,),
    ),
    ("To export: click Export → choose MP4 → click Confirm.", "", (EXPORT,)),
    ("Let me know if you'd like a change, or simply click Export.", "Let me know if you'd like a change.", (EXPORT,)),
    ("视频好了，如果没问题就点“导出”吧！", "视频好了！", (EXPORT,)),
    ("先不要点击导出，音乐还在生成。", "音乐还在生成。", ()),
    ("Done!已完成。点击Export按钮导出视频", "Done!已完成。", (EXPORT,)),
]

LOOKS: list[Row] = [
    ("Click [Preview] to watch, then click [Export] when you're happy.", "", (LOOK, EXPORT)),
    ("The title is there. Open [Timeline] to see it.", "The title is there.", (LOOK,)),
    ("The title is there. Open the timeline panel to see it.", "The title is there.", (LOOK,)),
    ("I added music. You can preview it in the timeline.", "I added music.", (LOOK,)),
    ("Preview the result in the editor, then click Export.", "", (LOOK, EXPORT)),
    ("The cut is done; go to the Media panel.", "The cut is done.", (LOOK,)),
    ("Captions added. Press Play to preview.", "Captions added.", (LOOK,)),
    ("Captions added. Click the play button to watch it.", "Captions added.", (LOOK,)),
    ("You'll find the new clip in the media library. It lasts 5 seconds.", "It lasts 5 seconds.", (LOOK,)),
    ("标题已添加，您可以在时间线中预览效果。", "标题已添加。", (LOOK,)),
    ("打开时间线面板查看。音乐已加入。", "音乐已加入。", (LOOK,)),
    ("剪好了。点击播放即可预览。", "剪好了。", (LOOK,)),
    ("片头已去掉，请前往媒体库查看。", "片头已去掉。", (LOOK,)),
]

ACCOUNTS: list[Row] = [
    ("You are low on credits. Check your account to top up.", "You are low on credits.", (CREDITS,)),
    ("Not enough credits. Go to the billing page.", "Not enough credits.", (CREDITS,)),
    ("Done. Go to Settings to change the resolution.", "Done.", ()),
    ("Title added. Visit your dashboard.", "Title added.", ()),
    ("积分不足，请查看您的账户余额。", "积分不足。", (CREDITS,)),
    ("已完成。请前往设置页面修改分辨率。", "已完成。", ()),
]

DRAGS: list[Row] = [
    ("Drag the title to the end.", "", (EditInstead("Move the title to the end"),)),
    (
        "The title is white. Now drag the title to the end.",
        "The title is white.",
        (EditInstead("Move the title to the end"),),
    ),
    ("Drag and drop the logo before the intro.", "", (EditInstead("Move the logo before the intro"),)),
    ("You can drag the title to the end.", "", (Offer("Move the title to the end"),)),
    ("Drag the title to the end if you like.", "", (Offer("Move the title to the end"),)),
    ("Drag the title to the end, if needed.", "", (Offer("Move the title to the end"),)),
    ("It is there. Drag the title, if you want to move it.", "It is there.", (Offer("Move the title"),)),
    ("If you want it later, drag the title to the end.", "", (Offer("Move the title to the end"),)),
    ("Drag the edges of the clip to trim it.", "", (Offer("Trim it"),)),
    (
        "Drag the music under the video, then lower its volume to 20%.",
        "",
        (EditInstead("Move the music under the video, then lower its volume to 20%"),),
    ),
    ("Drag the clip to the end, and the title stays.", "The title stays.", (EditInstead("Move the clip to the end"),)),
    ("已添加音乐。如需调整，请在右侧面板中拖动音量滑块。", "已添加音乐。", ()),
    ("拖拽素材到时间轴即可开始编辑。", "", (EditInstead("移动素材到时间轴"),)),
    ("请将标题拖到结尾。", "", (EditInstead("将标题移到结尾"),)),
    ("标题已添加，请拖动标题到结尾。", "标题已添加。", (EditInstead("移动标题到结尾"),)),
    ("您可以把标题拖拽到结尾。", "", (Offer("把标题移动到结尾"),)),
    ("You need to drag the title to the end.", "", (EditInstead("Move the title to the end"),)),
    ("您需要把标题拖到结尾。", "", (EditInstead("把标题移到结尾"),)),
]

# Whoever reads them may do that, or leave it.
POSSIBLE: list[Row] = [
    (
        "Done! I added the title. You may preview it in the timeline or drag it to the end.",
        "Done! I added the title.",
        (LOOK, Offer("Move it to the end")),
    ),
    ("已添加标题。您也可以打开时间线查看，或将标题拖拽到开头。", "已添加标题。", (LOOK, Offer("将标题移动到开头"))),
    ("The title is there. Want it elsewhere? Drag it.", "The title is there.", (Offer("Move it elsewhere"),)),
    ("Title added. Need it later? Drag it to the end.", "Title added.", (Offer("Move it to the end"),)),
    ("Feel free to drag the title to the end.", "", (Offer("Move the title to the end"),)),
    ("You might want to drag the title to the end.", "", (Offer("Move the title to the end"),)),
    ("You could also drag the logo before the intro.", "", (Offer("Move the logo before the intro"),)),
    ("Alternatively, drag the title to the end.", "", (Offer("Move the title to the end"),)),
    ("Optionally drag the title to the end.", "", (Offer("Move the title to the end"),)),
    ("It's also possible to drag the title to the end.", "", (Offer("Move the title to the end"),)),
    ("Drag the title wherever you like.", "", ()),
    ("Drag the title to the end, or leave it.", "Leave it.", (Offer("Move the title to the end"),)),
    ("Should you prefer it later, drag the title to the end.", "", (Offer("Move the title to the end"),)),
    (
        "Title added. You can:\n- preview it\n- drag the title to the end",
        "Title added.",
        (LOOK, Offer("Move the title to the end")),
    ),
    ("标题已添加。如果需要，可将标题拖到结尾。", "标题已添加。", (Offer("将标题移到结尾"),)),
    ("标题已添加。想换个位置？把标题拖到结尾。", "标题已添加。", (Offer("把标题移到结尾"),)),
    ("标题已添加。不喜欢的话，把标题拖到结尾。", "标题已添加。", (Offer("把标题移到结尾"),)),
    ("可选：将标题拖到结尾。", "", (Offer("将标题移到结尾"),)),
    ("您不妨把标题拖到结尾。", "", (Offer("把标题移到结尾"),)),
    ("标题已添加，需要的话可以拖到任意位置。", "标题已添加。", ()),
    ("One more option: drag the title to the end.", "", (Offer("Move the title to the end"),)),
    ("Title added. To reposition it, drag it to the end.", "Title added.", (Offer("Move it to the end"),)),
    ("标题已添加。想换个位置？拖动标题到结尾。", "标题已添加。", (Offer("移动标题到结尾"),)),
    ("Optional: drag the title to the end.", "", (Offer("Move the title to the end"),)),
    ("Drag it.", "", ()),
]

FILES: list[Row] = [
    ("Please drag and drop your video into the upload area first.", "", (SEND,)),
    ("Drag your files here to upload.", "", (SEND,)),
    ("Drag & drop your file into the browser window to begin.", "", (SEND,)),
    ("Use the Upload button to add your video.", "", (SEND,)),
    ("Click Upload, then choose your file.", "", (SEND,)),
    ("There is no video yet. Please drag one here and try again.", "There is no video yet.", (SEND,)),
    ("You can add more clips by dragging and dropping them here.", "", ()),
    ("请先将视频拖拽到上传区域。", "", (SEND,)),
    ("请点击“上传”按钮添加视频。", "", (SEND,)),
    ("没有找到视频。请将视频文件拖到上传窗口，然后再试一次。", "没有找到视频。", (SEND,)),
]

# Sentences of which half is advice: what is left has to be a sentence too.
NO_TORSOS: list[Row] = [
    ("Just click and drag the clip to the left.", "", (EditInstead("Move the clip to the left"),)),
    ("Click and hold the clip, then drag it to the end.", "", (EditInstead("Move it to the end"),)),
    ("Double-click the title to edit it, or tell me the new text.", "Tell me the new text.", ()),
    ("Right-click the clip and choose Split.", "", (Offer("Split"),)),
    ("Click the link below: https://cdn.example.com/a.mp4", "https://cdn.example.com/a.mp4", ()),
    ("Done. Make sure to save it by pressing Ctrl+S.", "Done.", ()),
    ("Done. Refresh the page to see it.", "Done.", ()),
    ("Title added. Take a look at the timeline!", "Title added.", (LOOK,)),
    ("Please upload a video using the panel on the left.", "", (SEND,)),
    ("双击标题即可编辑，或者告诉我新文字。", "告诉我新文字。", ()),
    ("长按并拖动片段到结尾。", "", (EditInstead("移动片段到结尾"),)),
    ("已完成。在右侧属性面板中调整音量即可。", "已完成。", ()),
    ("已完成。把播放头移到3秒处，再点击“分割”。", "已完成。", (LOOK, Offer("分割"))),
    ("已完成。请刷新页面后重试。", "已完成。", ()),
]

OFFERS: list[Row] = [
    ('The effect is ready. Click "Apply" to use it.', "The effect is ready.", (Offer("Apply"),)),
    ("Tap the **Split** button. The clip has two parts.", "The clip has two parts.", (Offer("Split"),)),
    ("I've split the clip. Select the second part and press Delete.", "I've split the clip.", (Offer("Delete"),)),
    ("Click here. The clip has two parts.", "The clip has two parts.", ()),
    ("特效已准备好，点击“应用”即可。", "特效已准备好。", (Offer("应用"),)),
]

ORDINARY = [
    "这段视频展示了如何点击导出按钮。",
    "The tutorial explains how to click Export and save the file.",
    "标题“点击关注”已添加（0-3秒）。",
    "点击订阅的动画已添加，时长3秒。",
    "点击关注的动画加好了。",
    "点击关注的特效持续2秒。",
    "标题写着点击关注，时长3秒。",
    "标题已改为：点击关注。",
    "1. 视频：talk.mp4（0-10秒）\n2. 标题：点击关注（0-3秒）",
    "使用“点击关注”作为标题，已完成。",
    "Title: Click the bell (0-3s)",
    "The caption now reads: Tap to start. Want another?",
    "Click to subscribe animation was added at 0:03.",
    "Click to subscribe button animation added at 0:03.",
    'I added the title "Click here, then subscribe! Open the timeline." at the start.',
    "```\nclick Export\n```",
    "The film opens with a shot of the sea.",
    "I added a drag effect.",
    "I added a drag effect to the second clip, and it looks good.",
    "click sound added at 0:03",
    "A click sound was added at 0:03.",
    "I opened with a fade.",
    "Export presets were not changed.",
    "Your video is ready.",
    "Your video is ready to export.",
    "I added the title to the timeline.",
    "The timeline now has 3 tracks: video, music and title.",
    "Press coverage clips are now at the start.",
    "Open on a wide shot, then cut to the sea?",
    "Would you like a different song?",
    "Choose a song you like and tell me its name.",
    "I'll open with the drone shot and close with the logo.",
    "The drag race starts at 0:05.",
    "Tap dance footage was moved to the end.",
    "Hit songs from the 80s were added.",
    "The preview is at 1.5x speed, e.g. for slides.",
    "Steps I took:\n1. Trimmed the clip\n2. Added music",
    "1.5 seconds were cut. 2. Unlimited was added as the title.",
    "**Done!** The title says “Export”.",
    "The door opens and the camera goes to the window.",
    "You can ask for another song.",
    "The camera drags to the left before the title drops in.",
    "The Like button sticker was added at 0:07.",
    'I added a "Subscribe" button animation at the end.',
    'The text "Click here" was added as a title.',
    "You may close this tab.",
    "我已经将片段拖到了开头。",
    "剪辑完成，可以导出了。",
    "请上传一个视频文件。",
    "重点“导出”一词已高亮。",
    "影片以海景开场。",
    "我添加了一个拖拽效果。",
    "在0:03处添加了点击声。",
    "按照您的要求，我去掉了背景音乐。",
    "按时间排序已完成。",
    "我在时间线中添加了一个标题。",
    "打开的窗户出现在第二个镜头。",
    "已将标题设置为白色。",
    "点击率更高的封面已生成。",
    "导出格式没有改变。",
    "",
    "   ",
]


def table(rows: list[Row]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("said", "text", "actions"), rows, ids=[row[0][:50] for row in rows])


@table(EXPORTS + LOOKS + ACCOUNTS + DRAGS + POSSIBLE + FILES + NO_TORSOS + OFFERS)
def test_instructions_become_actions_and_the_rest_stays(said: str, text: str, actions: tuple[Action, ...]) -> None:
    translated = translate(said)
    assert (translated.text, translated.actions) == (text, actions)


@pytest.mark.parametrize("said", ORDINARY)
def test_a_text_without_instructions_is_not_touched(said: str) -> None:
    assert translate(said).text == said
    assert translate(said).actions == ()


@pytest.mark.parametrize(("said", "text", "actions"), EXPORTS)
def test_nobody_reads_that_they_should_click_export(said: str, text: str, actions: tuple[Action, ...]) -> None:
    assert not re.search(
        r"(?:click|press|tap|hit)\W+(?:the\W+)?export|export button|点击|按钮", translate(said).text, re.I
    )


@pytest.mark.parametrize("row", EXPORTS + LOOKS + DRAGS)
def test_what_is_left_needs_no_second_translation(row: Row) -> None:
    once = translate(row[0]).text
    assert translate(once).text == once
    assert translate(once).actions == ()


@pytest.mark.parametrize("row", POSSIBLE)
def test_nothing_is_asked_of_the_agent_that_was_left_to_the_user(row: Row) -> None:
    assert not [action for action in translate(row[0]).actions if isinstance(action, EditInstead)]


def test_an_action_is_named_once_however_often_it_was_said() -> None:
    assert translate("Click Export. I mean it: click Export!").actions == (RunExport(),)


MARKS = ["“”", "‘’", '""', "''", "「」", "『』", "《》", "〈〉", "【】", "«»", "‹›", "„“", "``"]
TITLES = [
    "Click Export",
    "Press play, then open the timeline",
    "Drag me!",
    "It's time. Tap here",
    "点击关注",
    "请点击右上角的导出按钮",
    "拖到这里",
    "打开面板，查看时间线。",
    "Go to Settings\nand click Save",
    "𠮷 click 𠀀",
]
AROUND = [
    ("The title ", " was added at 0:03."),
    ("Added ", " to the clip."),
    ("标题", "已添加（0-3秒）。"),
    ("我把标题改成了", "，并放在开头。"),
    ("", " is at the start now."),
    ("", "字样已放到片尾。"),
]


@pytest.mark.parametrize(("before", "after"), AROUND)
@pytest.mark.parametrize("marks", MARKS)
@pytest.mark.parametrize("title", TITLES)
def test_what_is_quoted_stays_whole(title: str, marks: str, before: str, after: str) -> None:
    if "\n" in title and marks in ('""', "''", "``", "‘’"):
        pytest.skip("marks that begin and end alike hold for a line")
    said = f"{before}{marks[0]}{title}{marks[1]}{after}"
    assert translate(said).text == said
    assert translate(f"{said} Click Export.").text == said
    assert translate(f"{said}请点击“导出”。").actions == (EXPORT,)


def test_a_title_in_a_request_is_the_one_that_was_written() -> None:
    assert translate("Drag the title “Click here” to the end.").actions == (
        EditInstead("Move the title “Click here” to the end"),
    )


BITS = """click press drag open go to the a your Export button timeline preview settings title . , ; : ! ? ( ) **

 “ ” " ' ` 「 」 《 》 𠀀 Title: 标题： (0-3s) 1. 2. - and then you can don't if now
 点击 导出 按钮 拖动 到 打开 面板 请 您可以 ， 。 ： （ ） 🎉 0.5"""
WORDS = st.lists(st.sampled_from([*BITS.split(), "\n"]), max_size=40).map(" ".join)


@given(st.one_of(st.text(), WORDS))
def test_no_text_makes_it_fail(said: str) -> None:
    translated = translate(said)
    assert len(translated.text) <= len(said) + 8
