-- Tables like the product's, with their indexes.
CREATE SCHEMA IF NOT EXISTS bench;
DROP TABLE IF EXISTS bench.event, bench.instance;
CREATE TABLE bench.event (LIKE orquestrax.event INCLUDING ALL);
CREATE TABLE bench.instance (LIKE orquestrax.instance INCLUDING ALL);
