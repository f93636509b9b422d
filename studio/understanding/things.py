"""The words people have for what is edited, by class. Pure data."""

from __future__ import annotations

import re
from enum import Enum, auto

from studio.understanding.patterns import words


class Thing(Enum):
    MUSIC = auto()
    VOICE = auto()
    RECORDING = auto()
    SOUND = auto()
    VIDEO = auto()
    TITLE = auto()
    TEXT = auto()
    WAVEFORM = auto()
    IMAGE = auto()
    COVER = auto()
    VOLUME = auto()
    ORIGINAL = auto()
    SENT = auto()


THINGS: dict[Thing, re.Pattern[str]] = {
    Thing.MUSIC: words(
        r"(?:back ?ground |backing |bg )?(?:music|musik|musics)|(?:an?|some) (?:\w+ )?sound ?track|bgm|songs?|"
        r"tunes?|beats?|(?:backing|music|"
        r"background|instrumental|musical) (?:track|sound|bed)s?|instrumentals?|melody|jingle|background "
        r"(?:audio|sound)|lo-?fi|jazz",
        r"背景音乐|背景音|背景乐|配乐|音乐|伴奏|歌曲|歌|乐曲|曲子|bgm",
    ),
    Thing.VOICE: words(
        r"(?:my|his|her|their) mic(?:rophone)?(?! (?:recording|audio|track))|voices?|vocals?|speech|talking|"
        r"(?<!this )(?<!my )(?<!the )talk|speaking|dialog(?:ue)?s?|"
        r"speakers?|spoken(?: words?)?|words "
        r"spoken|what (?:he|she|they|i|we|people|(?:the|my|our|his|her) \w+(?: \w+)?)(?:'s|'re|'m| is| are| am)? "
        r"(?:say|said|talk|speak|tell)(?:s|ing)?|(?:him|her|them|me|us|"
        r"people) (?:talk|speak|say)(?:ing)?|narrator|person speaking",
        r"听\S{0,5}(?:致辞|演讲|发言|讲课|授课)|人声|说话声|说话的声音|说话|讲话|语音|对白|讲解|人说话|台词|话声|"
        r"嗓音|声音部分",
    ),
    Thing.RECORDING: words(
        r"voice[ -]?over|narration|recordings?|(?:mic|microphone|lav|lavalier|external|separate|zoom|"
        r"studio|clean|new|other|second|attached|my|good|better) (?:mic |microphone |lav )?(?:recording|"
        r"audio|sound|track|wav|mp3)|commentary|audio (?:file|i sent|i uploaded|i attached)|(?:mp3|wav|"
        r"m4a)(?: file)? i (?:sent|uploaded|attached|just sent|recorded)|dubbing|dub",
        r"录音|旁白|解说|配音|(?:我)?(?:发|传|上传|录)(?:给你|过来|来|上来)?的(?:音频|声音|录音|mp3|wav|音乐|歌|"
        r"文件|那段音频|"
        r"这段音频)|新的?音频|这段音频|另一段音频|外录|音频文件|收音",
    ),
    Thing.SOUND: words(
        r"audio(?:s| track| stream| part| portion)?|sounds?|sound ?tracks?|volume|noise|original (?:audio|"
        r"sound)|mp3|wav|m4a|aac|track",
        r"音频|声音|音轨|原声|声|(?<!抖)音",
    ),
    Thing.VIDEO: words(
        r"videos?|clips?|vids?|footage|movie|film|recording|picture|visuals?|mp4|screen|image track|"
        r"everything|it|this|reel",
        r"视频|片子|影片|画面|短片|素材|片段|录像|全片|整个|全部|它|这个",
    ),
    Thing.TITLE: words(
        r"titles?(?: card)?|heading|headline|titled|intro card|opening card|name card", r"标题|片名|题目|片头字|大标题"
    ),
    Thing.TEXT: words(
        r"texts?|captions?|subtitles?|words|watermark|lower third|label|handle|sub|line|message|lettering|"
        r"letters|banner|credits?|signature|logo text|overlay|tagline|username|phrase|sentence|quote",
        r"字幕|文字|水印|文本|字样|字|文案|署名|一句话|一行|说明|标语|账号|签名",
    ),
    Thing.WAVEFORM: words(
        r"wave ?forms?|wave-?forms?|visuali[sz](?:er|e|ation)s?|audio ?grams?|spectrum|equali[sz]er bars|"
        r"sound ?waves?|audio ?waves?|(?:animated|moving|bouncing|dancing) (?:bars|waves|lines)|"
        r"bars (?:that |which )?(?:move|bounce|dance|react|jump)s?|"
        r"oscilloscope",
        r"波形|可视化|频谱|声波|音波|音浪|律动",
    ),
    Thing.IMAGE: words(
        r"background image|background picture|background photo|images?|pictures?|photos?|pics?|"
        r"photographs?|jpe?g|png|artwork|still|wallpaper|selfie",
        r"背景图|图片|照片|图像|相片|这张图|图|壁纸",
    ),
    Thing.COVER: words(
        r"album(?:[ -](?:art(?:work)?|cover))?|cover(?:[ -](?:art(?:work)?|image|photo|picture))?|sleeve|artwork",
        r"封面图?|专辑封面|专辑图|唱片封面",
    ),
    Thing.VOLUME: words(
        r"volume|loudness|level|gain|decibels?|db|loud|louder|quieter|softer", r"音量|声音大小|响度|分贝"
    ),
    Thing.ORIGINAL: words(
        r"original(?: \w+)?|existing|own (?:sound|audio)|(?:video|clip|camera)'?s (?:own )?(?:sound|audio|"
        r"soundtrack|track)|camera (?:sound|audio)|video (?:sound|audio)|native|old|current (?:sound|audio|"
        r"soundtrack)|source audio|its sound",
        r"原声|原来的?声音|原来的?音频|原音|原视频的?声音|原有|视频声音|视频的声音|原(?!来的?(?:\d|一半|两))",
    ),
    Thing.SENT: words(
        r"i (?:just )?(?:sent|uploaded|attached|recorded|provided|gave|shared)|(?:my|the|this|that|"
        r"uploaded|attached|other|second|first|third|last|2nd|1st|3rd) (?:\w+ )?(?:file|upload|song|track|"
        r"mp3|wav|audio|m4a|one|music)|attached",
        r"我?(?:刚|刚刚|刚才)?(?:发|传|上传|录|给你?|附)(?:给你|过来|来|上来)?的|这(?:首|段|个)|第[一二三123]个|"
        r"附件|另一个",
    ),
}
