-- name: on_board
-- Open cases that units lead or have to check, and those of some categories. Lists are strings such as |D02|D12|, and a
-- value stands in a list when taking it out makes a difference.
SELECT id, body FROM cases
WHERE state IN ('dispatched', 'rectifying', 'checking', 'suspended') AND (
    replace(:units, '|' || lead || '|', '') <> :units OR replace(:units, '|' || partner || '|', '') <> :units
    OR replace(:categories, '|' || category || '|', '') <> :categories
)
ORDER BY id;
