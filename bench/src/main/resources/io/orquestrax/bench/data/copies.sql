-- What distinguishes the copies from their template.
CREATE TEMPORARY TABLE copy AS
SELECT c.id::uuid AS id,
       c.partition,
       c.later_micros * interval '1 microsecond' AS later,
       c.due_later_micros * interval '1 microsecond' AS due_later
FROM unnest(?::text[], ?::integer[], ?::bigint[], ?::bigint[]) AS c (id, partition, later_micros, due_later_micros)
