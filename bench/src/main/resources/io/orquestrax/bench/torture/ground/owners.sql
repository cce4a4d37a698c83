-- Who owns each partition now, as the witness knows it; empty where it was released.
SELECT DISTINCT ON (partition) CASE WHEN owner IS NULL THEN '' ELSE application END
FROM torture.claim
ORDER BY partition, number DESC
