-- name: case_by_id^
-- A case as it stands.
SELECT id, body FROM cases WHERE id = :id;

-- name: case_by_number^
-- A case by the number people say on the telephone.
SELECT id, body FROM cases WHERE number = :number;

-- name: add_case^
-- A new case.
INSERT INTO cases (number, state, category, street, community, lat_e6, lon_e6, lead, partner, due_at, wakes_at,
    filed_at, ended_at, version, said, body)
VALUES (:number, :state, :category, :street, :community, :lat_e6, :lon_e6, :lead, :partner, :due_at, :wakes_at,
    :filed_at, :ended_at, :version, :said, :body)
RETURNING id;

-- name: save_case!
-- The case after an event; changes nothing when another event came in between.
UPDATE cases SET state = :state, category = :category, street = :street, community = :community, lat_e6 = :lat_e6,
    lon_e6 = :lon_e6, lead = :lead, partner = :partner, due_at = :due_at, wakes_at = :wakes_at, ended_at = :ended_at,
    version = :version, said = :said, body = :body
WHERE id = :id AND version = :version - 1;

-- name: add_event!
-- What happened. Events are only ever added.
INSERT INTO events (case_id, seq, at, verb, part, person_id, unit, state, due_at, detail)
VALUES (:case_id, :seq, :at, :verb, :part, :person, :unit, :state, :due_at, :detail);

-- name: events_of
-- The history of a case.
SELECT seq, at, verb, part, person_id, unit, state, due_at, detail FROM events WHERE case_id = :case_id ORDER BY seq;

-- name: add_reporter!
-- Somebody reported this.
INSERT INTO reporters (person_id, case_id) VALUES (:person, :case_id) ON CONFLICT DO NOTHING;

-- name: cases_of_reporter
-- What a person reported, the newest first.
SELECT cases.id, cases.body FROM reporters JOIN cases ON cases.id = reporters.case_id
WHERE reporters.person_id = :person ORDER BY cases.id DESC LIMIT :limit OFFSET :offset;

-- name: count_of_reporter^
-- How many cases a person reported.
SELECT count(*) AS cases FROM reporters WHERE person_id = :person;

-- name: reported_since^
-- How many cases that were filed since an instant a person reported.
SELECT count(*) AS cases FROM reporters JOIN cases ON cases.id = reporters.case_id
WHERE reporters.person_id = :person AND cases.filed_at >= :since;

-- name: open_of_lead
-- What a unit has to do, the most pressing first.
SELECT id, body FROM cases WHERE lead = :unit AND state IN ('dispatched', 'rectifying')
ORDER BY due_at, id LIMIT :limit;

-- name: count_open_of_lead^
-- How much a unit has to do.
SELECT count(*) AS cases FROM cases WHERE lead = :unit AND state IN ('dispatched', 'rectifying');

-- name: checks_of_partner
-- What a paired unit has to check, the oldest first.
SELECT id, body FROM cases WHERE partner = :unit AND state = 'checking' ORDER BY id LIMIT :limit;

-- name: checks_of_area
-- What waits to be checked in an area.
SELECT id, body FROM cases WHERE (community = :area OR street = :area) AND state = 'checking' ORDER BY id LIMIT :limit;

-- name: in_check
-- What waits to be checked, the oldest first.
SELECT id, body FROM cases WHERE state = 'checking' ORDER BY id;

-- name: with_request
-- What waits for a decision of the office, told by how a body begins its request.
SELECT id, body FROM cases
WHERE state IN ('dispatched', 'rectifying', 'checking', 'closed') AND body LIKE :request ORDER BY id LIMIT :limit;

-- name: unmanned_cases
-- Cases at work with a unit that nobody can be reached of.
SELECT id, body FROM cases
WHERE state IN ('dispatched', 'rectifying', 'checking', 'suspended') AND (
    NOT EXISTS (
        SELECT 1 FROM roles JOIN peers ON peers.person_id = roles.person_id AND peers.reachable = 1
        WHERE roles.unit = cases.lead AND roles.kind = 'officer' AND roles.until_at IS NULL
    ) OR (partner IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM roles JOIN peers ON peers.person_id = roles.person_id AND peers.reachable = 1
        WHERE roles.unit = cases.partner AND roles.kind = 'officer' AND roles.until_at IS NULL
    ))
)
ORDER BY due_at, id LIMIT :limit;

-- name: in_triage
-- What waits for the office, the oldest first.
SELECT id, body FROM cases WHERE state = 'triage' ORDER BY filed_at, id LIMIT :limit;

-- name: asked_in_triage
-- What waits for the answer of a reporter, told by how a body says so; the oldest first.
SELECT id, body FROM cases WHERE state = 'triage' AND body LIKE :asked ORDER BY filed_at, id LIMIT :limit OFFSET :offset;

-- name: next_in_triage^
-- What waits for the office behind a case, and for nobody else.
SELECT id, body FROM cases
WHERE state = 'triage' AND body NOT LIKE :asked AND (filed_at > :filed_at OR (filed_at = :filed_at AND id > :id))
ORDER BY filed_at, id LIMIT 1;

-- name: triage_line^
-- How many wait for the office, how many for a reporter, and how many wait for the office up to a case.
SELECT coalesce(sum(CASE WHEN body LIKE :asked THEN 0 ELSE 1 END), 0) AS waiting,
    coalesce(sum(CASE WHEN body LIKE :asked THEN 1 ELSE 0 END), 0) AS asked,
    coalesce(sum(CASE WHEN body NOT LIKE :asked AND (filed_at < :filed_at OR (filed_at = :filed_at AND id <= :id))
        THEN 1 ELSE 0 END), 0) AS turn
FROM cases WHERE state = 'triage';

-- name: cases_nearby
-- Cases of a category in a box, open or closed lately, the newest first.
SELECT id, body FROM cases
WHERE category = :category AND lat_e6 BETWEEN :south AND :north AND lon_e6 BETWEEN :west AND :east
    AND (state IN ('triage', 'dispatched', 'rectifying', 'checking', 'suspended')
        OR (state = 'closed' AND ended_at >= :since))
ORDER BY id DESC LIMIT :limit;

-- name: waking
-- Suspended cases whose end date has come.
SELECT id FROM cases WHERE wakes_at IS NOT NULL AND wakes_at <= :now ORDER BY wakes_at, id;

-- name: next_waking^
-- When the next suspension ends.
SELECT MIN(wakes_at) AS at FROM cases WHERE wakes_at IS NOT NULL AND wakes_at > :after;

-- name: open_led
-- Every open case that has a lead, or had one that returned it.
SELECT id, body FROM cases
WHERE lead IS NOT NULL AND state IN ('triage', 'dispatched', 'rectifying', 'checking', 'suspended') ORDER BY id;

-- name: count_up^
-- The next number of a count.
INSERT INTO counters (name, value) VALUES (:name, 1)
ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value;

-- name: add_card!
-- A card of the case stands with this person, or in this group chat, from now on.
INSERT INTO cards (case_id, view, key, person_id, group_id, shows)
VALUES (:case_id, :view, :key, :person, :group_id, :shows)
ON CONFLICT (case_id, key, coalesce(person_id, 0), coalesce(group_id, 0)) DO UPDATE SET
    view = excluded.view, shows = excluded.shows;

-- name: cards_of
-- Everybody with whom a card of the case stands, and every group chat.
SELECT view, key, person_id, group_id, shows FROM cards WHERE case_id = :case_id ORDER BY key, person_id, group_id;

-- name: sorting_card^
-- The card by which somebody of the office goes through what waits in triage.
SELECT case_id, view, key, person_id, group_id, shows FROM cards WHERE person_id = :person AND view = 'sorting';

-- name: remove_card!
-- The card stands there no longer.
DELETE FROM cards WHERE case_id = :case_id AND key = :key
    AND coalesce(person_id, 0) = coalesce(:person, 0) AND coalesce(group_id, 0) = coalesce(:group_id, 0);

-- name: cases_to_erase
-- Ended cases whose texts and photos have been kept long enough.
SELECT id FROM cases WHERE ended_at < :before AND erased = 0 ORDER BY ended_at, id;

-- name: erase_case!
-- The case without what people wrote; its numbers stay.
UPDATE cases SET said = '', body = :body, erased = 1 WHERE id = :id;

-- name: erase_event!
-- An event without what people wrote.
UPDATE events SET detail = :detail WHERE case_id = :case_id AND seq = :seq;
