-- One probe of message_by_partition for each partition.
SELECT own.partition
FROM unnest(?::integer[]) AS own (partition)
WHERE (
    SELECT message.id
    FROM orquestrax.message
    WHERE message.partition = own.partition
    ORDER BY message.id
    LIMIT 1
) < ?
