UPDATE orquestrax.partition
SET owner = NULL
WHERE owner = ? AND id = ANY (?)
