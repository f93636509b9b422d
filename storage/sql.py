"""The statements and the schema: plain SQL with named parameters."""

# Run forward in order; the database's user_version is how many have been run. Never edited once released.
MIGRATIONS = (
    """
    create table seen (platform text not null, id text not null, at real not null, primary key (platform, id));
    create table jobs (
        seq integer primary key, id text not null unique,
        platform text not null, place text not null,
        stage text not null, open integer not null, claim text not null default '',
        created real not null, body text not null
    );
    create index jobs_open on jobs (platform, place, seq) where open = 1;
    create table projects (
        platform text not null, place text not null, at real not null, body text not null,
        primary key (platform, place)
    );
    """,
    """
    create table results (
        id text primary key, platform text not null, place text not null, sender text not null,
        made double precision not null, body text not null
    );
    create index results_sender on results (platform, sender, made);
    create table preferences (
        platform text not null, place text not null, body text not null, primary key (platform, place)
    );
    """,
)

FIRST_SIGHT = "insert into seen (platform, id, at) values (:platform, :id, :at) on conflict do nothing returning id"

ADD_JOB = """
    insert into jobs (id, platform, place, stage, open, created, body)
    values (:id, :platform, :place, :stage, :open, :created, :body)
"""

# Only the oldest open job of a place can be claimed: that keeps the order, whoever does the work.
CLAIM_NEXT = """
    update jobs set claim = :token where seq = (
        select seq from jobs as candidate
        where open = 1 and claim = '' and (:place is null or (platform = :platform and place = :place))
        and not exists (
            select 1 from jobs as older where older.open = 1 and older.platform = candidate.platform
            and older.place = candidate.place and older.seq < candidate.seq
        )
        order by seq limit 1
    ) returning *
"""

SAVE_JOB = """
    update jobs set stage = :stage, open = :open, body = :body, claim = case when :open = 1 then claim else '' end
    where id = :id and claim = :token and open = 1 returning id
"""

JOB = "select * from jobs where id = :id"

CANCEL = "update jobs set stage = 'cancelled', open = 0, claim = '' where id = :id and open = 1 returning id"

OPEN_JOBS = """
    select * from jobs where open = 1 and (:place is null or (platform = :platform and place = :place))
    order by seq
"""

RELEASE_CLAIMS = """
    update jobs set claim = ''
    where open = 1 and claim <> '' and (:place is null or (platform = :platform and place = :place)) returning id
"""

PROJECT = "select body from projects where platform = :platform and place = :place"

SAVE_PROJECT = """
    insert into projects (platform, place, at, body) values (:platform, :place, :at, :body)
    on conflict (platform, place) do update set at = :at, body = :body returning place
"""

NEWEST_PLACE = "select place from projects where platform = :platform order by at desc limit 1"

MOVE_PLACE = tuple(
    f"update {table} set place = :new where platform = :platform and place = :place returning place"  # noqa: S608
    for table in ("jobs", "results")
)

# What the chat has under its new key already is newer than what it had under the old one.
MOVE_IF_FREE = tuple(
    f"update {table} set place = :new where platform = :platform and place = :place"  # noqa: S608
    f" and not exists (select 1 from {table} as taken where taken.platform = :platform and taken.place = :new)"
    " returning place"
    for table in ("projects", "preferences")
)

KEEP_RESULT = """
    insert into results (id, platform, place, sender, made, body)
    values (:id, :platform, :place, :sender, :made, :body) on conflict (id) do nothing returning id
"""

RESULT = "select * from results where id = :id"

RESULTS = """
    select * from results where platform = :platform and sender = :sender order by made desc, id limit :most
"""

PREFERENCES = "select body from preferences where platform = :platform and place = :place"

SAVE_PREFERENCES = """
    insert into preferences (platform, place, body) values (:platform, :place, :body)
    on conflict (platform, place) do update set body = :body returning place
"""
