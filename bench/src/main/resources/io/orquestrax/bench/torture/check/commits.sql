-- Each transaction of the journal once for every partition that it wrote, with the process that wrote it.
SELECT DISTINCT i.partition, e.xmin::text, w.application, pg_xact_commit_timestamp(e.xmin) AS committed_at
FROM orquestrax.event e
JOIN orquestrax.instance i ON i.id = e.instance_id
JOIN torture.writer w ON w.transaction = e.xmin
ORDER BY committed_at, i.partition
