-- At which case somebody of the office is, who goes through what waits in triage: one card of this view a person.
CREATE INDEX cards_sorting ON cards (person_id) WHERE view = 'sorting';
