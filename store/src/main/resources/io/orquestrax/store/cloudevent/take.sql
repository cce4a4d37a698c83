INSERT INTO orquestrax.cloud_event_taker (position, instance_id)
SELECT position, ?
FROM unnest(?::bigint[]) AS t (position)
ON CONFLICT (position, instance_id) DO NOTHING
