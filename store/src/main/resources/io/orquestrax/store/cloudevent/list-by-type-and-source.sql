-- As a range of its index, for the reason that instance/list-by-status.sql gives.
SELECT e.position, e.source, e.id, e.type, e.subject, e.origin, e.received_at, e.delivered,
       e.offered, e.consumed, NULL AS envelope,
       (SELECT count(*) FROM (SELECT FROM orquestrax.cloud_event_taker t WHERE t.position = e.position LIMIT 100) AS first)
           AS taken
FROM orquestrax.cloud_event e
WHERE (e.type, e.source) >= (?, ?)
  AND (e.type, e.source, e.position) < (?, ?, ?)
ORDER BY e.type DESC, e.source DESC, e.position DESC
LIMIT ?
