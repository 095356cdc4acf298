"""Numbers to call at once, and what is urgent: rules 5 and 6 of the district's README, told in sentences."""

import pytest

from domain.gist import Kind
from reading import Reader


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ("119", "着火了着火了"),
        ("119", "楼上冒浓烟，窗户都看不见了"),
        ("119", "有人困在电梯里"),
        ("119", "小孩头卡在栏杆里了"),
        ("110", "有人拿刀"),
        ("110", "有个女的要跳桥"),
        ("110", "老人走失了"),
        ("110", "孩子掉水里了"),
        ("110", "有人偷电瓶，正在撬锁"),
        ("120", "有个大爷晕倒在路边"),
        ("120", "我妈喘不上气"),
        ("120", "工人从架子上掉下来，动不了了"),
        ("122", "前面追尾了"),
        ("120 122", "骑车的被撞飞了，满头是血"),
        ("119 120 122", "两车撞了，人卡里面"),
        ("119", "昨天着过火，楼上又着火了"),
        ("119", "从昨天晚上到现在还在着火"),
        ("119", "着火了我好害怕"),
    ],
)
def test_a_danger_under_way_is_told_its_number_and_is_no_case(reader: Reader, numbers: str, text: str) -> None:
    gist = reader.read(text)
    assert (gist.kind, gist.numbers, gist.urgent) == (Kind.EMERGENCY, tuple(numbers.split()), True)


@pytest.mark.parametrize(
    ("category", "text"),
    [
        ("1203", "一进楼道就闻到燃气味"),
        ("1203", "液化气罐在漏气"),
        ("1205", "电线断了搭在栏杆上"),
        ("1205", "变压器冒火星子，打火"),
        ("1204", "老房子快塌了，里面还住人"),
        ("1202", "山上荒草着火了，往村里烧"),
    ],
)
def test_some_dangers_are_a_case_as_well(reader: Reader, category: str, text: str) -> None:
    gist = reader.read(text)
    assert (gist.kind, gist.numbers, gist.urgent) == (Kind.REPORT, ("119",), True)
    assert (gist.categories[0], gist.clear) == (category, True)


def test_who_fell_into_an_open_manhole_is_helped_and_the_manhole_is_a_case(reader: Reader) -> None:
    gist = reader.read("井盖没了，有人掉井里了")
    assert (gist.kind, gist.numbers, gist.categories[0]) == (Kind.REPORT, ("119",), "0901")


@pytest.mark.parametrize(
    "text",
    [
        "上周这里着过火，烧剩的垃圾没清",
        "上周，楼下着火了，墙还是黑的",
        "垃圾堆着火了，消防来过，已经扑灭了",
        "垃圾桶着火了，自己灭了火，桶还能用",
        "楼下停满车，路面要塌了",
        "昨天有人打架，砸坏的凳子还没修",
        "楼道堆纸壳，万一着火怎么办",
        "楼道里停电动车充电，容易起火",
        "消防栓没水，着火了怎么救",
        "孩子上学路上车多，怕被撞",
        "这车开得太快，早晚得出车祸",
        "热得跟着火似的",
        "火锅店油烟大",
        "车撞坏了护栏",
        "这价格简直抢劫",
        "没有人受伤，就是护栏倒了",
        "煤气费太贵",
        "打人行道过都费劲",
    ],
)
def test_the_past_the_possible_and_manners_of_speaking_are_no_danger(reader: Reader, text: str) -> None:
    assert reader.read(text).numbers == ()


@pytest.mark.parametrize(
    ("urgent", "text"),
    [
        (True, "洗车店的水流到路上，滑倒俩人了"),
        (True, "救护车都堵外头了，双排停车"),
        (True, "路口红绿灯不亮了，四个方向都抢着走"),
        (True, "大坑里昨晚栽进去一个骑车的"),
        (True, "井盖没了"),  # its category is urgent
        (True, "飞线充电，好几栋楼都这样"),
        (False, "路灯不亮"),
        (False, "垃圾三天没人收"),
        (False, "拆完的残墙围挡倒了，垃圾一堆"),
    ],
)
def test_what_is_urgent(reader: Reader, urgent: bool, text: str) -> None:
    assert reader.read(text).urgent is urgent
