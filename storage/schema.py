"""The tables, as migration steps: the same text for both databases.

What differs is a word in braces that the driver fills in: `{identity}` the counting primary key, `{real}` a
double, `{sender_in_body}` the person of an old row, `{message_in_body}` its message, `{pairs_in_body}` its keys and
values.
"""

# Run in order; the database knows how many have been run. Never edited once released.
MIGRATIONS = (
    """
    create table seen (platform text not null, id text not null, at {real} not null, primary key (platform, id));
    create table jobs (
        seq {identity}, id text not null unique,
        platform text not null, place text not null,
        stage text not null, open integer not null, claim text not null default '',
        created {real} not null, body text not null
    );
    create index jobs_open on jobs (platform, place, seq) where open = 1;
    create table projects (
        platform text not null, place text not null, at {real} not null, body text not null,
        primary key (platform, place)
    );
    """,
    """
    create table results (
        id text primary key, platform text not null, place text not null, sender text not null,
        made {real} not null, body text not null
    );
    create index results_sender on results (platform, sender, made);
    create table preferences (
        platform text not null, place text not null, body text not null, primary key (platform, place)
    );
    """,
    """
    alter table jobs add column sender text not null default '';
    alter table jobs add column message text not null default '';
    alter table jobs add column beat {real} not null default 0;
    alter table jobs add column ended {real} not null default 0;
    update jobs set sender = {sender_in_body}, ended = case when open = 1 then 0 else created end;
    create index jobs_of_message on jobs (platform, message) where open = 1;
    create index jobs_of_sender on jobs (platform, sender) where open = 1;
    create index jobs_ended on jobs (ended) where open = 0;
    create index seen_at on seen (at);
    create index results_made on results (made);
    """,
    """
    create table owed (
        platform text not null, id text not null, place text not null, at {real} not null, body text not null,
        primary key (platform, id)
    );
    create table inbox (
        platform text not null, id text not null, at {real} not null, body text not null, primary key (platform, id)
    );
    create table vault (name text primary key, body text not null);
    """,
    # What is open is found at once, however many finished rows lie around; by its message it is seldom looked for.
    "create index jobs_in_line on jobs (seq) where open = 1; drop index jobs_of_message;",
    # What adapters keep stood in one JSON body a place, also where there was no such place.
    """
    create table adapter_values (
        platform text not null, scope text not null, key text not null, value text not null,
        primary key (platform, scope, key)
    );
    insert into adapter_values (platform, scope, key, value)
        select preferences.platform, preferences.place, pair.key, pair.value
        from preferences, {pairs_in_body} as pair where pair.value <> '';
    drop table preferences;
    alter table owed rename to outbox;
    alter table results rename to kept_results;
    drop index results_sender;
    drop index results_made;
    create index kept_results_sender on kept_results (platform, sender, made);
    create index kept_results_made on kept_results (made);
    alter table jobs rename column beat to heartbeat;
    """,
    # A reply to a result is found by the result's message.
    """
    alter table kept_results add column message text not null default '';
    update kept_results set message = {message_in_body};
    create index kept_results_message on kept_results (platform, place, message);
    """,
    # An album is several messages, and whoever replies to any of them means its result.
    "alter table kept_results add column beside text not null default '';",
    # Pages of results, found by the last part of their path. The picture stands apart from what is read of them.
    """
    create table published (
        slug text primary key, id text not null unique, platform text not null, place text not null,
        until {real} not null, body text not null, poster text not null
    );
    create index published_until on published (until);
    """,
)
