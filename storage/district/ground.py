"""The rules between units and areas: who answers for a piece of ground has its code, its kind and its street."""

from domain.district import OFFICE, Area, AreaKind, AreaLevel, Unit, UnitKind
from storage.district.faults import Fault, Rule
from storage.district.forms import Sheets
from storage.district.rows import Row
from storage.district.sheets import Sheet

_NEIGHBOURHOODS = {UnitKind.COMMUNITY, UnitKind.VILLAGE}
_GROUND = {UnitKind.STREET, *_NEIGHBOURHOODS}
_KINDS_OF_LEVEL = {
    AreaLevel.DISTRICT: (AreaKind.DISTRICT,),
    AreaLevel.STREET: (AreaKind.STREET,),
    AreaLevel.COMMUNITY: (AreaKind.COMMUNITY, AreaKind.VILLAGE),
}


def check_ground(sheets: Sheets, faults: list[Fault]) -> None:
    """Try the rules within and between units and areas."""
    _check_units(sheets.units, faults)
    _check_districts(sheets.areas, faults)
    _check_areas(sheets.areas)
    for row, area in sheets.areas:
        if area.level is not AreaLevel.DISTRICT and row.sound("code", "level"):
            _check_area_has_unit(row, area, sheets.units)
    for row, unit in sheets.units:
        if unit.kind in _GROUND and row.sound("code", "kind") and unit.code not in sheets.areas:
            row.fault("code", Rule.UNIT_WITHOUT_AREA, code=unit.code)


def _check_units(units: Sheet[Unit], faults: list[Fault]) -> None:
    streets = units.codes("kind", lambda unit: unit.kind is UnitKind.STREET)
    groups = units.codes("kind", lambda unit: unit.kind is UnitKind.GROUP)
    if OFFICE not in units:
        faults.append(Fault(units.file, None, "code", Rule.MISSING_OFFICE, {"code": OFFICE}))
    for row, unit in units:
        if row.refer("supervisor_group", unit.supervisor_group, units, Rule.UNKNOWN_UNIT):
            row.refer("supervisor_group", unit.supervisor_group, groups, Rule.NOT_A_GROUP)
        known = row.refer("parent", unit.parent, units, Rule.UNKNOWN_UNIT)
        if known and unit.kind in _NEIGHBOURHOODS and row.sound("kind"):
            row.refer("parent", row.text("parent"), streets, Rule.NOT_A_STREET)


def _check_districts(areas: Sheet[Area], faults: list[Fault]) -> None:
    """There is one district, and all the rest lies in it."""
    found = [row for row, area in areas if area.level is AreaLevel.DISTRICT and row.sound("level")]
    if areas.whole and not found:
        faults.append(Fault(areas.file, None, "level", Rule.MISSING_DISTRICT))
    for row in found[1:]:
        row.fault("level", Rule.SECOND_DISTRICT, first_row=found[0].number)


def _check_areas(areas: Sheet[Area]) -> None:
    districts = areas.codes("level", lambda area: area.level is AreaLevel.DISTRICT)
    streets = areas.codes("level", lambda area: area.level is AreaLevel.STREET)
    for row, area in areas:
        kinds = _KINDS_OF_LEVEL[area.level]
        if row.sound("level", "kind") and area.kind not in kinds:
            row.fault("kind", Rule.KIND_DIFFERS, kind=area.kind, expected=" ".join(kinds))
        if area.level is AreaLevel.STREET and row.sound("level"):
            row.refer("parent", row.text("parent"), districts, Rule.NOT_THE_DISTRICT)
        if area.level is AreaLevel.COMMUNITY and row.sound("level"):
            row.refer("parent", row.text("parent"), streets, Rule.NOT_A_STREET)


def _check_area_has_unit(row: Row, area: Area, units: Sheet[Unit]) -> None:
    row.refer("code", area.code, units, Rule.AREA_WITHOUT_UNIT)
    unit_row, unit = units.by_code.get(area.code, (row, None))
    if unit is None:
        return
    if row.sound("kind") and unit_row.sound("kind") and area.kind.value != unit.kind.value:
        unit_row.fault("kind", Rule.KIND_DIFFERS, kind=unit.kind, expected=area.kind)
    both_told = row.sound("parent") and unit_row.sound("parent")
    if both_told and area.level is AreaLevel.COMMUNITY and area.parent != unit.parent:
        unit_row.fault("parent", Rule.PARENT_DIFFERS, parent=unit.parent, expected=area.parent)
