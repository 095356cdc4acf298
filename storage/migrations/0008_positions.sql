-- Where a case lies, in millionths of a degree (WGS-84), so that what was reported nearby is found by an index.
ALTER TABLE cases ADD COLUMN lat_e6 BIGINT;
ALTER TABLE cases ADD COLUMN lon_e6 BIGINT;
CREATE INDEX cases_nearby ON cases (category, lat_e6) WHERE lat_e6 IS NOT NULL;
