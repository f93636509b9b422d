# 用户读到的每一句话（中文）。各语言的键和变量必须一致，由测试核对。

language-name = 中文

## 任务进行中：状态消息

still-working = ⏳ 仍在处理…（{ $elapsed }）
taken = 收到，马上处理…
in-line = ⏳ 排队中：第 { $number } 位
your-turn = ▶️ 轮到你了。
connecting = 正在连接…
ready = 准备好了！
fetching = 正在获取 { $name }…
fetching-link = 正在从链接获取 { $name }…
converting = 正在转换 { $name }… { $percent }%
taking-the-sound = 正在提取音频… { $percent }%
uploading = 正在上传 { $name }… { $percent }%
editing = 正在编辑…
backend-awaited = 暂时联系不上编辑服务，正在等它恢复…
checking-the-edit = 连接中断了，正在确认编辑是否已完成…
rendering = 正在渲染… { $percent }%
render-queued = 等待渲染：前面还有 { $before } 个任务。
notice-little-voice = 里面几乎听不到人声，所以保留下来的内容很少。
notice-fell-back = Demucs 在这里无法运行，已改用内置网络完成。
notice-silence = 里面没有任何声音，所以没有人声可以保留。
notice-full-scale = 原声已经达到文件能容纳的最大音量，所以只有较轻的部分变响了。
notice-held-back = 最响的部分已达到文件能容纳的最大音量，所以提升得比其他部分少。
notice-full-hd = 编辑后的视频最高为全高清（1080p），所以画面比您发来的小。
notice-sixty-frames = 编辑后的视频每秒最多 60 帧，所以去掉了一部分帧。
downloading = 正在下载成品…
fitting = 正在压缩到可以发送的大小… { $percent }%
fitting-part = 正在制作第 { $part } 段（共 { $parts } 段）… { $percent }%
part-ready = ✅ 已完成 { $ready } 个，还有 { $left } 个…
status-done = ✅ 完成，用时 { $elapsed }
status-answered = 💬 已回复，用时 { $elapsed }
status-partly = ⚠️ 只完成了一部分，用时 { $elapsed }
status-all-but = ⚠️ 已完成，用时 { $elapsed }，但 { $names } 没有做成
status-stopped = ❌ 已停止，用时 { $elapsed }
status-replaced = ✏️ 已修改，见下文
status-cancelled = 🚫 已取消，用时 { $elapsed }

stage-accepted = 排队中
stage-uploading = 正在上传文件
stage-editing = 正在编辑
stage-rendering = 正在渲染
stage-ready = 已完成，等待其他文件
stage-delivering = 正在发送成品
working-on = { $stage }（{ $elapsed }）

## 按钮

button-export = 导出
button-status = 状态
button-new = 新项目
button-undo = 撤销
button-cancel = 取消
button-retry = 再试一次
button-instead = 改为编辑这个文件
button-form-sound = 只要声音
button-form-minutes = 只要前 { $count } 分钟
button-form-seconds = 只要前 { $count } 秒
button-form-parts = 分成 { $count } 段
button-too-old = 这个按钮已经失效了，直接告诉我你想做什么吧。

## 成品

result-video = 🎬 { $name } · { $length } · { $size }
result-audio = 🎵 { $name } · { $length } · { $size }
result-image = 🖼 { $name } · { $size }
fitted = 为了能在这里发送，已压缩到 { $size }（原来是 { $whole }）。
part-of = 第 { $part } 段，共 { $parts } 段
part-missing = 第 { $part } 段（共 { $parts } 段）无法压缩到可以发送的大小。
result-below = { $name } 有 { $size }，超过了这里能发送的 { $limit }，压缩到这么小画质和音质会很差。完整的成品可以从链接获取。要在这里改发什么？
result-below-no-link = { $name } 有 { $size }，超过了这里能发送的 { $limit }，压缩到这么小画质和音质会很差。要改发什么？
result-too-big = { $name } 有 { $size }，超过了这里能发送的 { $limit }。请从下面的链接下载。
result-too-big-no-link = { $name } 有 { $size }，超过了这里能发送的 { $limit }。可以要一段更短的，或者只要音频。
result-refused = 这里不接受文件 { $name }（{ $size }）。成品可以从链接获取。
result-refused-no-link = 这里不接受文件 { $name }（{ $size }）。可以要求短一些的片段，或者只要音频。
result-unconfirmed = { $name }（{ $size }）已经发出，但无法确认是否送达。如果这里没有看到，可以从链接下载。
result-unconfirmed-no-link = { $name }（{ $size }）已经发出，但无法确认是否送达。如果这里没有看到，请说“导出”，我会再发一次。
link = { $link }
link-to-whole = 原画质：{ $link }
link-to-video = 音频提取自这个视频：{ $link }

## 回答

uploaded = { $count ->
   *[other] 收到 { $names }。要怎么处理？
}
send-a-file = 请发一个视频或音频（直接添加附件，或粘贴文件直链），并用一句话告诉我要做什么。
send-it-here = 请把文件直接发到这个聊天里。
help =
    我可以在聊天里剪辑视频和音频。发一个视频或音频（直接添加附件，或粘贴文件直链），用一句话告诉我要做什么，例如：
    • 提取音频，存成 MP3
    • 只保留 0:10 到 0:40
    • 去掉背景音乐，保留人声
    • 把这首歌做成视频
    • 把音频和视频合成一个文件

    还可以说：发“导出”获取成品，“状态”查看时间线，“积分”查看余额，“取消”停止处理，“新项目”重新开始，“语言”和“技能”更改设置。
new-project = 新项目已打开，发个文件开始吧。
old-project-gone = （编辑服务上已经没有之前的项目了，所以这是一个新项目，里面是你这次发来的内容。）
file-twice = （有一个文件在项目里出现了两次：第一次上传到得太晚，那时我已经重新发送过了。）
step-left = （还有一步没能完成：“{ $words }”。）
behind-project = （你回复的是一个成品，所以我处理的是它所属的项目。）
behind-moved-on = （生成那个成品之后，项目又有改动。这次是在项目的当前版本上处理的。）
behind-restored = （生成那个成品之后，项目又有改动。我已先把项目恢复到当时的版本。）
behind-another = （我回到了这个成品所属的项目。）
left-out = （不在其中：{ $names }。）
stopped-midway = （编辑器中途报告了问题，这是它目前完成的部分。）
nothing-has-changed = （项目没有任何变化。）
no-project = 还没有项目，发个文件开始吧。
courtesy = 👍
courtesy-thanks = 不客气！
nothing-to-cancel = 没有可以取消的任务。
nothing-to-drop = 好的，什么都没有改动。
nothing-to-drop-undo = 好的，这次什么都没有改动。如果想撤销上一次编辑，请按“撤销”。
question-dropped = 好的，那就不做了。
question-waits = 正在等待回答：{ $question }
question-over = 这个问题已经结束了，直接告诉我你想做什么吧。
not-yours-to-answer = 这个问题是问别人的。你想做什么，直接告诉我就行。
not-yours = 只有提出请求的人才能取消它。
not-yours-to-retry = 只有提出请求的人才能重试。你可以自己再提一次。
cancelled = 已取消。
cancelled-while-editing = 已取消。不过编辑当时已经开始，仍可能出现在项目里，也可能消耗积分。
which-language = 要用哪种语言？
language-chosen = 好的，之后我会用中文回复。
which-skill = 要用哪个技能？
skill-chosen = 好的，之后我会使用“{ $title }”技能。
credits = 你还有 { $available } 积分。
credits-with-frozen = 你还有 { $available } 积分，另有 { $frozen } 积分被进行中的任务冻结（共 { $total }）。

## 时间线

timeline-heading = 时间线（{ $count } 条轨道）：
timeline-empty = 时间线是空的。
track-video = 视频
track-audio = 音乐
track-text = 标题
track-other = 轨道

change-added = 添加了{ $kind }：{ $what }。
change-removed = 删除了{ $kind }：{ $what }。
change-altered = 修改了{ $kind }：{ $before } → { $after }。
change-length = 时间线现在的时长是 { $length }。
change-other = 编辑已完成，时间线有变化。

## 错误

error-internal = 我这边出了问题，你的请求没有完成，请再试一次。
error-empty-file = { $name } 是空文件（0 字节），请重新发送。
error-missing-file = 找不到文件 { $name }，请检查名称和位置。
error-is-directory = { $name } 是文件夹，请给我文件本身。
error-unreadable-file = 没有权限读取 { $name }，请检查它的权限。
error-unsupported = { $name } 这种文件我处理不了。请发以下格式之一：{ $formats }。
error-refused-file = 编辑服务支持这种类型，但用不了 { $name }：文件可能已损坏，或编码比较特殊。请转成普通的 MP4（H.264）、MP3 或 JPG 后再发一次。
error-not-media = { $name } 虽然名字看起来像媒体文件，但内容不是我能读取的视频、音频或图片。请发以下格式之一：{ $formats }。
error-broken-file = { $name } 已损坏或不完整，无法打开。可能是下载或录制中途断了，请重新发送。
error-too-many-pixels = { $name } 有 { $megapixels } 百万像素，上限是 { $limit } 百万像素。请缩小后再发。
error-animated-picture = { $name } 是 WebP 动图，我在这里读取不了。请改发 GIF 或 MP4。
error-too-large = { $name } 大小为 { $megabytes } MB，上限是 { $limit } MB。请压缩一下或发一段更短的。
error-too-large-there = 编辑服务认为 { $name }（{ $megabytes } MB）太大，公布的上限是 { $limit } MB。请压缩一下或发一段更短的。
error-link-too-large = { $name } 超过了 { $limit } MB 的上限。请压缩一下，或发一段更短的。
error-too-large-to-fetch = { $name } 大小为 { $megabytes } MB，而机器人在这里最多能接收 { $limit } MB 的文件。请压缩、发一段更短的，或者发链接。
error-page-link = 我打不开 { $link }：YouTube、B 站这类网页无法获取。请直接发送视频或音频文件，或者发以文件名结尾的直链，例如 https://…/clip.mp4。
error-private-link = 我打不开 { $link }：这不是公开的地址。请直接发送文件，或者发一个所有人都能打开的直链。
error-link-type = 我没法通过链接获取 { $name }，但可以处理你直接发来的文件。支持的链接类型有：{ $formats }。
error-no-file-yet = 要处理哪个文件？请先发视频或音频。
error-project-gone = 编辑服务上已经没有这个项目了，里面的文件也没有了。我开了一个新项目，请重新发送文件。
error-nothing-to-export = 还没有可以导出的内容。请发个文件并告诉我要做什么。
error-nothing-changed = 编辑器已结束，但项目没有任何变化。请说得更具体一些，例如“只保留 0:10 到 0:40”。
error-agent-failed = 编辑器处理时出了问题，没有做任何改动。请再试一次，或换个说法。
error-edit-lost = 编辑时连接中断，之后项目一直没有变化。为避免重复扣费，我没有重新发送。要再试一次吗？
error-job-too-slow = { $minutes ->
    [0] 处理时间过长，已停止。
   *[other] 处理超过 { $minutes } 分钟，已停止。
}已完成的编辑仍在项目里，重试之前请先查看状态。
error-edit-too-slow = { $minutes ->
    [0] 编辑用时太久，还没有结果。
   *[other] 编辑超过 { $minutes } 分钟还没有结果。
}它可能仍在进行：请过一会儿先看看状态，再决定要不要重试。
error-edit-unseen = 剪辑请求已经发出，但之后编辑服务没有正常回应，所以暂时拿不到结果。点“再试一次”会从这一步继续：不会重新上传，也不会重复扣费。
error-refused-midway = { $begun ->
    [edit] 剪辑请求已经发出
   *[export] 导出已经开始
}，但之后编辑服务拒绝了下一步（代码 { $code }），所以暂时拿不到结果。点“再试一次”会从这一步继续：不会重新上传，也不会重复扣费。
error-too-many-midway = 剪辑请求已经发出，但之后编辑服务请求太多，所以暂时拿不到结果。请等一分钟再点“再试一次”，会从这一步继续：不会重新上传，也不会重复扣费。
error-render-failed = 成品生成失败，请再试一次。
error-render-too-slow = 导出还没有完成，可能还需要一些时间。请过一会儿再发一次“导出”。
error-result-unreadable = 导出已经完成，但文件无法读取：它已损坏或不完整，所以没有发出。点“再试一次”会重新生成：不会重新上传，也不会重复扣费。
error-result-out-of-reach = 导出已经完成，但成品下载失败，请再试一次。
error-no-sound-in-result = 里面没有声音，无法生成音频文件。
error-conversion-failed = { $name } 无法转换，可能已损坏，请换一种格式发送。
error-refused = 编辑服务拒绝了这个请求（代码 { $code }），没有开始处理。
error-file-type-refused = 编辑服务无法处理这个项目里某个文件的类型。支持的类型有：{ $formats }。
error-files-too-large = 编辑服务表示这个项目里的内容太大了。请压缩一下，或发更短的片段。
error-link-out-of-reach = 无法从链接获取 { $name }。请确认该链接无需登录就能打开，或者直接把文件发给我。
error-service-full = 编辑服务目前空间已满，这次没能完成，请稍后再试。
error-token-refused = 暂时无法登录编辑服务，请一分钟后再试。
error-own-token-refused = 机器人目前无法登录编辑服务，请联系机器人的管理员。
error-session-gone = 项目不在了，新项目也没能打开，请再试一次。
error-no-credits = { $account ->
    [own] 积分用完了。请在账户里充值：{ $link }
    [anonymous] 免费积分用完了。注册可获得更多积分并保留这个项目：{ $link }
   *[other] 免费积分用完了。注册可获得更多积分：{ $link }（这个项目无法转过去，需要在那里重新开始）
}
error-client-id-refused = 编辑服务暂时不接受请求，请稍后再试。
error-plan-blocked = { $account ->
    [own] 当前套餐不包含导出，这与积分无关。升级套餐即可导出：{ $link }
   *[other] 免费套餐不包含导出，这与积分无关。注册或升级套餐即可导出：{ $link }
}
error-rate-limited = 编辑服务现在请求太多，请等一分钟再试。
error-no-anonymous-token = 编辑服务暂时不再为这个机器人提供免费额度。请稍后再试，或联系机器人的管理员。
error-backend-down = 暂时联系不上编辑服务，没有开始处理，请过一会儿再试。
asked-backend-down = 暂时联系不上编辑服务，请过一会儿再问。
asked-refused = 编辑服务拒绝了这次查询，请过一会儿再问。
error-outcome-unknown = 编辑服务没有及时回应。它可能仍在处理：请先看看状态，再决定要不要重试。
error-waiting-room-full = 现在排队的请求太多，这一个没有接收，也没有开始处理。请过几分钟再发一次。
error-your-share-is-full = 你已经有 { $count } 个请求在排队，这一个没有接收。请等其中一些完成，或取消一些。
error-edit-too-late = 我已经开始处理那条请求了，修改后的内容来晚了。如果还需要，请作为新消息发送。

## Telegram、Discord 等

what-next = 接下来做什么？
button-share = 分享
command-edit = 说明要做什么；回复某个文件时使用该文件
command-export = 发送成品
command-status = 查看时间线和正在处理的内容
command-credits = 查看剩余积分
command-upload = 如何发送文件
command-new = 新建项目
command-skill = 选择工作方式
command-cancel = 停止正在处理的内容
command-language = 选择语言
command-settings = 谁可以在这里使用我
command-help = 我能做什么
welcome = 你好！发给我一个视频或音频文件，并写上要求，例如“提取音频为 MP3”，成品会发回到这里。
not-allowed = 抱歉，我在这里没有对所有人开放。请联系机器人的管理者或本群管理员。
not-for-you = 你在这里没有使用权限。
sticker = 贴纸无法编辑，请发送视频、音频或图片。
nothing-usable = 我只能处理视频、音频和图片。请发送一个并说明要做什么。
edit-how = 请在命令后写明要求，并附上文件或回复一个文件：/edit 剪掉前 3 秒
share-gone = 该成品已不再保留。
share-not-shown = 这个成品没能在这里显示。请稍后再打开链接。
share-not-known = 不确定这个成品是否已经发到这里。如果没有看到，请再打开一次链接。
settings-who = 谁可以在本群使用我？
settings-everyone = 所有人
settings-admins = 仅管理员
settings-saved = 已保存。
command-share = 把成品发到另一个频道
option-request = 用文字说明你想要什么
option-file = 视频、音频或图片
option-skill = 使用哪个技能
option-format = 文件类型
option-result = 哪个成品
option-channel = 发到哪里
option-who = 谁可以在这个服务器里使用我
name-edit = 剪辑
name-upload = 上传
name-export = 导出
name-status = 状态
name-credits = 积分
name-new = 新项目
name-skill = 技能
name-cancel = 取消
name-share = 分享
name-help = 帮助
name-settings = 设置
name-edit-this = 剪辑这个文件…
form-title = 要怎么处理？
form-request = 请用文字说明
no-media-there = 那条消息里没有视频、音频或图片。
guest-limits = 我不是这里的成员，所以只能在 15 分钟内回复几条消息。更久的结果会发到你的私信里。
shared-by = { $name } 分享：
shared = 已经发过去了。
share-refused = Discord 没有接收，请稍后再试。
share-unconfirmed = 不确定是否已经发到那里：Discord 没有回应。再次分享之前请先看一下。
share-not-there = 不能发到那里：你或我没有在那个频道发言的权限。
cannot-write = 我没有在那个频道发言的权限。需要服务器管理者打开“查看频道”和“发送消息”，在子区里还要“在子区内发送消息”。
came-by-dm = 在你提出请求的聊天里我已经不能发言，所以发到这里。
file-not-seen = 我看不到你回复的那条消息：Discord 只让我看到提及我的消息。要剪辑其中的文件，请打开那条消息的菜单，选择“APP → 剪辑这个文件…”，或使用 /剪辑（/edit）并附上文件。
reply-not-seen = 我看不到这条回复的内容：Discord 只让我看到提及我的消息。请在回复里提及我，或使用 /剪辑（/edit）。
settings-now = 谁可以在这个服务器里使用我：{ $who }
    我在哪里回应：{ $channels }
    每个项目一个子区：{ $threads }
    语言：{ $language }
    我发送的最大文件：{ $size }
settings-all-channels = 所有频道
settings-any-size = 以 Discord 的上限为准
switch-on = 开
switch-off = 关
language-own = 各人自己的语言
language-en = English
language-zh = 中文
option-listen = 在哪个频道回应；再选一次则取消。都不选则为所有频道
option-threads = 每个项目一个子区
option-language = 我在这个服务器里说什么语言
option-size = 我发送的最大文件（MB）；0 表示以 Discord 的上限为准，更大的会压缩后发送
not-here = 我不在这个频道工作，服务器管理者为我选了别的频道。
error-file-out-of-reach = 无法从聊天中获取 { $name }。请重试，或重新发送。

## 浏览器里的成品页面

page-length = 时长
page-size = 大小
page-frame = 画面
page-download = 下载
page-until = 有效期至
page-moment = { $year }年{ $month }月{ $day }日 { $time }（UTC）
page-cannot-play = 你的浏览器无法播放这个文件，但仍然可以下载。
page-expired-title = 链接已过期
page-expired = 成品只在一段时间内可以打开，这一个已经不在了。需要的话，请回到收到链接的聊天里说“导出”，再取一次。
page-unknown-title = 这里没有内容
page-unknown = 链接不完整，或者成品早已删除。请检查聊天里的链接，或者在那里说“导出”重新获取。
page-away-title = 暂时无法打开
page-away = 目前取不到这个成品，请过一分钟再试。
