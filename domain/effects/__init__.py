"""What each verb does to a case and its clock, one small function a verb, by who does it.

Source: the column "needs, and what becomes of the due time" of the product's life table. Working hours are those of
the district's calendar; every number of hours, days and times is a setting of the district.
"""

from collections.abc import Mapping

from domain.act import Effect
from domain.effects import checker, lead, office, reporter, wishes
from domain.life import Verb

EFFECTS: Mapping[Verb, Effect] = {
    **reporter.EFFECTS,
    **office.EFFECTS,
    **lead.EFFECTS,
    **wishes.EFFECTS,
    **checker.EFFECTS,
}
