-- name: found
-- The cases somebody looks for, the newest first. Lists are strings such as |D02|D12|, and a value stands in a list when
-- taking it out makes a difference; an empty list asks for nothing. The days bound what is looked at, by `cases_filed`.
SELECT id FROM cases
WHERE filed_at >= :since AND filed_at < :until
    AND number LIKE :number ESCAPE '!'
    AND (:units = '' OR replace(:units, '|' || lead || '|', '') <> :units
        OR replace(:units, '|' || partner || '|', '') <> :units)
    AND (:areas = '' OR replace(:areas, '|' || street || '|', '') <> :areas
        OR replace(:areas, '|' || community || '|', '') <> :areas
        OR replace(:areas, '|' || lead || '|', '') <> :areas)
    AND (:categories = '' OR replace(:categories, '|' || category || '|', '') <> :categories)
    AND (:states = '' OR replace(:states, '|' || state || '|', '') <> :states)
    AND (:overdue = 0 OR (state IN ('dispatched', 'rectifying') AND due_at < :now))
    AND said LIKE :word_1 ESCAPE '!' AND said LIKE :word_2 ESCAPE '!' AND said LIKE :word_3 ESCAPE '!'
    AND said LIKE :word_4 ESCAPE '!' AND said LIKE :word_5 ESCAPE '!'
ORDER BY filed_at DESC, id DESC;
