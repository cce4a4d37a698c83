-- How many events of a batch stand in the history exactly as the batch has them: all or none, if the batch was ours.
SELECT count(*)
FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::integer[], ?::text[], ?::text[], ?::text[])
    AS e (instance_id, sequence, time_micros, activation, attempt, type, task, data)
JOIN orquestrax.event stored
    ON stored.instance_id = e.instance_id::uuid
   AND stored.sequence = e.sequence
   AND stored.time = timestamptz 'epoch' + e.time_micros * interval '1 microsecond'
   AND stored.activation = e.activation
   AND stored.attempt = e.attempt
   AND stored.type = e.type
   AND stored.task IS NOT DISTINCT FROM e.task
   AND stored.data::text = e.data
