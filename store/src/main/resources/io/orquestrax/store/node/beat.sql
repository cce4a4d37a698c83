-- Says that a node is there, and answers who else is and what each of them owns: one row a node, and one for what is
-- owned by nobody or by a node without a row. The reader's own row is as it was before.
, beat AS (
    UPDATE orquestrax.node
    SET heartbeat_at = clock_timestamp(), load = ?::json
    WHERE id = ?
    RETURNING id
),
owned AS (
    SELECT owner, array_agg(id ORDER BY id) AS ids, array_agg(epoch ORDER BY id) AS epochs
    FROM orquestrax.partition
    GROUP BY owner
)
SELECT EXISTS (SELECT FROM beat) AS is_registered,
       (extract(epoch FROM clock_timestamp() - pg_postmaster_start_time()) * 1000)::bigint AS uptime_millis,
       node.id,
       node.version,
       node.level,
       node.peer_address,
       node.api_address,
       node.state,
       node.started_at,
       (extract(epoch FROM clock_timestamp() - node.heartbeat_at) * 1000)::bigint AS silence_millis,
       node.lock_key IN (SELECT key FROM held) AS is_locked,
       node.load,
       owned.owner,
       owned.ids,
       owned.epochs
FROM orquestrax.node
FULL JOIN owned ON owned.owner = node.id
ORDER BY node.id
