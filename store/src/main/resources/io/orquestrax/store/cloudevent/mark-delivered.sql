UPDATE orquestrax.cloud_event
SET delivered = true, offered = d.offered
FROM unnest(?::bigint[], ?::integer[]) AS d (position, offered)
WHERE cloud_event.position = d.position
