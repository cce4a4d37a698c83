INSERT INTO orquestrax.message (id, partition, instance_id, kind, position, data)
SELECT m.id::uuid, m.partition, m.instance_id::uuid, m.kind, m.position, m.data::json
FROM unnest(?::text[], ?::integer[], ?::text[], ?::text[], ?::bigint[], ?::text[])
    AS m (id, partition, instance_id, kind, position, data)
