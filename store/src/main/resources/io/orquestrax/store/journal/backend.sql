-- The server's process behind this connection; process ids are used again, start times are not.
SELECT pid, backend_start::text
FROM pg_stat_activity
WHERE pid = pg_backend_pid()
