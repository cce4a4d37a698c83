ALTER TABLE definition ADD COLUMN resources json NOT NULL DEFAULT '{}';
COMMENT ON COLUMN definition.resources IS 'What the document refers to by URIs, as it was when it was deployed: an object with a document by its URI.';
