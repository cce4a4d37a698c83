-- Batches that were sent and have left no event behind.
SELECT w.transaction::text, w.application, pg_xact_commit_timestamp(w.transaction)
FROM torture.writer w
WHERE NOT EXISTS (SELECT FROM orquestrax.event e WHERE e.xmin = w.transaction)
