"""The statements: plain SQL with named parameters, the same for both databases.

What differs is written as a word in braces and put in by the driver: `{for_update}` is how a row to be claimed is held.
"""

FIRST_SIGHT = "insert into seen (platform, id, at) values (:platform, :id, :at) on conflict do nothing returning id"

ADD_JOB = """
    insert into jobs (id, platform, place, stage, open, created, body, sender, message)
    values (:id, :platform, :place, :stage, :open, :created, :body, :sender, :message) returning seq
"""

# What an edited message would take back (`going`) makes room for what comes in its place.
OPEN_COUNTS = """
    select count(*) as in_all,
        coalesce(sum(case when platform = :platform and sender = :sender then 1 else 0 end), 0) as of_person,
        coalesce(sum(case when claim = '' and stage = 'accepted' and platform = :platform and message = :message
            and :message <> '' then 1 else 0 end), 0) as going
    from jobs where open = 1
"""

ADD_OWED = """
    insert into owed (platform, id, place, at, body) values (:platform, :id, :place, :at, :body)
    on conflict do nothing returning id
"""

SETTLE = "delete from owed where platform = :platform and id = :id returning id"

TAKE_OVER_OWED = """
    update owed set at = :now where at < :before and :platforms like '%|' || platform || '|%' returning *
"""

# What was let go has become a request: brought once more it is not held again.
HOLD = """
    insert into inbox (platform, id, at, body)
    select :platform, :id, cast(:at as {real}), :body
    where not exists (select 1 from seen where platform = :platform and id = :id)
    on conflict do nothing returning id
"""

HELD = """
    select id, at, body from inbox
    where platform = :platform and substr(id, 1, length(:beginning)) = :beginning order by id
"""

LET_GO = "delete from inbox where platform = :platform and id = :id returning id"

TAKE_OVER_HELD = "update inbox set at = :now where platform = :platform and at < :before returning id, body"

WAITING_JOB = "select * from jobs where id = :id and open = 1 and claim = ''"

NOTE_STATUS = "update jobs set body = :body where id = :id and open = 1 and claim = '' returning id"

# Nobody works on them yet, so they may still become something else.
TAKE_BACK_WAITING = """
    update jobs set stage = 'cancelled', open = 0, ended = :now
    where open = 1 and claim = '' and stage = 'accepted' and platform = :platform and message = :message
    returning id
"""

# Only the oldest open job of a place can be claimed: that keeps the order, whoever does the work. A claim whose
# holder has shown no sign of life since `dead` may be taken over.
# What is ready and nobody's holds up none of its own message that is not, and can be claimed once there is none of
# those, or when it has been ready since `late`.
_CLAIMABLE = """
    candidate.open = 1 and (candidate.claim = '' or candidate.beat < :dead)
    and not exists (
        select 1 from jobs as older where older.open = 1 and older.platform = candidate.platform
        and older.place = candidate.place and older.seq < candidate.seq
        and not (older.stage = 'ready' and (older.claim = '' or older.beat < :dead)
            and candidate.stage <> 'ready' and older.message = candidate.message)
    )
    and (candidate.stage <> 'ready' or candidate.beat < :late or not exists (
        select 1 from jobs as slower where slower.open = 1 and slower.platform = candidate.platform
        and slower.place = candidate.place and slower.message = candidate.message and slower.stage <> 'ready'
    ))
    and (cast(:place as text) is null or (candidate.platform = :platform and candidate.place = :place))
    and (cast(:platforms as text) is null or :platforms like '%|' || candidate.platform || '|%')
    and (
        select count(*) from jobs as running where running.open = 1 and running.claim <> ''
        and running.beat >= :dead and running.platform = candidate.platform and running.sender = candidate.sender
    ) < :per_person
"""

CLAIM_NEXT = f"""
    update jobs set claim = :token, beat = :now where seq = (
        select candidate.seq from jobs as candidate
        where {_CLAIMABLE}
        order by candidate.seq limit 1 {{for_update}}
    ) returning *
"""  # noqa: S608 - the only text put in is ours

# Whichever job of a place is asked for, its oldest is handed out.
CLAIM = f"""
    update jobs set claim = :token, beat = :now where seq = (
        select candidate.seq from jobs as candidate
        where candidate.platform = (select platform from jobs where id = :id and open = 1)
        and candidate.place = (select place from jobs where id = :id) and {_CLAIMABLE}
        order by candidate.seq limit 1 {{for_update}}
    ) returning *
"""  # noqa: S608

# A claim is its worker's name and a number of its own.
RENEW = "update jobs set beat = :now where open = 1 and claim <> '' and substr(claim, 1, 32) = :worker returning claim"

SAVE_JOB = """
    update jobs set stage = :stage, open = :open, body = :body, beat = :now,
        claim = case when :open = 1 and :stage <> 'ready' then claim else '' end,
        ended = case when :open = 1 then 0 else :now end
    where id = :id and claim = :token and open = 1 returning id
"""

# What another one carries is nobody's while that one is open, so there is no claim to be asked for.
END_CARRIED = """
    update jobs set stage = :stage, open = 0, body = :body, claim = '', ended = :now
    where id = :id and open = 1 returning id
"""

# From here on each of them is a job like any other, which has its result to deliver.
PART = """
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

RELEASE_CLAIMS = """
    update jobs set claim = ''
    where open = 1 and claim <> '' and (cast(:place as text) is null or (platform = :platform and place = :place))
    returning id
"""

RELEASE = "update jobs set claim = '' where open = 1 and claim = :token returning id"

PROJECT = "select body from projects where platform = :platform and place = :place"

SAVE_PROJECT = """
    insert into projects (platform, place, at, body) values (:platform, :place, :at, :body)
    on conflict (platform, place) do update set at = :at, body = :body returning place
"""

NEWEST_PLACE = "select place from projects where platform = :platform order by at desc limit 1"

MOVE_PLACE = tuple(
    f"update {table} set place = :new where platform = :platform and place = :place returning place"  # noqa: S608
    for table in ("jobs", "results", "owed")
)

# What the chat has under its new key already is newer than what it had under the old one.
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
    insert into results (id, platform, place, sender, made, body)
    values (:id, :platform, :place, :sender, :made, :body) on conflict (id) do nothing returning id
"""

RESULT = "select * from results where id = :id"

RESULTS = """
    select * from results where platform = :platform and sender = :sender order by made desc, id limit :most
"""

VALUES = "select key, value from adapter_values where platform = :platform and scope = :scope"

SET_VALUE = """
    insert into adapter_values (platform, scope, key, value) values (:platform, :scope, :key, :value)
    on conflict (platform, scope, key) do update set value = :value returning key
"""

DELETE_VALUE = """
    delete from adapter_values where platform = :platform and scope = :scope and key = :key returning key
"""

# In steps, so that nobody waits long for the writer.
PRUNE_JOBS = """
    delete from jobs where seq in (select seq from jobs where open = 0 and ended < :before limit :most) returning id
"""
PRUNE_SEEN = """
    delete from seen where (platform, id) in (select platform, id from seen where at < :before limit :most) returning id
"""
PRUNE_RESULTS = """
    delete from results where id in (select id from results where made < :before limit :most) returning id
"""

ENTRY = "select body from vault where name = :name"

SAVE_ENTRY = """
    insert into vault (name, body) values (:name, :body)
    on conflict (name) do update set body = :body returning name
"""
