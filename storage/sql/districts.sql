-- name: newest_district^
-- The district as it was loaded last.
SELECT version, loaded_at, files FROM districts ORDER BY version DESC LIMIT 1;

-- name: district_version^
-- Which load of the district counts.
SELECT version FROM districts ORDER BY version DESC LIMIT 1;

-- name: add_district^
-- A load of the district's files.
INSERT INTO districts (loaded_at, files) VALUES (:now, :files) RETURNING version;

-- name: kept^
-- A value kept by name.
SELECT value FROM kept WHERE name = :name;

-- name: keep!
-- Keep a value by name.
INSERT INTO kept (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;
