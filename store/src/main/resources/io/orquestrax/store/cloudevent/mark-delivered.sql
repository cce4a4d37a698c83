UPDATE orquestrax.cloud_event
SET delivered = true
FROM unnest(?::bigint[]) AS d (position)
WHERE cloud_event.position = d.position
