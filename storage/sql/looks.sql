-- name: add_look^
-- Somebody of the office looks at who reported a case. Looks are only ever added.
INSERT INTO looks (at, person_id, case_id, reason) VALUES (:now, :by, :case_id, :reason) RETURNING id;

-- name: looks_of_case
-- The looks at one case, the oldest first.
SELECT looks.at, looks.person_id, cases.number, looks.reason
FROM looks JOIN cases ON cases.id = looks.case_id
WHERE looks.case_id = :case_id ORDER BY looks.id;

-- name: newest_looks
-- The newest looks at any case.
SELECT looks.at, looks.person_id, cases.number, looks.reason
FROM looks JOIN cases ON cases.id = looks.case_id
ORDER BY looks.id DESC LIMIT :limit;
