"""Where things are kept: tables, migrations, repositories, blobs, job queue, embedded Postgres."""
