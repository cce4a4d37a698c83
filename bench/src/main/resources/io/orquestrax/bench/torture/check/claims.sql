SELECT partition, epoch, owner, application, pg_xact_commit_timestamp(xmin) AS committed_at
FROM torture.claim
ORDER BY number
