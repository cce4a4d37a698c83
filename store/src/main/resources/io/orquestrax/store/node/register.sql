-- Again where the node lost its connection, or its row.
INSERT INTO orquestrax.node
    (id, lock_key, version, level, peer_address, api_address, state, started_at, heartbeat_at, load)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp(), '{}')
ON CONFLICT (id) DO UPDATE
    SET lock_key = excluded.lock_key,
        heartbeat_at = excluded.heartbeat_at
