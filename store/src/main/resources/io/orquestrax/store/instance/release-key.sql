-- Of an instance that is closed; an open one keeps its key until the journal closes it.
DELETE FROM orquestrax.business_key held
USING orquestrax.instance closed
WHERE held.namespace = ?
  AND held.name = ?
  AND held.key = ?
  AND held.instance_id = ?
  AND closed.id = held.instance_id
  AND closed.closed_at IS NOT NULL
