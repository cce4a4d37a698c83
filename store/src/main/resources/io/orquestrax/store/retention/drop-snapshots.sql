-- Of those that went; null is a bound that is not there.
DELETE FROM orquestrax.snapshot s
WHERE (?::uuid IS NULL OR s.instance_id >= ?)
  AND (?::uuid IS NULL OR s.instance_id < ?)
  AND NOT EXISTS (SELECT FROM orquestrax.instance_r%1$d kept WHERE kept.id = s.instance_id)
