"""Words that ask for nothing by themselves: an order may hold any of them. Pure data."""

from __future__ import annotations


def _words(*texts: str) -> frozenset[str]:
    return frozenset(" ".join(texts).split())


_GRAMMAR = (
    "i me my mine myself we us our ours you u ur your yours yourself he him his she her hers it its itself they "
    "them their theirs this that these those dis dat da who whom whose which what there here someone somebody "
    "anyone everyone everybody nobody something anything everything nothing one ones thing things stuff a an the "
    "is are was were be been being am r do does did done doing have has had having will would shall should can "
    "could may might must need needs needed wanna gonna gotta want wants wanted wanting like likes let lets i'm "
    "i'd i'll i've it's it'd it'll that's that'd there's he's she's they're we're we'd we'll we've you're you'd "
    "you'll don't doesn't didn't isn't aren't wasn't weren't can't won't wouldn't couldn't shouldn't haven't "
    "hasn't what's who's here's let's dont doesnt didnt isnt cant wont im ive id ill thats theres whats lemme "
    "gimme to from of in on at by for with without w into onto over under off out up down through thru till til "
    "until unto between before after since during within about around as than along across near behind above "
    "below beside besides inside outside toward towards past per via except apart upon beyond against among and "
    "or but so because cuz cos coz bc then while when where though although however plus also too either both "
    "neither nor yet whether n not no none hence thus therefore meanwhile otherwise"
)
_DEGREE = (
    "just only really very quite pretty rather now right again once twice thrice already still even ever never "
    "always maybe perhaps probably possibly actually basically literally simply exactly precisely roughly "
    "approximately approx approximate circa ca almost nearly completely totally entirely fully absolutely all "
    "whole entire half some any each every few couple several many much more most less least bit bits little lot "
    "lots kind kinda sort sorta way back away together first firstly second secondly third thirdly last lastly "
    "next final finally quickly slowly smoothly gently nicely cleanly softly quietly properly correctly carefully "
    "straight directly immediately later soon today tonight tomorrow yesterday instead else same different other "
    "others another certain specific such super too enough extra additionally further respectively equally evenly "
    "slightly strongly heavily lightly overall throughout total totals double triple single own new old long "
    "longer short shorter exact main actual current currently present previous following remaining useless boring "
    "unneeded unwanted unnecessary bad good better nice okay simple normal regular standard usual default proper "
    "clear clearly clean"
)
_POLITE = (
    "hi hii hello hey heya hiya yo dear sir sirs madam ma'am thanks thank thankyou thx tnx ty tysm tx cheers pls "
    "plz plss please kindly sorry ok okay k kk yes yeah yep yup nope lol lmao haha hahaha hehe bro bruh dude man "
    "mate guys folks friend bot buddy omg btw fyi imo um uhm uh er hmm well oh ah wow great cool perfect awesome "
    "lovely appreciated appreciate grateful welcome morning afternoon evening greetings regards best advance asap "
    "possible possibly mind favor favour help helps try trying mean means meant know think thinking guess suppose "
    "believe hope wish say says said saying tell told ask asked call called see look looking watch feel free sure "
    "fine alright quick question wondering request task team everyone all much very so oops whoops wait stop ugh "
    "nah able job bless work works working everything set ready done needful following gracias merci danke bitte "
    "por favor xx xo x"
)
_PHRASES = (
    "rid throw thrown kick bring brought come coming auto automatically hear heard hearing listen listening limit "
    "fit fits max maximum min minimum matter matters care cares remain remains remaining ease mo playback pace rate "
    "tempo plenty important dip dips filter rewind require requires rendition ensure sure guarantee suck sucks "
    "ew eww nvm tops exceed reframe "
    "shape reshape "
    "animated version versions audio-only video-only "
    "music-free sound-free voice-only barely hardly quadruple quarter name named bored cinematic hate dislike prefer "
    "love enjoy mess messed wrong amount percent per percentage decibel decibels db x times thats reach reaches "
    "wedding ceremony speech toast party birthday graduation recital match game gameplay goal goals race trip tour "
    "holiday vacation "
    "travel cafe café restaurant street church school classroom office kitchen garden beach stadium gym studio "
    "stage concert festival "
    "stream livestream broadcast replay highlights highlight round level boss kid's mom's dad's family baby dog cat "
    "drone "
    "open opens opening visible shown displayed stays acceptable otherwise accessible marketing deliver obviously "
    "halfway apparently honestly assistant nephew niece son daughter sister brother "
    "cousin uncle aunt grandma grandpa "
    "grandmother grandfather boyfriend girlfriend professor coach client customer colleague "
    "forgot forget stop stopped recorded filmed messed sneezed coughed happened died broke failed proper "
    "reaching stand stands appear appears appearing happens happening reduce reduced dial tone knock lop jump "
    "tape pass send gone talk talks talking sing sings singing speak speaks speaking drown drowns drowning loud "
    "quiet noisy silent audible gradually goes bump pump crank tail tails top upload overlap suit suitable ready "
    "friendly compatible optimized optimised pro mode ver vers thing camera cam mic microphone recorder phone lav"
)
_PARTS = (
    "second seconds sec secs s minute minutes min mins m hour hours hr hrs h frame frames moment moments time "
    "times timestamp timestamps timecode mark marks point points part parts section sections segment segments "
    "piece pieces chunk portion portions range ranges interval stretch span spot place start starts starting "
    "started beginning begin begins end ends ending ended finish finishes intro introduction outro opening "
    "closing close middle center centre top bottom front head tail length duration rest remainder third thirds "
    "quarter quarters fifth halves side sides edge edges seconds' minute's version versions onward onwards "
    "forward earlier late early initial zero one two three four five six seven eight nine ten"
)
_MEDIA = (
    "file files format formats mp3 mp4 wav wave m4a aac mov avi mkv webm video videos vid vids clip clips footage "
    "film movie movies recording recordings audio audios sound sounds soundtrack track tracks media material "
    "upload uploads attachment attached uploaded sent original originals result results output outputs copy "
    "copies quality resolution hd 1080p 720p 480p size dimension dimensions style effect effects display screen "
    "picture image photo frame frames content contents project edit edits editing edited camera phone pc laptop "
    "computer device youtube yt tiktok instagram insta ig facebook fb whatsapp snapchat telegram discord twitter "
    "linkedin wechat douyin reel reels shorts story stories feed post posts posting share sharing publish send "
    "sending upload lecture lesson class course seminar talk presentation speech interview podcast episode vlog "
    "tutorial meeting webinar sermon concert performance demo song songs tune music bgm voice voices vocal vocals "
    "speech narration voiceover speaker title caption text words fade volume speed ratio aspect layout "
    "orientation mode level levels background bg position colour color font artist singer band album cover art "
    "artwork name photo game gameplay mic ambient cover pic episode spectrum bars"
)
PLAIN = _words(_GRAMMAR, _DEGREE, _POLITE, _PHRASES, _PARTS, _MEDIA)

# Told of what stands behind them, and no orders where nothing does.
DESCRIBING = _words(
    "smooth slow gradual static motion annoying distracting terrible awful horrible stupid dumb weird awkward "
    "ugly loud soft calm chill upbeat beautiful pretty little tiny small big large huge giant bold white cute "
    "funny whole silly dead empty blank garbage irrelevant pointless dull dark shaky blurry noisy crappy rubbish trash"
)
# Who speaks: to be named where a voice is meant.
PEOPLE = _words(
    "people person man woman guy guys girl boy kid kids teacher professor presenter host speaker speakers student "
    "students singer interviewer interviewee guest guests lecturer actor narrator boss wife husband mom dad mum"
)

# What may be named as what goes from one time to another: with its times it is clear whatever it holds.
HOLDERS = _words(
    "ad ads advert advertisement commercial sponsor sponsorship pause silence gap break joke mistake blooper "
    "cough sneeze question questions answer break shot shots take rambling ramble swearing curse swear slip "
    "stumble noise chorus verse bridge scene stuff thing bit part tuning countdown warmup rehearsal blackness "
    "credits silence chatter small-talk greeting"
)

# Chinese is looked at a character at a time where no longer word is known.
ZH_PLAIN_WORDS = (
    "请问|谢谢|多谢|感谢|辛苦|麻烦|拜托|您好|你好|大家好|老师|朋友|亲|帮忙|帮我|帮|请|能不能|可不可以|可以|能否|是否|"
    "行吗|好吗|可否|咱|无损|高清|原画|收的|收录|附上|附的|干脆|得了|直播|切片|录屏|剧集|花絮|短片|婚礼|婚宴|生日|"
    "派对|聚会|毕业|典礼|现场|演唱会|游戏|"
    "比赛|旅行|旅游|活动|"
    "教学|课堂|上课|网课|作业|演讲|发言|致辞|讲课|讲解|解说|播放|麻溜|赶紧|赶快|快速|立刻|马上|内容|里头|咖啡馆|"
    "餐厅|街上|教室|宝宝|孩子|"
    "全家|家人|妈妈|爸爸|奶奶|爷爷|外婆|外公|姐姐|妹妹|哥哥|弟弟|女儿|儿子|同学|同事|客户|领导|老板|有点|实在|真的|"
    "稍稍|略微|尽量|务必|一定|"
    "我们|你们|他们|她们|它们|咱们|自己|这个|那个|这段|那段|这里|那里|这些|那些|这样|那样|里面|外面|上面|下面|"
    "需要|想要|希望|一下|一点|一些|有点|稍微|大概|大约|左右|差不多|部分|地方|内容|时候|时间|位置|全部|所有|整个|"
    "整段|整体|完全|"
    "两边|四周|周围|旁边|持续|停留|出现|长度|艺人|歌手|歌名|作者|自动|盖过|限时动态|全程|贵方|烦请|干净|喜欢|"
    "背景|统统|通通|然后|接着|最后|首先|现在|直接|单独|另外|同时|顺便|分别|"
    "一共|总共|因为|"
    "所以|但是|不过|而且|并且|"
    "以及|还有|其他|其余|剩下|"
    "音量|速度|倍速|播放|背景乐|片尾|片头|变黑|黑场|准|处|摄像机|摄影机|相机|录音笔|麦克风|话筒|播客|采访|课程|"
    "讲座|会议|视频|音频|声音|文件|素材|片子|画面|原来|原本|原始|开始|结束|开头|"
    "结尾|中间|之间|之前|之后|以前|以后|以内|以外|为止|"
    "一个|一段|一首|一份|一张|一条|两个|小时|分钟|秒钟|刚才|刚刚|就行|就好|即可|可以了|好了|行了|效果|样子|版本|"
    "格式|尺寸|比例|大小|"
    "除了|除开|以外|条片|手机|电脑|抖音|快手|小红书|视频号|朋友圈|微信|油管|发布|发到|发给|上传|下载|没用|"
    "无聊|多余|"
    "不要|不用|听不清|"
    "看不清|只"
)
ZH_PLAIN = frozenset(
    "的了着过吧呢吗啊呀哦嘛啦哈哟噢嗯诶哎喔咯啰么得地之我你您他她它们这那此本该某每各个些把被给让叫使请要想需能会可是有在到从于"
    "和与跟及或而且但因为所以就都也还再又才只仅很太更最非常较挺真好行上下里外中内间前后左右头尾第不没别无非一二两三四五六七八九十百"
    "半几多少零点秒分钟时段条首张份句行字次回天年月日号对按照用以其它全整开关来去出入进起做弄搞成作当至止共约等大小长短快慢高低"
    "播速嘿嗨哈喽哇呃额唔先新旧正单双即便请您谢多亲听面将浮角侧停留带周边名现度喇予够"
)
