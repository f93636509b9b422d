"""Which file type the words ask for as the result."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intents import output_of

ASKED = {
    "mp3": """
        extract the audio from this MP4 and save it as an MP3 file
        extract the audio
        extract audio from the video
        Extract the audio from lecture.mov please
        can you extract just the audio
        rip the audio out of this clip
        pull the sound from the video
        mp3 please
        MP3
        mp3
        as mp3
        just mp3
        an mp3 of the first 10 seconds
        mp3 at 320kbps from this clip pls
        I want an mp3
        give me an mp3 of this
        send me the mp3
        get the mp3 out of this video
        convert to mp3
        convert a.mp4 to mp3
        convert a.mp4 to b.mp3
        convert it from mp4 to mp3
        mp4 to mp3
        mp4-to-mp3
        mp4 -> mp3
        turn this into an mp3
        make an mp3 from this video
        save as song.mp3
        export audio only MP3
        audio only
        only the audio please
        just the audio
        keep only the audio
        I only need the audio
        I just want the sound
        convert the video to audio
        save it as an audio file
        separate the audio from the video
        save as mp3 instead of wav
        convert to mp3, not wav
        Can you please take just the audio out of this and give it back as mp3?
        trim to 10 s and save as mp3
        trim to 10 s, then mp3
        convert this wav to mp3
        convert my m4a to mp3
        in mp3 format please
        output: mp3
        add a title "Video" and give me the mp3
        convert to ogg
        转成mp3
        把这个视频转成MP3
        转换为 mp3
        提取音频
        把音频提取出来
        提取视频里的声音
        只要音频
        只要音频，不要画面
        只保留声音
        把这个视频的声音提取成MP3
        提取音频，要320k的mp3
        我要mp3
        给我一个mp3
        mp3格式
        导出为mp3
        mp4转mp3
        剪到10秒，保存为mp3
        转成音频
        I need the sound of this as mp3
        could you give me the audio track as an mp3?
        get me the mp3
        strip out the audio to mp3
        video to mp3
        i only want the audio from this
        extract the music as mp3
        make it an mp3
        change the format to mp3
        to mp3
        MP3格式就行
        帮我把视频变成mp3
        音频提取出来
        提取声音
        把视频里的声音抠出来存成mp3
        输出mp3
        抽出音频
        trim from 0:10 to 0:20 and export as mp3
        first 30 seconds as mp3
        convert this MP4 file into MP3 audio
        download audio
        convert audio to mp3
        提取BGM为mp3
        I want just the audio of the first 10 seconds
        Please turn this video into an MP3 for my podcast
        just send me the sound as mp3
        strip the video, keep the audio as mp3
        can I get the audio only?
        mp3 version please
        rip audio
        take the audio from this video and save it
        i need only audio from this video
        export the first 10 seconds as mp3
        compress to a small mp3
        把音频导出成mp3文件
        提取这段视频的音频
        音频转mp3
        只留音频
        给我音频就行
        剪掉前3秒然后转成mp3
    """,
    "wav": """
        as wav please
        save the soundtrack as wav
        can u rip the sound out of this lecture, wav please
        convert the mp3 to wav
        extract the audio as a wav file
        I'd like a wav
        convert it to flac
        保存为wav
        提取音频为wav
        把mp3转成wav
        give me a .wav
        can I have it in wav?
        要wav格式
        as a WAV
        wav version of the audio
        导出wav格式的音频
    """,
    "m4a": """
        extract the sound in m4a
        convert to aac
        export m4a
        转成m4a
    """,
    "mp4": """
        make a video from my m4a
        convert a.mov to mp4
        convert my mp3 to a video
        convert to mp4
        mov to mp4
        merge this audio and video into a single MP4 file
        remove a 3-minute video with background music into a 1080p MP4
        turn this song into a 9:16 video for tiktok with the cover art
        make a square audiogram of the podcast
        make this song a video I can post
        convert this audio track into a shareable video with a waveform visualizer
        convert my wav into a video with a waveform animation and background image
        export 1080p MP4
        save as mp4, not mp3
        create a lyric video for my mp3
        convert the webm to mp4
        convert to mov
        把mp3做成视频
        把这首歌做成带波形的视频，用封面图做背景
        生成一个竖屏的音频可视化视频
        把这段音频和视频合成一个MP4
        把mp3转成mp4
        转成mp4
        用这个音频生成视频
        make this mp3 a video
        turn the mp3 into a clip with my photo
        把录音做成视频
        mp3转视频
        convert audio to video
        audio to video
        export as MP4
        put the audio over my photo as a video
        make a youtube video out of this mp3
        turn the recording into an audiogram
        把录音变成竖屏视频
        合成mp4
        mp4格式
        visualize this song with bars
        can you visualise the recording
        animate the music
        merge this picture and the audio into a video
        combine both into one clip
        做一个音频可视化
        把照片和歌合成视频
    """,
    "": """
        trim to 10 s
        make it 9:16
        mute the video
        make it look better
        convert my MP4 video files
        remove the music and give me the clean audio too
        get rid of the bgm but keep the talking, and give me the clean audio too
        remove the music and give me an mp3 too
        remove the music, also save the voice as an mp3
        replace the video's sound with the mp3 I sent
        put this mp3 under the clip
        add this mp3 as background music
        use the wav as bgm
        add an mp3 to the video
        add the mp3 to my video
        sync the video to the mp3
        background music from the mp3 at 30%
        the mp3 is too loud
        mp3 goes under the clip
        make the mp3 louder
        I want the mp3 louder
        normalize the wav
        trim the mp3 to 10 seconds
        fade out the m4a at the end
        cut intro.mp3 at 0:10
        use song.mp3 as background
        add song.mp3 to clip.mov
        remove the audio
        replace the audio with my voice
        make the audio louder
        mute only the audio of the second clip
        keep only the voice
        strip the music, voice only
        remove the background music from this video and keep only the voice
        add a title "convert to mp3"
        put the text 'MP3' at the top
        add a title saying MP3 RULES
        add the caption “as wav please”
        title: mp3 to go
        add an mp3 player overlay
        extract the audio and put it on the second clip
        extract the sound, then mix it with the song
        don't convert to mp3
        not an mp3
        see https://example.org/how-to-mp4-to-mp3.html for the style
        https://example.org/a.mp3
        make the video shorter
        add music to the video
        make the video louder
        speed it up 1.5x
        export
        和这个mp3合成
        用这个mp3做背景音乐
        把mp3加到视频里
        给视频配上这个mp3
        换成我发的mp3
        把原声换成mp3
        不要mp3
        去掉背景音乐，只保留人声
        加标题“转成mp3”
        标题写：转成mp3
        把声音调大一点
        只保留前30秒
        剪掉最后5秒
        视频静音
        这个mp3太长了，剪短
        只要声音调大
        add voiceover.mp3 under the video
        the wav I sent should replace the sound
        lower the mp3 by half
        mix the mp3 with the original sound
        make the audio 20% louder
        get the audio louder
        mute the mp3
        loop the mp3 to the end
        align the wav to the video
        put the mp3 in the video
        only the audio should be louder
        extract the vocals
        加上这个mp3当背景音乐
        把mp3放到视频下面
        用mp3替换原声
        这个视频的mp3声音太小
        convert my audio files
        use the first file's audio
        cut the audio only at 0:10
        make audio only fade out
        put the text MP3 at the bottom
        add text: only the audio
        add the mp3 at 0:10
        the mp3 should start at 0:05
        make this mp3 quieter under the voice
        replace sound with mp3
        swap the audio for the wav
        lower the volume of the mp3 to 20%
        the audio only plays on the left, fix it
        sync the mp3 to the mp4
        remove the mp3
        use my mp3 instead of the original sound
        add sound from the wav file to the video
        extract the clip from 0:10 to 0:20
        extract the best moments
        save the audio levels
        keep the audio as is
        keep the audio, remove the title
        只要前10秒
        把mp3的音量调小
        音频调大
        用mp3当背景
        删掉mp3
        在mp3开头加淡入
        保留声音，去掉字幕
        提取人声
        get the sound in sync
        need the audio louder
        trim this mp4
        crop the mp4 to square
        cut my mp3 to 30 seconds
        change my mp3's volume
    """,
}
CASES = [(said.strip(), output) for output, table in ASKED.items() for said in table.strip().splitlines()]


@pytest.mark.parametrize(("said", "output"), CASES)
def test_the_result_is_of_the_type_that_was_asked_for(said: str, output: str) -> None:
    assert output_of(said) == output


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert output_of(text) in ("", "mp3", "mp4", "wav", "m4a")


@given(st.sampled_from([said for said, output in CASES if output and '"' not in said]))
def test_a_quotation_asks_for_nothing(said: str) -> None:
    assert output_of(f'add the title "{said}"') == ""
    assert output_of(f"标题写“{said}”") == ""
