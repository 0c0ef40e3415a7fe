"""What tables does a catalogue have, and how does an older one become today's?"""

# Each entry lifts a library by one schema number, in one transaction. Never edit an entry; append.
MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE sources (
        root TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, articles INTEGER NOT NULL,
        PRIMARY KEY (root, key)
    );
    CREATE TABLE articles (
        article_id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, root TEXT NOT NULL, version INTEGER NOT NULL,
        hidden INTEGER NOT NULL DEFAULT 0, copy_group TEXT, signature BLOB
    );
    CREATE TABLE versions (
        article_id TEXT NOT NULL, version INTEGER NOT NULL, hash TEXT NOT NULL, text TEXT NOT NULL,
        title TEXT NOT NULL, source TEXT NOT NULL, url TEXT, outlet TEXT, author TEXT, published TEXT, updated TEXT,
        language TEXT NOT NULL, page_starts TEXT NOT NULL, PRIMARY KEY (article_id, version)
    );
    CREATE TABLE chunks (
        chunk_id INTEGER PRIMARY KEY, article_id TEXT NOT NULL, version INTEGER NOT NULL, start INTEGER NOT NULL,
        "end" INTEGER NOT NULL, live INTEGER NOT NULL, embedding BLOB NOT NULL
    );
    CREATE INDEX chunks_by_article ON chunks (article_id, version);
    CREATE INDEX articles_by_group ON articles (copy_group) WHERE copy_group IS NOT NULL;
    """,
    # Chunks of older versions are dropped: only their ids are kept, for as long as a derived store may still hold them.
    # The indexes cover what is asked of every row, so that neither embeddings nor texts are read for it.
    """
    CREATE TABLE retired (place INTEGER PRIMARY KEY AUTOINCREMENT, chunk_id INTEGER NOT NULL);
    INSERT OR REPLACE INTO meta SELECT 'last_chunk_id', max(
        coalesce((SELECT max(chunk_id) FROM chunks), 0),
        coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'last_chunk_id'), 0)
    );
    INSERT INTO retired (chunk_id) SELECT chunk_id FROM chunks WHERE live = 0;
    DELETE FROM chunks WHERE live = 0;
    DROP INDEX chunks_by_article;
    CREATE INDEX chunks_by_article ON chunks (article_id, version, live);
    CREATE INDEX versions_facts ON versions (article_id, version, published, outlet);
    """,
)
SCHEMA = len(MIGRATIONS)
