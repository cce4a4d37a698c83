-- Makes the rows if there are none; runs under a lock on the table.
INSERT INTO orquestrax.partition (id)
SELECT generate_series(0, ? - 1)
WHERE NOT EXISTS (SELECT FROM orquestrax.partition)
