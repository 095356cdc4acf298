-- name: add_photo^
-- A picture, voice message or file that came; it is fetched later.
INSERT INTO photos (person_id, draft_id, case_id, role, round, kind, channel, account, ref, album, size, state, created_at)
VALUES (:person, :draft, :case_id, :role, :round, :kind, :channel, :account, :ref, :album, :size, 'wanted', :now)
RETURNING id;

-- name: photo^
-- One of them.
SELECT id, person_id, draft_id, case_id, role, round, kind, channel, account, ref, album, size, state, sha256, attempts
FROM photos WHERE id = :id;

-- name: photos_of_case
-- Those of a case, in the order in which they came.
SELECT id, person_id, draft_id, case_id, role, round, kind, channel, account, ref, album, size, state, sha256, attempts
FROM photos WHERE case_id = :case_id ORDER BY id;

-- name: photo_of_album^
-- An earlier picture of the same album: it says where a late one belongs.
SELECT id, person_id, draft_id, case_id, role, round, kind, channel, account, ref, album, size, state, sha256, attempts
FROM photos WHERE person_id = :person AND album = :album ORDER BY id LIMIT 1;

-- name: give_photos_to_case!
-- The draft has become a case, or a case's addition.
UPDATE photos SET case_id = :case_id, role = :role WHERE draft_id = :draft AND case_id IS NULL;

-- name: give_photo_to_case!
-- A picture sent with an answer belongs to the case.
UPDATE photos SET case_id = :case_id, role = :role, round = :round WHERE id = :id;

-- name: move_photos!
-- The pictures of a problem, and what its reporters have added since, belong to the case it was merged into.
UPDATE photos SET case_id = :into WHERE case_id = :case_id AND (role = :role
    OR (role = :added AND person_id IN (SELECT person_id FROM reporters WHERE reporters.case_id = :case_id)));

-- name: photos_to_fetch
-- Files that are still to be fetched and whose time has come.
SELECT id, person_id, draft_id, case_id, role, round, kind, channel, account, ref, album, size, state, sha256, attempts
FROM photos WHERE state = 'wanted' AND not_before <= :now ORDER BY not_before, id LIMIT :limit;

-- name: photo_kept!
-- Fetched, cleaned and kept under its hash.
UPDATE photos SET state = 'kept', sha256 = :sha256, size = :size, why = NULL WHERE id = :id AND state = 'wanted';

-- name: photo_kept_in_vain!
-- Forgotten while it was fetched: the file that came all the same is to be removed with the others.
UPDATE photos SET sha256 = :sha256 WHERE id = :id AND state = 'erased' AND sha256 IS NULL;

-- name: photo_later!
-- Could not be had this time.
UPDATE photos SET attempts = attempts + 1, not_before = :not_before, why = :why WHERE id = :id AND state = 'wanted';

-- name: photo_lost!
-- Can never be had.
UPDATE photos SET state = 'lost', why = :why WHERE id = :id AND state = 'wanted';

-- name: next_fetch^
-- When the next file is to be fetched whose time has not come yet.
SELECT min(not_before) AS at FROM photos WHERE state = 'wanted' AND not_before > :now;

-- name: erase_photos_of_case!
-- The photos of a case are to be forgotten; their files go next.
UPDATE photos SET state = 'erased', ref = '' WHERE case_id = :case_id;

-- name: erase_photos_of_draft!
-- The photos of a draft that was given up.
UPDATE photos SET state = 'erased', ref = '' WHERE draft_id = :draft AND case_id IS NULL;

-- name: files_to_remove
-- Files that no photo needs any more.
SELECT DISTINCT sha256 FROM photos AS gone WHERE state = 'erased' AND sha256 IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM photos WHERE photos.sha256 = gone.sha256 AND photos.state = 'kept'
);

-- name: file_removed!
-- The file is gone.
UPDATE photos SET sha256 = NULL WHERE sha256 = :sha256 AND state = 'erased';

-- name: erase_stray_photos!
-- Photos sent with an answer that was never finished.
UPDATE photos SET state = 'erased', ref = ''
WHERE case_id IS NULL AND draft_id IS NULL AND created_at < :before AND state <> 'erased';
