"""The statements: plain SQL with named parameters, the same for both databases.

What differs is a word in braces that the driver fills in. The statements that claim are in `storage.claims`.
"""

FIRST_SIGHT = "insert into seen (platform, id, at) values (:platform, :id, :at) on conflict do nothing returning id"

ADD_JOB = """
    insert into jobs (id, platform, place, stage, open, created, body, sender, message)
    values (:id, :platform, :place, :stage, :open, :created, :body, :sender, :message) returning seq
"""

# What an earlier press of the same button may have made.
LATELY_MADE = """
    select * from jobs where open = 1 and platform = :platform and place = :place
    union all
    select * from jobs where open = 0 and ended > :since and platform = :platform and place = :place
"""

# The waiting jobs that an edited message would withdraw (`going`) make room for its own.
OPEN_COUNTS = """
    select count(*) as in_all,
        coalesce(sum(case when platform = :platform and sender = :sender then 1 else 0 end), 0) as of_person,
        coalesce(sum(case when claim = '' and stage = 'accepted' and platform = :platform and message = :message
            and :message <> '' then 1 else 0 end), 0) as going
    from jobs where open = 1
"""

ADD_TO_OUTBOX = """
    insert into outbox (platform, id, place, at, body) values (:platform, :id, :place, :at, :body)
    on conflict do nothing returning id
"""

REMOVE_FROM_OUTBOX = "delete from outbox where platform = :platform and id = :id returning id"

TAKE_OVER_OUTBOX = """
    update outbox set at = :now where at < :before and :platforms like '%|' || platform || '|%' returning *
"""

# What was removed has become a request: delivered once more it is not added again.
ADD_TO_INBOX = """
    insert into inbox (platform, id, at, body)
    select :platform, :id, cast(:at as {real}), :body
    where not exists (select 1 from seen where platform = :platform and id = :id)
    on conflict do nothing returning id
"""

INBOX = """
    select id, at, body from inbox
    where platform = :platform and substr(id, 1, length(:prefix)) = :prefix order by id
"""

REMOVE_FROM_INBOX = "delete from inbox where platform = :platform and id = :id returning id"

TAKE_OVER_INBOX = "update inbox set at = :now where platform = :platform and at < :before returning id, body"

WAITING_JOB = "select * from jobs where id = :id and open = 1 and claim = ''"

NOTE_STATUS = "update jobs set body = :body where id = :id and open = 1 and claim = '' returning id"

# Nobody works on them yet, so they can still be replaced.
WITHDRAW_WAITING = """
    update jobs set stage = 'cancelled', open = 0, ended = :now
    where open = 1 and claim = '' and stage = 'accepted' and platform = :platform and message = :message
    returning id
"""

SAVE_JOB = """
    update jobs set stage = :stage, open = :open, body = :body, heartbeat = :now,
        claim = case when :open = 1 and :stage <> 'ready' then claim else '' end,
        ended = case when :open = 1 then 0 else :now end
    where id = :id and claim = :token and open = 1 returning id
"""

# A carried job has no claim while the one that carries it is open, so there is none to ask for.
END_CARRIED = """
    update jobs set stage = :stage, open = 0, body = :body, claim = '', ended = :now
    where id = :id and open = 1 returning id
"""

# From here on each of them is a job like any other, with its result to deliver.
SPLIT_BATCH = """
    update jobs set stage = 'delivering' where id = :id and open = 1 and stage = 'ready'
    and exists (select 1 from jobs as carrier where carrier.open = 1 and carrier.claim = :token) returning id
"""

JOB = "select * from jobs where id = :id"

CANCEL = """
    update jobs set stage = 'cancelled', open = 0, claim = '', ended = :now where id = :id and open = 1 returning id
"""

OPEN_JOBS = """
    select * from jobs
    where open = 1 and (cast(:place as text) is null or (platform = :platform and place = :place))
    order by seq
"""

# Those of a message are saved together, so their numbers lie close together.
JOBS_BESIDE = """
    select other.* from jobs as mine join jobs as other on other.seq between mine.seq - 100 and mine.seq + 100
    where mine.id = :id and other.id <> mine.id and other.platform = mine.platform and other.place = mine.place
    and other.message = mine.message and mine.message <> '' order by other.seq
"""

JOBS = """
    select * from jobs where (:open = 0 or open = 1) and (cast(:platform as text) is null or platform = :platform)
    order by seq desc limit :most
"""

AHEAD = """
    select count(*) as in_all,
        coalesce(sum(case when before.platform = mine.platform and before.place = mine.place then 1 else 0 end), 0)
            as in_place
    from jobs as mine join jobs as before on before.open = 1 and before.seq < mine.seq
    where mine.id = :id and mine.open = 1
"""

PROJECT = "select body from projects where platform = :platform and place = :place"

SAVE_PROJECT = """
    insert into projects (platform, place, at, body) values (:platform, :place, :at, :body)
    on conflict (platform, place) do update set at = :at, body = :body returning place
"""

NEWEST_PLACE = "select place from projects where platform = :platform order by at desc limit 1"

MOVE_PLACE = tuple(
    f"update {table} set place = :new where platform = :platform and place = :place returning place"  # noqa: S608
    for table in ("jobs", "kept_results", "outbox", "published")
)

# What the chat already has under its new key is newer than what it had under the old one.
MOVE_PROJECT = """
    update projects set place = :new where platform = :platform and place = :place
    and not exists (select 1 from projects as taken where taken.platform = :platform and taken.place = :new)
    returning place
"""

MOVE_VALUES = """
    update adapter_values set scope = :new where platform = :platform and scope = :place
    and not exists (select 1 from adapter_values as taken where taken.platform = :platform and taken.scope = :new)
    returning key
"""

KEEP_RESULT = """
    insert into kept_results (id, platform, place, sender, made, message, beside, body)
    values (:id, :platform, :place, :sender, :made, :message, :beside, :body) on conflict (id) do nothing returning id
"""

KEPT_RESULT = "select * from kept_results where id = :id"

RESULT_OF_MESSAGE = """
    select * from kept_results where platform = :platform and place = :place
    and (message = :message or beside like '%|' || :message || '|%')
    order by made desc, id limit 1
"""

KEPT_RESULTS = """
    select * from kept_results where platform = :platform and sender = :sender order by made desc, id limit :most
"""

# The slug stays: it may stand in a chat already.
PUBLISH = """
    insert into published (slug, id, platform, place, until, body, poster)
    values (:slug, :id, :platform, :place, :until, :body, :poster)
    on conflict (id) do update set until = :until, body = :body, poster = :poster returning *
"""

PUBLISHED = "select * from published where slug = :slug"

VALUES = "select key, value from adapter_values where platform = :platform and scope = :scope"

SET_VALUE = """
    insert into adapter_values (platform, scope, key, value) values (:platform, :scope, :key, :value)
    on conflict (platform, scope, key) do update set value = :value returning key
"""

DELETE_VALUE = """
    delete from adapter_values where platform = :platform and scope = :scope and key = :key returning key
"""

PRUNE_JOBS = """
    delete from jobs where seq in (select seq from jobs where open = 0 and ended < :before limit :most) returning id
"""
PRUNE_SEEN = """
    delete from seen where (platform, id) in (select platform, id from seen where at < :before limit :most) returning id
"""
PRUNE_KEPT_RESULTS = """
    delete from kept_results where id in (select id from kept_results where made < :before limit :most) returning id
"""

PRUNE_PUBLISHED = """
    delete from published where slug in (select slug from published where until < :before limit :most) returning slug
"""

ENTRY = "select body from vault where name = :name"

SAVE_ENTRY = """
    insert into vault (name, body) values (:name, :body)
    on conflict (name) do update set body = :body returning name
"""
