-- Ends the process behind an earlier connection if it still runs, and waits for its end: true if it has ended.
SELECT pg_terminate_backend(pid, 10000)
FROM pg_stat_activity
WHERE pid = ? AND backend_start = ?::timestamptz
