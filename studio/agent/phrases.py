"""The sentences that say what an edit did, in English and Chinese. Data only."""

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
        "en": "It now plays at {factor}× its recorded speed and is {length} long.",
        "zh": "现在以原速的 {factor} 倍播放，时长 {length}。",
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
    "merge_picture": {
        "en": "I made a video of the picture with the audio under it, {length} long.",
        "zh": "已用图片和音频做成视频，时长 {length}。",
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
        "en": "I removed the music and kept the voice. A small network does that: singing stays with the voice, and a "
        "solo piano or strings may still be heard faintly. The voice comes out in mono; under heavy music some warble "
        "may stay.",
        "zh": "已去掉音乐，保留人声。分离由一个小型网络完成：歌声会和人声一起保留，"
        "独奏的钢琴或弦乐可能还能隐约听到。人声为单声道；音乐很响时可能会残留一些颤音。",
    },
    "voice_only_demucs": {
        "en": "I removed the music with Demucs and kept the voice. Singing stays with the voice.",
        "zh": "已用 Demucs 去掉音乐、保留人声。歌声会和人声一起保留。",
    },
    "picture_untouched": {"en": "The picture is untouched.", "zh": "画面没有改动。"},
    "clean_audio": {
        "en": "The clean sound can be had as a file of its own, too: say “extract the audio”.",
        "zh": "干净的声音也可以单独成文件：说“提取音频”即可。",
    },
    "mute": {"en": "I muted the video.", "zh": "已将视频静音。"},
    "mute_silent": {"en": "The video had no sound already.", "zh": "视频原本就没有声音。"},
    "mute_part": {"en": "I muted {range}.", "zh": "已将 {range} 静音。"},
    "volume_all": {"en": "The sound is now at {level}.", "zh": "声音音量现为 {level}。"},
    "volume_bgm": {"en": "The music is now at {level}.", "zh": "音乐音量现为 {level}。"},
    "volume_voice": {"en": "The video's own sound is now at {level}.", "zh": "视频原声音量现为 {level}。"},
    "volume_part_all": {
        "en": "In {range} the sound is now at {level}.",
        "zh": "{range} 的声音音量现为 {level}。",
    },
    "volume_part_bgm": {
        "en": "In {range} the music is now at {level}.",
        "zh": "{range} 的音乐音量现为 {level}。",
    },
    "volume_part_voice": {
        "en": "In {range} the video's own sound is now at {level}.",
        "zh": "{range} 的视频原声音量现为 {level}。",
    },
    "fade_in_all": {"en": "It fades in over {seconds} s.", "zh": "已加淡入，{seconds} 秒。"},
    "fade_out_all": {"en": "It fades out over {seconds} s.", "zh": "已加淡出，{seconds} 秒。"},
    "fade_in_bgm": {"en": "The music fades in over {seconds} s.", "zh": "音乐淡入 {seconds} 秒。"},
    "fade_out_bgm": {"en": "The music fades out over {seconds} s.", "zh": "音乐淡出 {seconds} 秒。"},
    "text": {
        "en": "I put “{text}” {place}, shown {range}.",
        "zh": "已在{place}加入文字“{text}”，显示时间 {range}。",
    },
    "text_changed": {
        "en": "The words now read “{text}” in {color}, {place}, shown {range}.",
        "zh": "文字现为“{text}”，{color}，位于{place}，显示时间 {range}。",
    },
    "text_larger": {"en": "They are larger now.", "zh": "字已调大。"},
    "text_smaller": {"en": "They are smaller now.", "zh": "字已调小。"},
    "text_removed": {"en": "I removed the words from the picture.", "zh": "已去掉画面上的文字。"},
    "aspect": {
        "en": "The frame is now {size}, {fit}.",
        "zh": "画面现为 {size}，{fit}。",
    },
    "fit_only": {"en": "The frame stays {size}, {fit}.", "zh": "画面仍为 {size}，{fit}。"},
    "rotated_90": {
        "en": "I turned the picture clockwise by 90°; the frame is now {size}.",
        "zh": "已将画面顺时针旋转 90°，画面现为 {size}。",
    },
    "rotated_180": {"en": "I turned the picture upside down.", "zh": "已将画面旋转 180°。"},
    "rotated_270": {
        "en": "I turned the picture anticlockwise by 90°; the frame is now {size}.",
        "zh": "已将画面逆时针旋转 90°，画面现为 {size}。",
    },
    "visualize": {
        "en": "I made a video of the sound: a moving waveform, {size}, {length} long.",
        "zh": "已用声音生成波形视频，{size}，时长 {length}。",
    },
    "joined": {
        "en": "I put {names} one after the other; it is now {length} long.",
        "zh": "已按顺序拼接 {names}，现在时长 {length}。",
    },
    "joined_shapes": {
        "en": "A clip of another shape is shown whole, over a blurred copy of itself.",
        "zh": "比例不同的片段会完整显示，四周用模糊背景填充。",
    },
    "started_over": {"en": "All edits are gone; it is as you sent it.", "zh": "已清除所有编辑，恢复到您发来时的样子。"},
    "undone": {"en": "I took back the last edit.", "zh": "已撤销上一次编辑。"},
    "undone_several": {"en": "I took back the last {count} edits.", "zh": "已撤销最近 {count} 次编辑。"},
    "undone_all": {
        "en": "That takes back every edit there was ({count}); it is as you sent it.",
        "zh": "一共只有 {count} 次编辑，已全部撤销，恢复到您发来时的样子。",
    },
    "redone": {"en": "I made that edit again.", "zh": "已重新应用刚才撤销的编辑。"},
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
    "near": {"en": "I can, for example, {examples}.", "zh": "我可以做的例如：{examples}。"},
    "or": {"en": " or ", "zh": "、"},
}

# What an offer says would be done: the same keys, after "I would" and "我会".
_WOULD = {
    "extract": {"en": "take the audio out as {kind}", "zh": "提取音频为 {kind}"},
    "trim": {"en": "keep {range} and cut the rest", "zh": "只保留 {range}"},
    "cut": {"en": "cut out {range}", "zh": "剪掉 {range}"},
    "trim_past_end": {"en": "keep {range} and cut the rest", "zh": "只保留 {range}"},
    "trim_whole": {"en": "keep all of it", "zh": "全部保留"},
    "speed": {"en": "play it at {factor}× its recorded speed", "zh": "改为原速的 {factor} 倍"},
    "merge": {"en": "replace the video's own sound with the audio", "zh": "用音频替换视频原声"},
    "mix": {"en": "mix the audio with the video's own sound", "zh": "把音频与视频原声混合"},
    "merge_silent": {"en": "put the audio under the video", "zh": "把音频配到视频上"},
    "music": {"en": "play “{name}” under it at {level}", "zh": "加入背景音乐“{name}”，音量 {level}"},
    "music_looped": {
        "en": "play “{name}” under it at {level}, again and again",
        "zh": "循环加入背景音乐“{name}”，音量 {level}",
    },
    "music_taken_out": {"en": "take the added music out", "zh": "去掉加入的背景音乐"},
    "duck": {"en": "make the music quieter while somebody speaks", "zh": "在有人说话时把音乐调小"},
    "voice_only": {"en": "remove the music and keep the voice", "zh": "去掉音乐、保留人声"},
    "mute": {"en": "mute the video", "zh": "将视频静音"},
    "mute_silent": {"en": "mute the video", "zh": "将视频静音"},
    "mute_part": {"en": "mute {range}", "zh": "将 {range} 静音"},
    "volume_all": {"en": "set the sound to {level}", "zh": "把声音音量调到 {level}"},
    "volume_bgm": {"en": "set the music to {level}", "zh": "把音乐音量调到 {level}"},
    "volume_voice": {"en": "set the video's own sound to {level}", "zh": "把视频原声音量调到 {level}"},
    "volume_part_all": {"en": "set the sound in {range} to {level}", "zh": "把 {range} 的声音调到 {level}"},
    "volume_part_bgm": {"en": "set the music in {range} to {level}", "zh": "把 {range} 的音乐调到 {level}"},
    "volume_part_voice": {
        "en": "set the video's own sound in {range} to {level}",
        "zh": "把 {range} 的视频原声调到 {level}",
    },
    "fade_in_all": {"en": "fade in over {seconds} s", "zh": "加 {seconds} 秒淡入"},
    "fade_out_all": {"en": "fade out over {seconds} s", "zh": "加 {seconds} 秒淡出"},
    "fade_in_bgm": {"en": "fade the music in over {seconds} s", "zh": "让音乐淡入 {seconds} 秒"},
    "fade_out_bgm": {"en": "fade the music out over {seconds} s", "zh": "让音乐淡出 {seconds} 秒"},
    "text": {"en": "put “{text}” {place}, shown {range}", "zh": "在{place}加入文字“{text}”，显示时间 {range}"},
    "text_changed": {
        "en": "change the words to “{text}” in {color}, {place}, shown {range}",
        "zh": "把文字改为“{text}”，{color}，位于{place}，显示时间 {range}",
    },
    "text_removed": {"en": "remove the words from the picture", "zh": "去掉画面上的文字"},
    "aspect": {"en": "make the frame {size}, {fit}", "zh": "把画面改为 {size}，{fit}"},
    "fit_only": {"en": "keep the frame {size}, {fit}", "zh": "保持画面 {size}，{fit}"},
    "rotated_90": {"en": "turn the picture clockwise by 90°", "zh": "将画面顺时针旋转 90°"},
    "rotated_180": {"en": "turn the picture upside down", "zh": "将画面旋转 180°"},
    "rotated_270": {"en": "turn the picture anticlockwise by 90°", "zh": "将画面逆时针旋转 90°"},
    "visualize": {"en": "make a waveform video of the sound", "zh": "用声音生成波形视频"},
    "joined": {"en": "put {names} one after the other", "zh": "按顺序拼接 {names}"},
    "started_over": {"en": "take back all edits", "zh": "清除所有编辑"},
}

TEXTS = _DONE | _PIECES | {f"would_{key}": texts for key, texts in _WOULD.items()}
