UPDATE orquestrax.node
SET state = ?
WHERE id = ? AND state <> 'leaving'
