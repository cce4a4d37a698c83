-- A slice of those that nobody needs any more; one that a message is still to bring is kept.
WITH removed AS (
    DELETE FROM orquestrax.cloud_event
    WHERE position IN (
        SELECT old.position
        FROM orquestrax.cloud_event old
        WHERE old.received_at < ?
          AND old.delivered
          AND NOT EXISTS (SELECT 1 FROM orquestrax.message WHERE message.position = old.position)
        ORDER BY old.received_at
        LIMIT ?
    )
    RETURNING position
),
forgotten AS (
    DELETE FROM orquestrax.cloud_event_taker
    USING removed
    WHERE cloud_event_taker.position = removed.position
)
SELECT count(*) FROM removed
