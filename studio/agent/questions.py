"""The sentences of a turn that changes nothing: questions and reasons, in English and Chinese. Data only."""

from __future__ import annotations

_ASKS = {
    "offer": {"en": "I would {what}. Shall I?", "zh": "我会{what}。可以吗？"},
    "ask_unknown": {
        "en": "I did not understand that, so I changed nothing. {near}",
        "zh": "我没有听懂，所以没有做任何修改。{near}",
    },
    "ask_left": {
        "en": "I do not know what to do about “{word}”, so I changed nothing. {near}",
        "zh": "我不清楚“{word}”该怎么处理，所以没有做任何修改。{near}",
    },
    "ask_unsupported": {
        "en": "I cannot do “{word}”, so I changed nothing. {near}",
        "zh": "我还不支持“{word}”，所以没有做任何修改。{near}",
    },
    "ask_words": {
        "en": "I do not know how to “{word}”, so I changed nothing. {near}",
        "zh": "我不明白“{word}”该怎么做，所以没有做任何修改。{near}",
    },
    "ask_noun": {
        "en": "I do not know what “{word}” is here, so I changed nothing. {near}",
        "zh": "我不知道“{word}”指的是什么，所以没有做任何修改。{near}",
    },
    "ask_question": {
        "en": "That reads like a question, so I changed nothing. {near}",
        "zh": "这看起来是一个问题，所以没有做任何修改。{near}",
    },
    "ask_nothing": {
        "en": "There is no edit in that, so I changed nothing. {near}",
        "zh": "这里面没有要编辑的内容，所以没有做任何修改。{near}",
    },
    "ask_condition": {
        "en": "I cannot tell by a condition (“{word}”), so I changed nothing. Tell me the times, or what to do.",
        "zh": "我没法根据“{word}”来判断，所以没有做任何修改。请直接告诉我时间，或者要做什么。",
    },
    "ask_reported": {
        "en": "That is what was said, so I changed nothing. What shall I do?",
        "zh": "这是转述的话，所以没有做任何修改。您要我做什么？",
    },
    "ask_long": {
        "en": "That is too long for me, so I changed nothing. Please say it in a sentence or two.",
        "zh": "这段话太长了，所以没有做任何修改。请用一两句话说明。",
    },
    "ask_generate": {
        "en": "I edit what you send; I cannot generate new pictures, videos or music. The cloud backend can: it "
        "needs a NemoVideo account. Send a video or a sound, and I will work on that.",
        "zh": "我只编辑您发来的素材，不能生成新的画面、视频或音乐。云端后端可以生成，需要 NemoVideo 账号。"
        "发一个视频或音频给我，我就能开始编辑。",
    },
    "ask_vague": {
        "en": "I can do that best in steps you name, like “keep the first 30 seconds” or “make it 9:16”. I changed "
        "nothing yet.",
        "zh": "请告诉我具体怎么做，例如“只保留前30秒”或“改成9:16”。目前没有做任何修改。",
    },
    "ask_target_format": {
        "en": "What shall it become: MP3, WAV or M4A? I changed nothing yet.",
        "zh": "要转换成什么？MP3、WAV 还是 M4A？目前没有做任何修改。",
    },
    "ask_part": {
        "en": "Which part? Tell me the times, like “0:05 to 0:10” or “the last 3 seconds”. I changed nothing yet.",
        "zh": "是哪一段？请告诉我时间，例如“5秒到10秒”或“最后3秒”。目前没有做任何修改。",
    },
    "ask_keep_or_cut": {
        "en": "Shall I keep that part or cut it out? I changed nothing yet.",
        "zh": "这一段是要保留还是剪掉？目前没有做任何修改。",
    },
    "ask_clash": {
        "en": "Those cannot both be done, so I changed nothing. Which of them shall it be?",
        "zh": "这几个要求不能同时做到，所以没有做任何修改。要按哪一个来？",
    },
    "ask_text": {"en": "What shall it say? I changed nothing yet.", "zh": "要写什么字？目前没有做任何修改。"},
    "ask_speed_of_part": {
        "en": "I can change the speed of the whole, not of a part. Shall all of it be changed? I changed nothing yet.",
        "zh": "我只能改变整个视频的速度，不能只改一段，所以没有做任何修改。要整体变速吗？",
    },
    "ask_level": {
        "en": "How loud shall it be? For example “louder”, “50%” or “2x”. I changed nothing yet.",
        "zh": "音量要调到多少？例如“大声点”、“50%”或“2倍”。目前没有做任何修改。",
    },
    "ask_speed": {
        "en": "How fast shall it be, from 0.1× to 10×? For example “1.5x”. I changed nothing yet.",
        "zh": "要几倍速？可以是 0.1 到 10 倍，例如“1.5倍”。目前没有做任何修改。",
    },
    "ask_angle": {
        "en": "By 90, 180 or 270 degrees? I changed nothing yet.",
        "zh": "要转 90 度、180 度还是 270 度？目前没有做任何修改。",
    },
    "ask_picture": {
        "en": "There is only sound here and no picture to put that on. Shall I make a waveform video of it first?",
        "zh": "这里只有声音，没有画面。要先做成波形视频吗？",
    },
    "ask_format": {
        "en": "I cannot write {word} files. Shall it be MP3, WAV or M4A? I changed nothing yet.",
        "zh": "我不能输出 {word} 格式。要 MP3、WAV 还是 M4A？目前没有做任何修改。",
    },
    "no_edit": {
        "en": "I have changed nothing now. Shall I undo the last edit?",
        "zh": "现在没有做任何修改。要撤销上一次编辑吗？",
    },
}

_CANNOT = {
    "declined": {"en": "All right, I left it as it is.", "zh": "好的，保持原样，没有改动。"},
    "no_files": {"en": "There is no file yet. Please send one first.", "zh": "还没有文件，请先发送一个文件。"},
    "no_such_file": {"en": "There is no file named “{name}” here.", "zh": "这里没有名为“{name}”的文件。"},
    "no_such_number": {
        "en": "There are only {count} files here, so I changed nothing.",
        "zh": "这里只有 {count} 个文件，所以没有做任何修改。",
    },
    "file_without_sound": {
        "en": "“{name}” has no sound that I could use. I changed nothing.",
        "zh": "“{name}”里没有可用的声音，所以没有做任何修改。",
    },
    "picture": {
        "en": "“{name}” is a picture; I need a video or a sound to edit.",
        "zh": "“{name}”是图片，我需要视频或音频才能编辑。",
    },
    "needs_picture": {
        "en": "For that I need a picture as the background. Please send one.",
        "zh": "这需要一张图片做背景，请发一张给我。",
    },
    "no_picture": {
        "en": "There is only sound here and no picture to put that on. Shall I make a waveform video of it first?",
        "zh": "这里只有声音，没有画面。要先做成波形视频吗？",
    },
    "no_such_text": {
        "en": "No words on the picture say that, so I changed nothing.",
        "zh": "画面上没有这样的文字，所以没有做任何修改。",
    },
    "no_text": {
        "en": "There are no words of mine on the picture, so I changed nothing.",
        "zh": "画面上没有我加的文字，所以没有做任何修改。",
    },
    "no_sound": {
        "en": "There is no sound in it, so I changed nothing.",
        "zh": "其中没有声音，所以没有做任何修改。",
    },
    "join_needs_more": {
        "en": "To join clips I need at least two of them, both videos or both sounds. I changed nothing.",
        "zh": "拼接至少需要两个片段，而且要都是视频或都是音频。没有做任何修改。",
    },
    "no_music": {
        "en": "There is no music of its own on the timeline, so I changed nothing. I can change the sound as a "
        "whole, or remove "
        "the music and keep the voice.",
        "zh": "时间线上没有单独的音乐，所以没有做任何修改。我可以调整整体声音，或去掉音乐只保留人声。",
    },
    "music_needs_file": {
        "en": "Please send me the music as an audio file; I have no music library of my own. I changed nothing yet.",
        "zh": "请把音乐作为音频文件发给我，我这里没有曲库。目前没有做任何修改。",
    },
    "mute_sound_only": {
        "en": "This is only sound; muted, nothing would be left. I changed nothing.",
        "zh": "这里只有声音，静音后就什么都没有了，所以没有做任何修改。",
    },
    "visual_too_long": {
        "en": "A waveform video of {length} would not be ready in time, so I changed nothing: I can draw up to {most}. "
        "Keep a part of it first, for example “keep the first 30 minutes and make a waveform video”, or ask for the "
        "sound alone.",
        "zh": "{length} 的波形视频无法及时完成，所以没有做任何修改，最长可以做 {most}。"
        "可以先保留一部分，例如“保留前30分钟并做成波形视频”，或者只要音频。",
    },
    "merge_needs_video": {
        "en": "To merge I need a video or a picture as well.",
        "zh": "合成还需要一个视频或一张图片。",
    },
    "merge_needs_audio": {"en": "To merge I need an audio file as well.", "zh": "合成还需要一个音频文件。"},
    "nothing_to_redo": {"en": "There is no edit to make again.", "zh": "没有可以恢复的编辑。"},
    "nothing_to_undo": {"en": "There is no edit to take back.", "zh": "没有可以撤销的编辑。"},
    "speed_extreme": {
        "en": "That speed is beyond what I can do (0.1× to 16×), so I changed nothing.",
        "zh": "这个速度超出了范围（0.1 到 16 倍），所以没有做任何修改。",
    },
    "too_much": {
        "en": "That is more than fits into one project, so I changed nothing.",
        "zh": "这超出了一个项目的容量，所以没有做任何修改。",
    },
    "trim_reversed": {
        "en": "{start} comes after {end}, so I changed nothing. Which part do you mean?",
        "zh": "{start} 在 {end} 之后，所以没有做任何修改。您指的是哪一段？",
    },
    "trim_empty": {
        "en": "That would leave nothing, so I changed nothing.",
        "zh": "这样什么都不会留下，所以没有做任何修改。",
    },
    "trim_outside": {
        "en": "That span lies outside of it: it is {length} long. I changed nothing.",
        "zh": "这个时间段超出了范围：总时长为 {length}。没有做任何修改。",
    },
}

TEXTS = _ASKS | _CANNOT

# The sentences that an answer, or a file, would take further. All others refuse.
WANT_AN_ANSWER = frozenset(
    {
        *(
            "ask_vague",
            "ask_target_format",
            "ask_part",
            "ask_keep_or_cut",
            "ask_clash",
            "ask_text",
            "ask_level",
            "ask_speed",
        ),
        *("ask_angle", "ask_picture", "ask_format", "offer", "no_edit"),
        *("ask_speed_of_part", "no_files", "needs_picture", "no_picture", "music_needs_file", "trim_reversed"),
        *("merge_needs_video", "merge_needs_audio"),
    }
)
