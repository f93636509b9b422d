# Every sentence a user reads, in English. Same keys and values in every language: a test compares them.

language-name = English

## While a job runs: the status message

still-working = ⏳ Still working… ({ $elapsed })
taken = On it…
in-line = ⏳ In line: number { $number }
your-turn = ▶️ It is your turn now.
connecting = Connecting…
ready = Ready!
fetching = Getting { $name }…
fetching-link = Getting { $name } from its link…
converting = Converting { $name }… { $percent }%
taking-the-sound = Taking the sound out… { $percent }%
uploading = Uploading { $name }… { $percent }%
editing = Working on your edit…
backend-awaited = The editing service cannot be reached right now. Waiting for it…
checking-the-edit = The connection broke. Checking whether the edit arrived…
rendering = Rendering… { $percent }%
render-queued = { $before ->
    [one] Waiting to render: one other is ahead of this one.
   *[other] Waiting to render: { $before } others are ahead of this one.
}
notice-little-voice = I could hardly hear a voice in it, so there is little left to hear.
notice-fell-back = Demucs did not work here, so the built-in network did it.
notice-silence = There is nothing to hear in it, so there was no voice to keep.
notice-full-scale = It was already as loud as a file can be, so only its quieter parts are louder now.
notice-held-back = Its loudest parts reached the most that a file can hold, so they rose less than the rest.
notice-full-hd = Edited video comes out in full HD at most, so the picture is smaller than the one you sent.
notice-sixty-frames = Edited video has at most 60 frames a second, so some of yours were left out.
downloading = Fetching the result…
fitting = Making it small enough to send here… { $percent }%
fitting-part = Making part { $part } of { $parts }… { $percent }%
part-ready = ✅ { $ready } ready, { $left } to go…
status-done = ✅ Done in { $elapsed }
status-answered = 💬 Answered after { $elapsed }
status-partly = ⚠️ Only partly done after { $elapsed }
status-all-but = ⚠️ Done in { $elapsed }, but not { $names }
status-stopped = ❌ Stopped after { $elapsed }
status-replaced = ✏️ Changed: see below
status-cancelled = 🚫 Cancelled after { $elapsed }

stage-accepted = Waiting for its turn
stage-uploading = Uploading your file
stage-editing = Editing
stage-rendering = Rendering
stage-ready = Ready, waiting for the others
stage-delivering = Sending the result
working-on = { $stage } ({ $elapsed })

## Buttons

button-export = Export
button-status = Status
button-new = New project
button-undo = Undo
button-cancel = Cancel
button-retry = Try again
button-instead = Edit this file instead
button-form-sound = Only the sound
button-form-minutes = The first { $count } minutes
button-form-seconds = The first { $count } seconds
button-form-parts = In { $count } parts
button-too-old = That button no longer works. Just tell me what you want.

## Results

result-video = 🎬 { $name } · { $length } · { $size }
result-audio = 🎵 { $name } · { $length } · { $size }
result-image = 🖼 { $name } · { $size }
fitted = Made smaller to fit: { $size } (it was { $whole }).
part-of = Part { $part } of { $parts }
part-missing = Part { $part } of { $parts } could not be made small enough.
result-below = { $name } is { $size }, more than the { $limit } that can be sent here, and making it that small would spoil it. All of it is ready under the link. What shall I send here instead?
result-below-no-link = { $name } is { $size }, more than the { $limit } that can be sent here, and making it that small would spoil it. What shall I send instead?
result-too-big = { $name } is { $size }, more than the { $limit } that can be sent here. It is ready under the link.
result-too-big-no-link = { $name } is { $size }, more than the { $limit } that can be sent here. Ask for a shorter piece, or for the sound alone.
result-refused = { $name } ({ $size }) was not accepted here as a file. It is ready under the link.
result-refused-no-link = { $name } ({ $size }) was not accepted here as a file. Ask for a shorter piece, or for the sound alone.
result-unconfirmed = I sent { $name } ({ $size }), but I could not confirm that it arrived. If you do not see it here, open the link.
result-unconfirmed-no-link = I sent { $name } ({ $size }), but I could not confirm that it arrived. If you do not see it here, say “export” and I will send it again.
link = { $link }
link-to-whole = In full quality: { $link }
link-to-video = The video it was taken from: { $link }

## Answers

uploaded = { $count ->
    [one] Got { $names }. What shall I do with it?
   *[other] Got { $names }. What shall I do with them?
}
send-a-file = Send me a video or an audio file (attach it here, or paste a direct link to it) and tell me in words what you want.
send-it-here = Please send the file here, in this chat.
help =
    I edit videos and audio in this chat. Send me a video or an audio file (attach it here, or paste a direct link to it) and say in words what you want, for example:
    • extract the audio as MP3
    • only keep 0:10 to 0:40
    • remove the background music, keep the voice
    • make a video from this song
    • merge this audio and video

    Also: “export” sends the finished file, “status” shows the timeline, “credits” what is left, “cancel” stops the work, “new project” starts over, “language” and “skill” change how I work.
new-project = A new project is open. Send me a file to begin.
old-project-gone = (The editing service no longer had the earlier project, so this is a new one, with what you sent now.)
file-twice = (A file stands twice in the project: its first upload arrived late, after I had sent it again.)
step-left = (One step is left that I could not do now: “{ $words }”.)
behind-project = (You replied to a result, so I worked on the project behind it.)
behind-moved-on = (The project has moved on since that result. I worked on it as it stands now.)
behind-restored = (The project had moved on since that result. I took it back to how it was then.)
behind-another = (I went back to the project that this result came from.)
left-out = (Not in it: { $names }.)
stopped-midway = (The editor reported a problem midway. This is how far it got.)
nothing-has-changed = (Nothing in the project has changed.)
no-project = There is no project yet. Send me a file to begin.
courtesy = 👍
courtesy-thanks = You are welcome!
nothing-to-cancel = There is nothing to cancel.
nothing-to-drop = All right. I have changed nothing.
nothing-to-drop-undo = All right. I have changed nothing now. If you want the last edit taken back, press Undo.
question-dropped = All right, I leave that.
question-waits = Waiting for an answer: { $question }
question-over = That question is over. Just tell me what you want.
not-yours-to-answer = This question is for somebody else. Just tell me what you want yourself.
not-yours = Only the person who asked for this can cancel it.
not-yours-to-retry = Only the person who asked for this can try it again. If you want it too, send the request yourself.
cancelled = Cancelled.
cancelled-while-editing = Cancelled. The edit had already begun: it may still show up in the project and may cost credits.
which-language = Which language shall I speak?
language-chosen = I'll speak English from now on.
which-skill = Which skill shall I work with?
skill-chosen = From now on I work with the skill “{ $title }”.
credits = { $available ->
    [one] You have { $available } credit.
   *[other] You have { $available } credits.
}
credits-with-frozen = { $available ->
    [one] You have { $available } credit
   *[other] You have { $available } credits
}; { $frozen ->
    [one] { $frozen } more is
   *[other] { $frozen } more are
} set aside for work under way ({ $total } in all).

## The timeline

timeline-heading = Timeline ({ $count ->
    [one] { $count } track
   *[other] { $count } tracks
}):
timeline-empty = The timeline is empty.
track-video = Video
track-audio = BGM
track-text = Title
track-other = Track

change-added = Added { $kind }: { $what }.
change-removed = Removed { $kind }: { $what }.
change-altered = Changed { $kind }: { $before } → { $after }.
change-length = The timeline is now { $length } long.
change-other = The edit was made; the timeline has changed.

## Errors

error-internal = Something went wrong on my side, and your request was not finished. Please try again.
error-empty-file = { $name } is empty (0 bytes). Please send it again.
error-missing-file = There is no file { $name }. Please check its name and its folder.
error-is-directory = { $name } is a folder. Please give me the file itself.
error-unreadable-file = I am not allowed to read { $name }. Please check its permissions.
error-unsupported = I can't work with { $name }. Please send one of these: { $formats }.
error-refused-file = The editing service could not use { $name }, although it takes files of this type: it may be damaged or in an unusual encoding. Please send it again as an ordinary MP4 video (H.264), MP3 or JPG.
error-not-media = { $name } is not a video, an audio file or a picture that I can read, whatever its name says. Please send one of these: { $formats }.
error-broken-file = { $name } is broken or incomplete, so I can't open it. Perhaps its download or recording broke off; please send it again.
error-too-many-pixels = { $name } has { $megapixels } megapixels; the limit is { $limit }. Please send it smaller.
error-animated-picture = { $name } is an animated WebP, which I can't read here. Please send it as a GIF or MP4.
error-too-large = { $name } is { $megabytes } MB; the limit is { $limit } MB. Please compress it or send a shorter piece.
error-too-large-there = The editing service says that { $name } ({ $megabytes } MB) is too large; as published, the limit is { $limit } MB. Please compress it or send a shorter piece.
error-link-too-large = { $name } is larger than the limit of { $limit } MB. Please compress it or send a shorter piece.
error-too-large-to-fetch = { $name } is { $megabytes } MB; bots can receive files of up to { $limit } MB here. Please compress it, send a shorter piece, or send a link to it.
error-page-link = I can't fetch { $link }: web pages, such as those of YouTube, do not work. Please send the video or audio file itself, or a direct link that ends in its name, such as https://…/clip.mp4.
error-private-link = I can't open { $link }: it is not a public address. Please send the file itself, or a direct link that everybody can open.
error-link-type = I can't take { $name } from a link, but I can work with it if you send me the file itself. Links work for { $formats }.
error-no-file-yet = Which file? Send me the video or audio first.
error-project-gone = The editing service no longer has the project, and its files are gone with it. I have opened a new one: please send the file again.
error-nothing-to-export = There is nothing to export yet. Send me a file and say what to do with it.
error-nothing-changed = The editor finished, but nothing in the project changed. Please be more specific, for example “only keep 0:10 to 0:40”.
error-agent-failed = The editor had a problem with this and changed nothing. Please try again, or say it in other words.
error-edit-lost = The connection broke while the edit was being made, and nothing has changed in the project since. I did not send it a second time, because it could cost you twice. Try again?
error-job-too-slow = { $minutes ->
    [0] This took too long, so I stopped it.
    [one] This took longer than a minute, so I stopped it.
   *[other] This took longer than { $minutes } minutes, so I stopped it.
} What was edited so far is still in the project: ask for the status before you try again.
error-edit-too-slow = { $minutes ->
    [0] The edit took too long and has not shown up so far.
    [one] The edit took longer than a minute and has not shown up so far.
   *[other] The edit took longer than { $minutes } minutes and has not shown up so far.
} It may still be running: ask for the status in a while before you try again.
error-edit-unseen = The edit was sent, but after that the editing service did not answer as it should, so I can't bring you the result yet. “Try again” goes on from there: nothing is uploaded or paid for a second time.
error-refused-midway = { $begun ->
    [edit] The edit was sent
   *[export] The export was begun
}, but then the editing service refused the next step (code { $code }), so I can't bring you the result yet. “Try again” goes on from there: nothing is uploaded or paid for a second time.
error-too-many-midway = The edit was sent, but then the editing service got too many requests, so I can't bring you the result yet. Please wait a minute; “Try again” then goes on from there: nothing is uploaded or paid for a second time.
error-render-failed = The finished file could not be made. Please try again.
error-render-too-slow = The export is taking longer than I can wait. It may still finish: say “export” again in a while.
error-result-unreadable = The export is finished, but its file can't be read: it is damaged or incomplete, so I did not send it. “Try again” makes it anew: nothing is uploaded or paid for a second time.
error-result-out-of-reach = The export is finished, but its file could not be fetched. Please try again.
error-no-sound-in-result = There is no sound in it, so there is nothing to make an audio file of.
error-conversion-failed = { $name } could not be converted. It may be damaged; please send it in another format.
error-refused = The editing service refused this (code { $code }). Nothing was started.
error-file-type-refused = The editing service cannot work with the type of a file in this project. It takes these: { $formats }.
error-files-too-large = The editing service says that what is in this project is too large for it. Please compress it or send shorter pieces.
error-link-out-of-reach = { $name } could not be fetched from its link. Please check that the link opens without signing in, or send me the file itself.
error-service-full = The editing service is full at the moment, so this could not be done. Please try again later.
error-token-refused = The editing service did not let me in. Please try again in a minute.
error-own-token-refused = The editing service no longer lets this bot in. Please tell whoever runs the bot.
error-session-gone = The project is gone and a new one could not be opened. Please try again.
error-no-credits = { $account ->
    [own] The credits are used up. Top up credits in your account: { $link }
    [anonymous] The free credits are used up. Register to get more and keep this project: { $link }
   *[other] The free credits are used up. Register to get more: { $link } (this project cannot be moved there, so you would have to start it again)
}
error-client-id-refused = The editing service turned me away. Please try again later.
error-plan-blocked = { $account ->
    [own] The plan does not include this export; it is not a matter of credits. Upgrade your plan to unlock export: { $link }
   *[other] The free plan does not include this export; it is not a matter of credits. Register or upgrade your plan to unlock export: { $link }
}
error-rate-limited = The editing service is getting too many requests right now. Please wait a minute and try again.
error-no-anonymous-token = The editing service gives this bot no more free access for now. Please try again later, or tell whoever runs the bot.
error-backend-down = The editing service cannot be reached. Nothing was started; please try again in a while.
asked-backend-down = The editing service cannot be reached right now. Please ask again in a while.
asked-refused = The editing service refused to answer that. Please ask again in a while.
error-outcome-unknown = The editing service did not answer in time. It may still be working on it: ask for the status before you try again.
error-waiting-room-full = Too many requests are waiting right now, so I did not take this one. Nothing was started; please send it again in a few minutes.
error-your-share-is-full = { $count ->
    [one] You already have { $count } request waiting, so I did not take this one. Please wait until it is done, or cancel it.
   *[other] You already have { $count } requests waiting, so I did not take this one. Please wait until some are done, or cancel some.
}
error-edit-too-late = I have started on that already, so the changed words came too late. Send them as a new message if you want that as well.

## Telegram, Discord and other places

what-next = What next?
button-share = Share
command-edit = Say what to do; in reply to a file, with that file
command-export = Send the finished file
command-status = Show the timeline and what is being worked on
command-credits = Show the credits that are left
command-upload = How to send files
command-new = Start a new project
command-skill = Choose how I work
command-cancel = Stop what is being worked on
command-language = Choose the language
command-settings = Who may use me here
command-help = What I can do
welcome = Hello! Send me a video or an audio file with a few words of what you want, such as “extract the audio as MP3”, and the finished file comes back here.
not-allowed = Sorry, I am not open to everybody here. Ask whoever runs me, or whoever is in charge of this chat.
not-for-you = This is not open to you here.
sticker = I can't edit stickers. Send me a video, an audio file or a picture.
nothing-usable = I can only use videos, audio files and pictures. Send me one and say what to do with it.
edit-how = Say what to do after the command, and send a file with it or reply to one: /edit cut the first 3 seconds
share-gone = That result is no longer kept.
share-not-shown = That result could not be shown here. Please open the link again later.
share-not-known = I do not know whether that result arrived here. If you do not see it, please open the link again.
settings-who = Who may use me in this chat?
settings-everyone = Everyone
settings-admins = Admins only
settings-saved = Saved.
command-share = Post a finished result in another channel
option-request = What you want, in words
option-file = A video, an audio file or a picture
option-skill = The skill to work with
option-format = The kind of file
option-result = Which result
option-channel = Where to post it
option-who = Who may use me in this server
name-edit = edit
name-upload = upload
name-export = export
name-status = status
name-credits = credits
name-new = new
name-skill = skill
name-cancel = cancel
name-share = share
name-help = help
name-settings = settings
name-edit-this = Edit this media…
form-title = What shall I do with it?
form-request = In words
no-media-there = There is no video, audio or picture in that message.
guest-limits = I am not a member here, so I can only answer for 15 minutes and with a few messages. Anything that takes longer comes to your direct messages.
shared-by = Shared by { $name }:
shared = Posted there.
share-refused = Discord did not take it there. Please try again later.
share-unconfirmed = I do not know whether it arrived there: Discord did not answer. Please look before you share it again.
share-not-there = That cannot be posted there: you or I may not write in that channel.
cannot-write = I may not write in that channel. Somebody who manages the server has to let me: “View Channel” and “Send Messages”, in a thread “Send Messages in Threads”.
came-by-dm = I can no longer write in the chat where you asked for this, so it comes to you here.
file-not-seen = I can't see the message that you replied to: Discord shows me only messages that mention me. To edit a file in it, open that message's menu and choose Apps → Edit this media…, or use /edit and attach the file.
reply-not-seen = I can't read that reply: Discord shows me only messages that mention me. Mention me in it, or use /edit.
settings-now = Who may use me in this server: { $who }
    Where I listen: { $channels }
    A thread for each project: { $threads }
    Language: { $language }
    Largest file that I post: { $size }
settings-all-channels = everywhere
settings-any-size = whatever Discord takes
switch-on = On
switch-off = Off
language-own = Each person’s own
language-en = English
language-zh = 中文
option-listen = A channel to listen in; once more to stop. None: everywhere
option-threads = A thread for each project
option-language = What I speak in this server
option-size = The largest file that I post, in MB; 0 for what Discord takes. Larger ones are made to fit
not-here = I do not work in this channel. Whoever manages the server chose others for me.
error-file-out-of-reach = { $name } could not be fetched from the chat. Please try again, or send it once more.

## The page of a result, in a browser

page-length = Length
page-size = Size
page-frame = Frame
page-download = Download
page-until = Available until
page-moment = { $year }-{ $month }-{ $day } { $time } UTC
page-cannot-play = Your browser cannot play this file. You can still download it.
page-expired-title = This link has expired
page-expired = Results can be opened for a limited time, and this one is no longer here. To get it again, say “export” in the chat where you found the link.
page-unknown-title = Nothing to see here
page-unknown = The link is incomplete, or the result was removed some time ago. Check the link in your chat, or say “export” there to get the result again.
page-away-title = Not available right now
page-away = The result cannot be reached at the moment. Please try again in a minute.
