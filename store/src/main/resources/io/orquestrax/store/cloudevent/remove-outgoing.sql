DELETE FROM orquestrax.outgoing_event
WHERE position = ANY (?::bigint[])
