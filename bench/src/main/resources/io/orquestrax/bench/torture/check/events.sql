-- Of all instances, in the order of instances.sql; xmin is the transaction that wrote the row.
SELECT instance_id::text,
       sequence,
       type,
       time,
       pg_xact_commit_timestamp(xmin) AS committed_at,
       activation,
       attempt,
       data ->> 'executed' AS executed,
       data ->> 'due' AS due,
       data ->> 'position' AS position
FROM orquestrax.event
ORDER BY instance_id, sequence
