"""The agent's sentences in English and Chinese. Data only."""

from __future__ import annotations

_DONE = {
    "extract": {
        "en": "I took the audio out as {kind} ({rate}, {length}).",
        "zh": "已提取音频，格式为 {kind}（{rate}，{length}）。",
    },
    "trim": {
        "en": "I kept {range}; it is now {length} long.",
        "zh": "已保留 {range}，现在时长 {length}。",
    },
    "cut": {
        "en": "I cut out {range}; it is now {length} long.",
        "zh": "已剪掉 {range}，现在时长 {length}。",
    },
    "trim_past_end": {
        "en": "It was only {whole} long, so I kept {range}; it is now {length} long.",
        "zh": "原来只有 {whole}，所以保留了 {range}，现在时长 {length}。",
    },
    "trim_whole": {
        "en": "It is only {whole} long, so I kept all of it.",
        "zh": "总时长只有 {whole}，所以全部保留了。",
    },
    "speed": {
        "en": "It now plays at {factor}× the speed and is {length} long.",
        "zh": "现在以 {factor} 倍速播放，时长 {length}。",
    },
    "merge": {
        "en": "I merged the audio with the video; it replaces the video's own sound.",
        "zh": "已将音频与视频合成，替换了视频原声。",
    },
    "mix": {
        "en": "I mixed the audio with the video's own sound.",
        "zh": "已将音频与视频原声混合。",
    },
    "merge_silent": {
        "en": "I merged the audio with the video, which had no sound of its own.",
        "zh": "已将音频与视频合成，视频原本没有声音。",
    },
    "sound_short": {
        "en": "The audio lasts {sound} and the video {whole}, so the end of it has no added sound.",
        "zh": "音频时长 {sound}，视频时长 {whole}，所以结尾部分没有这段音频。",
    },
    "sound_short_cut": {
        "en": "The audio lasts {sound} and the video {whole}, so the video ends with the audio.",
        "zh": "音频时长 {sound}，视频时长 {whole}，所以视频随音频一起结束。",
    },
    "sound_long": {
        "en": "The audio lasts {sound} and the video {whole}, so the audio ends with the video.",
        "zh": "音频时长 {sound}，视频时长 {whole}，所以音频随视频一起结束。",
    },
    "sound_long_padded": {
        "en": "The audio lasts {sound} and the video {whole}, so the last picture stays until the audio ends.",
        "zh": "音频时长 {sound}，视频时长 {whole}，所以最后一帧画面停留到音频结束。",
    },
    "music": {
        "en": "“{name}” now plays under it at {level}.",
        "zh": "已加入背景音乐“{name}”，音量 {level}。",
    },
    "music_looped": {
        "en": "“{name}” now plays under it at {level}, again and again until the end.",
        "zh": "已加入背景音乐“{name}”，音量 {level}，循环播放到结尾。",
    },
    "music_no_library": {
        "en": "I have no music library here, so I used the file you sent and not a “{query}” track of mine.",
        "zh": "我这里没有曲库，所以用的是您发来的文件，而不是曲库里的“{query}”音乐。",
    },
    "music_taken_out": {
        "en": "I took the added music out again; the sound of the video is as it was.",
        "zh": "已去掉加入的背景音乐，视频自身的声音没有变。",
    },
    "duck": {
        "en": "The music gets quieter while somebody speaks.",
        "zh": "有人说话时音乐会自动变小。",
    },
    "voice_only": {
        "en": "I removed the music and kept the voice; the picture is untouched. A small network does that: singing "
        "stays with the voice, and a solo piano or strings may still be heard faintly.",
        "zh": "已去掉音乐，保留人声，画面没有改动。分离由一个小型网络完成：歌声会和人声一起保留，独奏的钢琴或弦乐可能还能隐约听到。",
    },
    "clean_audio": {
        "en": "For the clean audio as a file of its own, ask me next to extract the audio.",
        "zh": "如果需要单独的干净音频文件，接着让我提取音频即可。",
    },
    "mute": {"en": "I muted the video.", "zh": "已将视频静音。"},
    "mute_silent": {"en": "The video had no sound already.", "zh": "视频原本就没有声音。"},
    "mute_part": {"en": "I muted {range}.", "zh": "已将 {range} 静音。"},
    "volume_all": {"en": "The sound is now at {level}.", "zh": "声音音量现为 {level}。"},
    "volume_bgm": {"en": "The music is now at {level}.", "zh": "音乐音量现为 {level}。"},
    "volume_voice": {"en": "The video's own sound is now at {level}.", "zh": "视频原声音量现为 {level}。"},
    "fade_in_all": {"en": "It fades in over {seconds} s.", "zh": "已加淡入，{seconds} 秒。"},
    "fade_out_all": {"en": "It fades out over {seconds} s.", "zh": "已加淡出，{seconds} 秒。"},
    "fade_in_bgm": {"en": "The music fades in over {seconds} s.", "zh": "音乐淡入 {seconds} 秒。"},
    "fade_out_bgm": {"en": "The music fades out over {seconds} s.", "zh": "音乐淡出 {seconds} 秒。"},
    "text": {
        "en": "I put “{text}” {place}, shown {range}.",
        "zh": "已在{place}加入文字“{text}”，显示时间 {range}。",
    },
    "text_removed": {"en": "I removed the words from the picture.", "zh": "已去掉画面上的文字。"},
    "aspect": {
        "en": "The frame is now {size}, {fit}.",
        "zh": "画面现为 {size}，{fit}。",
    },
    "fit_only": {"en": "The frame stays {size}, {fit}.", "zh": "画面仍为 {size}，{fit}。"},
    "visualize": {
        "en": "I made a video of the sound: a moving waveform, {size}, {length} long.",
        "zh": "已用声音生成波形视频，{size}，时长 {length}。",
    },
    "started_over": {"en": "All edits are gone; it is as you sent it.", "zh": "已清除所有编辑，恢复到您发来时的样子。"},
    "undone": {"en": "I took back the last edit.", "zh": "已撤销上一次编辑。"},
}

_PIECES = {
    "fit_pad": {"en": "with plain bars around the whole picture", "zh": "完整画面，四周留边"},
    "fit_blur": {
        "en": "with the whole picture over a blurred copy of itself (say “crop” to fill it instead)",
        "zh": "完整画面，四周用模糊背景填充（想铺满请说“裁剪”）",
    },
    "fit_crop": {"en": "filled by cropping the picture", "zh": "裁剪铺满"},
    "at_top": {"en": "at the top", "zh": "顶部"},
    "at_center": {"en": "in the middle", "zh": "中间"},
    "at_bottom": {"en": "at the bottom", "zh": "底部"},
    "at_top-left": {"en": "at the top left", "zh": "左上角"},
    "at_top-right": {"en": "at the top right", "zh": "右上角"},
    "at_bottom-left": {"en": "at the bottom left", "zh": "左下角"},
    "at_bottom-right": {"en": "at the bottom right", "zh": "右下角"},
    "can": {
        "en": "I can trim and cut, extract the audio, merge audio with video, add titles, music and fades, change volume, "
        "speed and frame (9:16, 1:1 …), mute, remove music and keep the voice, make a waveform video, and undo.",
        "zh": "我可以：剪辑片段、提取音频、合成音频和视频、加标题、配乐、淡入淡出、调音量、变速、改画面比例（9:16、1:1 等）、静音、去掉音乐保留人声、制作波形视频，以及撤销。",
    },
}

_ASKS = {
    "ask_unknown": {
        "en": "I did not understand that, so I changed nothing. {can}",
        "zh": "我没有理解您的要求，所以没有做任何修改。{can}",
    },
    "ask_unsupported": {
        "en": "I cannot do “{word}”, so I changed nothing. {can}",
        "zh": "我还不支持“{word}”，所以没有做任何修改。{can}",
    },
    "ask_vague": {
        "en": "I can do that best in steps you name, so I changed nothing yet. For example “keep the first 30 seconds”, "
        "“make it 9:16” or “add a title 'Day one'”.",
        "zh": "请告诉我具体怎么做，目前没有做任何修改。例如“只保留前30秒”、“改成9:16”或“加标题‘第一天’”。",
    },
    "ask_target_format": {
        "en": "What shall it become? I can make an MP3, WAV or M4A of the sound, or a waveform video (MP4) of a sound file. "
        "I changed nothing yet.",
        "zh": "您想转换成什么？我可以把声音转成 MP3、WAV 或 M4A，或把音频做成波形视频（MP4）。目前没有做任何修改。",
    },
    "ask_part": {
        "en": "Which part? Tell me the times, for example “cut 0:05 to 0:10” or “remove the last 3 seconds”. I changed nothing yet.",
        "zh": "是哪一段？请告诉我时间，例如“剪掉第5秒到第10秒”或“去掉最后3秒”。目前没有做任何修改。",
    },
    "ask_keep_or_cut": {
        "en": "Shall I keep that part or cut it out? Say “keep …” or “remove …” with the times. I changed nothing yet.",
        "zh": "这一段是要保留还是剪掉？请说“保留……”或“剪掉……”并带上时间。目前没有做任何修改。",
    },
    "ask_text": {
        "en": "What shall it say? Put the words in quotation marks, for example: add the title “Day one”. I changed nothing yet.",
        "zh": "要写什么字？请用引号标出，例如：加标题“第一天”。目前没有做任何修改。",
    },
    "ask_generate": {
        "en": "I edit what you send; I cannot generate new pictures, videos or music. The cloud backend can: it needs a "
        "NemoVideo account. Send a video or a sound, and I will work on that.",
        "zh": "我只编辑您发来的素材，不能生成新的画面、视频或音乐。云端后端可以生成，需要 NemoVideo 账号。发一个视频或音频给我，我就能开始编辑。",
    },
    "ask_speed_of_part": {
        "en": "I can change the speed of the whole, not of a part, so I changed nothing. Shall it all be faster or slower?",
        "zh": "我只能改变整个视频的速度，不能只改一段，所以没有做任何修改。要整体变速吗？",
    },
    "ask_redo": {
        "en": "I cannot bring back what was undone. Please say the edit again.",
        "zh": "撤销后的编辑无法恢复，请重新说一遍要做的编辑。",
    },
    "ask_several_undo": {
        "en": "I take edits back one at a time: say “undo” for each, or “start over” for all of them.",
        "zh": "每次只能撤销一步：请多次说“撤销”，或说“恢复原样”撤销全部。",
    },
    "ask_question": {"en": "I can only edit here. {can}", "zh": "我在这里只能做编辑。{can}"},
    "ask_join": {
        "en": "I cannot put several clips one after the other yet, so I changed nothing. {can}",
        "zh": "我还不能把几段视频前后拼接，所以没有做任何修改。{can}",
    },
    "ask_level": {
        "en": "How much? Name a number, for example “2×” or “50%”. I changed nothing yet.",
        "zh": "要调多少？请给一个数字，例如“2倍速”或“50%”。目前没有做任何修改。",
    },
    "ask_format": {
        "en": "I cannot write {word} files. I can make MP4, MP3, WAV and M4A. I changed nothing yet.",
        "zh": "我不能输出 {word} 格式。可以输出 MP4、MP3、WAV 和 M4A。目前没有做任何修改。",
    },
}

_CANNOT = {
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
    "no_text": {"en": "There are no words of mine on the picture to remove.", "zh": "画面上没有可以去掉的文字。"},
    "no_sound": {
        "en": "There is no sound in it, so I changed nothing.",
        "zh": "其中没有声音，所以没有做任何修改。",
    },
    "no_music": {
        "en": "There is no music of its own on the timeline, so I changed nothing. I can change the sound as a whole, or remove "
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
    "merge_needs_video": {"en": "To merge I need a video as well.", "zh": "合成还需要一个视频文件。"},
    "merge_needs_audio": {"en": "To merge I need an audio file as well.", "zh": "合成还需要一个音频文件。"},
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

TEXTS = _DONE | _PIECES | _ASKS | _CANNOT
