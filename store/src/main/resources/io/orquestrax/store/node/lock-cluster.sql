-- One node registers at a time, so that two that do not understand each other see each other.
SELECT name
FROM orquestrax.cluster
FOR NO KEY UPDATE
