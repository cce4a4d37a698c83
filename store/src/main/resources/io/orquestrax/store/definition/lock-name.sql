-- Which version is the highest must not change while a deployment acts on it.
SELECT pg_advisory_xact_lock(hashtextextended('orquestrax.definition ' || ? || '/' || ?, 0))
