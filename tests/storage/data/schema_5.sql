pragma user_version = 5;
BEGIN TRANSACTION;
CREATE TABLE inbox (
        platform text not null, id text not null, at real not null, body text not null, primary key (platform, id)
    );
INSERT INTO "inbox" VALUES('telegram','900:-1001234567890/album/000000000002',1000009.0,'{"caption": "ü"}');
INSERT INTO "inbox" VALUES('telegram','900:-1001234567890/album/000000000001',1000010.0,'{}');
CREATE TABLE jobs (
        seq integer primary key, id text not null unique,
        platform text not null, place text not null,
        stage text not null, open integer not null, claim text not null default '',
        created real not null, body text not null
    , sender text not null default '', message text not null default '', beat real not null default 0, ended real not null default 0);
INSERT INTO "jobs" VALUES(1,'00000000000000000000000000000001','telegram','-1001234567890','done',0,'',1000000.0,'{"sender": "anna", "language": "en", "task": "edit", "request": "extract the audio", "attachments": [], "skill": "", "output": "", "export": false, "about": "", "reply_to": "", "message": "m1", "status_message": "", "session": "", "before": "", "edited": false, "concluded": false, "uploaded": [], "begun": [], "said": [], "carries": [], "render": "", "answer": "Done.", "offers": [], "error": ""}','anna','m1',1000001.0,1000001.0);
INSERT INTO "jobs" VALUES(2,'00000000000000000000000000000002','telegram','42','failed',0,'',1000000.0,'{"sender": "ben", "language": "en", "task": "edit", "request": "extract the audio", "attachments": [], "skill": "", "output": "", "export": false, "about": "", "reply_to": "", "message": "m2", "status_message": "", "session": "", "before": "", "edited": false, "concluded": false, "uploaded": [], "begun": [], "said": [], "carries": [], "render": "", "answer": "", "offers": [], "error": "internal"}','ben','m2',1000002.0,1000002.0);
INSERT INTO "jobs" VALUES(3,'00000000000000000000000000000003','telegram','-1001234567890','editing',1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa3',1000000.0,'{"sender": "anna", "language": "en", "task": "edit", "request": "extract the audio", "attachments": [{"handle": "F1", "name": "h\u00f6hle \ud83c\udfac.mp4", "size": 5, "mime": "video/mp4", "caption": "", "url": ""}], "skill": "", "output": "mp3", "export": true, "about": "", "reply_to": "", "message": "m3", "status_message": "77", "session": "s1", "before": "{}", "edited": false, "concluded": false, "uploaded": ["h.mp4"], "begun": [], "said": [], "carries": [], "render": "", "answer": "", "offers": [], "error": ""}','anna','m3',1000003.0,0.0);
INSERT INTO "jobs" VALUES(4,'00000000000000000000000000000004','telegram','-1001234567890','accepted',1,'',1000000.0,'{"sender": "ben", "language": "zh", "task": "edit", "request": "\u628a\u89c6\u9891\u526a\u77ed", "attachments": [], "skill": "", "output": "", "export": false, "about": "", "reply_to": "", "message": "m4", "status_message": "", "session": "", "before": "", "edited": false, "concluded": false, "uploaded": [], "begun": [], "said": [], "carries": [], "render": "", "answer": "", "offers": [], "error": ""}','ben','m4',0.0,0.0);
INSERT INTO "jobs" VALUES(5,'00000000000000000000000000000005','discord','81/7','ready',1,'',1000000.0,'{"sender": "7", "language": "en", "task": "edit", "request": "extract the audio", "attachments": [], "skill": "", "output": "", "export": false, "about": "a.mp4", "reply_to": "", "message": "m5", "status_message": "", "session": "", "before": "", "edited": false, "concluded": false, "uploaded": [], "begun": [], "said": [], "carries": [], "render": "r5", "answer": "", "offers": [], "error": ""}','7','m5',1000005.0,0.0);
INSERT INTO "jobs" VALUES(6,'00000000000000000000000000000006','discord','81/7','rendering',1,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb5',1000000.0,'{"sender": "7", "language": "en", "task": "edit", "request": "extract the audio", "attachments": [], "skill": "", "output": "", "export": false, "about": "b.mp4", "reply_to": "", "message": "m5", "status_message": "", "session": "", "before": "", "edited": false, "concluded": false, "uploaded": [], "begun": [], "said": [], "carries": [], "render": "r6", "answer": "", "offers": [], "error": ""}','7','m5',1000005.0,0.0);
INSERT INTO "jobs" VALUES(7,'00000000000000000000000000000007','telegram','42','cancelled',0,'',1000000.0,'{"sender": "ben", "language": "en", "task": "edit", "request": "extract the audio", "attachments": [], "skill": "", "output": "", "export": false, "about": "", "reply_to": "", "message": "m6", "status_message": "", "session": "", "before": "", "edited": false, "concluded": false, "uploaded": [], "begun": [], "said": [], "carries": [], "render": "", "answer": "", "offers": [], "error": ""}','ben','m6',0.0,1000006.0);
CREATE TABLE owed (
        platform text not null, id text not null, place text not null, at real not null, body text not null,
        primary key (platform, id)
    );
INSERT INTO "owed" VALUES('telegram','m7','-1001234567890',1000007.0,'{"language": "en", "reply_to": "12", "text": "Which one?", "tone": "answer", "buttons": [{"label": "First", "action": "p1"}], "inquiry": null}');
INSERT INTO "owed" VALUES('discord','m8','81/7',1000007.0,'{"language": "zh", "reply_to": "", "text": "", "tone": "error", "buttons": [], "inquiry": "credits"}');
CREATE TABLE preferences (
        platform text not null, place text not null, body text not null, primary key (platform, place)
    );
INSERT INTO "preferences" VALUES('discord','application/900','{"commands": "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "first heard": "999000.250", "heard 0/2": "999500.000", "heard 1/2": "999400.500", "dms": "501 502"}');
INSERT INTO "preferences" VALUES('discord','guild/55','{"access": "admins", "channels": "81 82", "threads": "on", "language": "zh", "upload-mb": "25"}');
INSERT INTO "preferences" VALUES('discord','guild/56','{}');
INSERT INTO "preferences" VALUES('telegram','-1001234567890','{"access": "admins", "formerly": "-7"}');
INSERT INTO "preferences" VALUES('telegram','-8','{"access": "everyone"}');
CREATE TABLE projects (
        platform text not null, place text not null, at real not null, body text not null,
        primary key (platform, place)
    );
INSERT INTO "projects" VALUES('telegram','-1001234567890',1000007.0,'{"session": "s1", "language": "en", "skill": "", "source": "h.mp4", "used": "", "wish": "", "wisher": "", "wished": "", "fresh": ["h.mp4"]}');
INSERT INTO "projects" VALUES('discord','81/7',1000008.0,'{"session": "s2", "language": "", "skill": "", "source": "", "used": "trim", "wish": "shorter", "wisher": "7", "wished": "1000000.5", "fresh": []}');
CREATE TABLE results (
        id text primary key, platform text not null, place text not null, sender text not null,
        made real not null, body text not null
    );
INSERT INTO "results" VALUES('00000000000000000000000000000001','telegram','-1001234567890','anna',1000008.0,'{"name": "talk.mp3", "kind": "audio", "message": "7", "file": "file-1", "link": "https://x.example/a", "caption": "\ud83c\udfb5"}');
CREATE TABLE seen (platform text not null, id text not null, at real not null, primary key (platform, id));
INSERT INTO "seen" VALUES('telegram','m1',1000001.0);
INSERT INTO "seen" VALUES('telegram','m2',1000002.0);
INSERT INTO "seen" VALUES('telegram','m3',1000003.0);
INSERT INTO "seen" VALUES('telegram','m4',1000004.0);
INSERT INTO "seen" VALUES('discord','m5',1000005.0);
INSERT INTO "seen" VALUES('telegram','m6',1000006.0);
INSERT INTO "seen" VALUES('telegram','m7',1000007.0);
INSERT INTO "seen" VALUES('discord','m8',1000007.0);
INSERT INTO "seen" VALUES('telegram','900:5/old/000000000003',1000010.0);
CREATE TABLE vault (name text primary key, body text not null);
INSERT INTO "vault" VALUES('cloud telegram:42','{"token": "t-1"}');
CREATE INDEX jobs_open on jobs (platform, place, seq) where open = 1;
CREATE INDEX results_sender on results (platform, sender, made);
CREATE INDEX jobs_of_sender on jobs (platform, sender) where open = 1;
CREATE INDEX jobs_ended on jobs (ended) where open = 0;
CREATE INDEX seen_at on seen (at);
CREATE INDEX results_made on results (made);
CREATE INDEX jobs_in_line on jobs (seq) where open = 1;
COMMIT;
