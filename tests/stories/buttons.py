"""The table of the buttons: every one there is, and what becomes of a press. `test_buttons` plays it."""

from itertools import chain

from tests.stories.cast import AFTER, ASKED, TYRES, Never, Row, Step

LEAD, OFFICE, PARTNER = "区交通局", "区创城办", "区综合执法大队"

EACH = Never("each speaks for themselves")
OWN = Never("it stands in one person's chat")
AGAIN = Never("twice is no other than once")
SHOWS = Never("it only shows something, as it is now")
CHANGED = Never("a word that may be changed, or said again")

VOIDED, GONE, GIVEN_UP = ("已作废", OFFICE), ("已经过时了",), ("已放弃",)
CLOSED, UNBOUND = ("已结案",), ("已经解除",)

REPLIED = Step("lead", "整改完成", (AFTER, "已清走"))

# From the card to a decision. In the end the office voids the case, and every button says so.
WORK = (
    Row("supervise", "office", "督办", "已督办", CHANGED, VOIDED, ("请抓紧",)),
    Row("correct", "office", "更改类别", "已更改", CHANGED, VOIDED, ("沿线企业与场所整治", "修车占道与废旧轮胎堆放")),
    Row("correct", "office", "更改地点", "已更改", CHANGED, VOIDED, ("长江街道", "长江社区")),
    Row("add", "resident", "补充", "已补充", EACH, VOIDED, ("还有机油",)),
    Row("acknowledge", "lead", "接单", "已接单", ("整改中", LEAD), VOIDED),
    Row("ask_extension", "lead", "申请延期", "已申请", ("已申请延期", LEAD), VOIDED, ("吊车没到", "1 周")),
    Row("beyond_request", "office", "更多操作", "更改类别", SHOWS, SHOWS),
    Row("see_request", "office", "看申请", "申请延期", SHOWS, SHOWS),
    Row("extend", "office", "同意", "已同意", ("没有等待决定", "同意延期", OFFICE), VOIDED),
    Row("ask_suspension", "lead", "挂账", "已申请", ("已申请挂账", LEAD), VOIDED, ("等拆迁", "1 周")),
    Row("decline", "office", "不同意", "已告诉单位", ("不同意申请", OFFICE), VOIDED, ("不用等",)),
    Row(
        "suspend",
        "office",
        "同意",
        "已同意",
        ("挂账", "同意挂账", OFFICE),
        VOIDED,
        before=(Step("lead", "挂账", ("等拆迁", "1 周")),),
    ),
    Row("void", "office", "作废", "已作废", VOIDED, VOIDED, ("查无此事",)),
)

RETURN_AND_CHECK = (
    Row("form_choose", "lead", "重复", "好的", OWN, GONE, before=(Step("lead", "退回"),)),
    Row("form_cancel", "lead", "取消", "已取消", OWN, GONE),
    Row("return", "lead", "退回", "已退回创城办", ("已退回", LEAD), CLOSED, ("重复", "昨天报过")),
    Row("send_back", "office", "驳回", "已驳回", ("待接单", "退回没有同意", OFFICE), CLOSED),
    Row(
        "ask",
        "office",
        "请补充",
        "已发给居民",
        CHANGED,
        CLOSED,
        ("在哪个门？",),
        before=(Step("lead", "退回", ("重复", "又报了")),),
    ),
    Row("form_menu", "office", "全部部门", LEAD, OWN, GONE, before=(Step("office", "分派"),)),
    Row("dispatch", "office", "分派", "已分派", ("待接单", "已分派", OFFICE), CLOSED, ("全部部门", LEAD)),
    Row("reply", "lead", "整改完成", "已提交核查", ("待核查", LEAD), CLOSED, (AFTER, "已清走")),
    Row("unsolved", "resident", "没解决", "已告诉核查人", EACH, CLOSED),
    Row("fail", "partner", "不通过", "已退回返工", ("整改中", "核查不通过", PARTNER), CLOSED, ("墙根还有",)),
    Row(
        "pass", "partner", "通过", "已通过，结案", ("已结案", "核查通过", PARTNER), CLOSED, (AFTER,), before=(REPLIED,)
    ),
    Row("ask_rework", "resident", "要求返工", "已交创城办", ("居民要求返工",), ASKED, ("又堆上了",)),
    Row("uphold", "office", "维持", "已告诉居民", ("维持结案", OFFICE), ("没有等待决定",), ("看过了",)),
    Row(
        "reopen",
        "office",
        "重开",
        "已重开",
        ("整改中", "已重开", OFFICE),
        ("没有等待决定",),
        before=(Step("resident", "要求返工", ("又堆上了",)),),
    ),
    Row("solved", "resident", "已解决", "谢谢", ("已结案", "居民说已解决"), CLOSED, before=(REPLIED,)),
    Row("rate", "resident", "满意", "谢谢您的评价", EACH, CHANGED),
    Row("rate", "resident", "不满意", "谢谢您的评价", EACH, CHANGED),
)

WITHDRAWN = (Row("withdraw", "resident", "撤回", "已撤回", Never("only whoever reported it alone"), ("已作废",)),)
MERGED = (Row("merge", "office", "合并", "已合并", ("已合并", OFFICE), ("已合并", OFFICE), ("XM-260421-001",)),)
REJECTED = (
    Row("reject", "office", "不予受理", "已告诉居民", ("不予受理", OFFICE), ("不予受理", OFFICE), ("不在范围",)),
)

THE_OFFICE = (
    Row("more", "lead", "更多", "正在发给您", SHOWS, SHOWS),
    Row("history", "office", "经过", "的经过", SHOWS, SHOWS),
    Row("look", "office", "查看报送人", "已记录", Never("every look is recorded"), ASKED, ("核实",)),
    Row("block", "office", "屏蔽 1", "已屏蔽", AGAIN, AGAIN),
    Row("unblock", "office", "解除屏蔽 1", "已解除屏蔽", AGAIN, AGAIN),
    Row("put_away", "office", "收起", "", OWN, AGAIN),
    Row("find_page", "office", "下一页", "第 2 页", OWN, SHOWS, before=(Step("office", "/find 井盖"),)),
    Row("open_case", "office", "XM-260421-900", "状态：", OWN, SHOWS),
    Row("person", "office", "区交通局 3", "联络员 3", OWN, UNBOUND, before=(Step("office", "/people"),)),
    Row("people_page", "office", "返回", "已绑定的人", OWN, SHOWS),
    Row("unbind", "office", "解除绑定", "要解除绑定吗", OWN, UNBOUND, before=(Step("office", "区交通局 3"),)),
    Row(
        "unbind_yes",
        "office",
        "确定解除",
        "已解除绑定",
        UNBOUND,
        UNBOUND,
        before=(
            Step("office", "/people", second=True),
            Step("office", "区交通局 3", second=True),
            Step("office", "解除绑定", second=True),
        ),
    ),
)

LISTS = (
    Row("todo_page", "lead", "下一页", "第 2 页", OWN, SHOWS, before=(Step("lead", "/todo"),)),
    Row("checks_page", "office", "下一页", "第 2 页", OWN, SHOWS, before=(Step("office", "/checks"),)),
    Row("triage_skip", "office", "下一件", "看完一遍了", OWN, SHOWS, before=(Step("office", "/triage"),)),
    Row("triage_again", "office", "从头再看", "共 1 件", OWN, SHOWS),
    Row("triage_asked", "office", "等答复的", "等居民答复", OWN, SHOWS, before=(Step("office", "下一件"),)),
    Row("asked_page", "office", "下一页", "第 2 页", OWN, SHOWS),
    Row("board_unit", "office", LEAD, "未结案件", OWN, SHOWS, before=(Step("office", "/board"),)),
    Row("board_page", "office", "返回", "看板", OWN, SHOWS),
)

PATROL = (
    Row(
        "draft_same_place",
        "lead",
        "同一处：长江农贸市场",
        "好的",
        OWN,
        GIVEN_UP,
        before=(Step("lead", "/patrol"), Step("lead", "", (TYRES, "提交", AFTER))),
    ),
    Row("draft_give_up", "lead", "确定放弃", "已放弃", OWN, GIVEN_UP, before=(Step("lead", "放弃"),)),
    Row("patrol_end", "lead", "结束巡查", "巡查结束", OWN, AGAIN),
)

RESIDENTS = (
    Row("my", "resident", "我的报送", "我的报送", OWN, SHOWS),
    Row("my_page", "resident", "下一页", "第 2 页，共 3 页", OWN, SHOWS),
    Row("open_mine", "resident", "XM-260421-904", "井盖丢了", OWN, SHOWS),
    Row("forget_no", "resident", "不删了", "已取消", OWN, AGAIN, before=(Step("resident", "/forgetme"),)),
    Row("language", "resident", "中文", "好的", OWN, AGAIN, before=(Step("resident", "/language"),)),
    Row("forget_yes", "resident", "确定删除", "已删掉", OWN, GONE, before=(Step("resident", "/forgetme"),)),
)

DRAFT = (
    Row("draft_menu", "resident", "改类别", "是哪一类问题", OWN, GIVEN_UP, before=(Step("resident", "", (AFTER,)),)),
    Row("draft_group", "resident", "广告与宣传氛围整治", "具体是哪一种", OWN, GIVEN_UP),
    Row("draft_category", "resident", "非法小广告", "好的", OWN, GIVEN_UP),
    Row("draft_street", "resident", "长江街道", "在哪个社区或村", OWN, GIVEN_UP, before=(Step("resident", "改地点"),)),
    Row("draft_community", "resident", "长江社区", "好的", OWN, GIVEN_UP),
    Row(
        "draft_whole_street",
        "resident",
        "只知道是这个街道",
        "好的",
        OWN,
        GIVEN_UP,
        before=(Step("resident", "改地点", ("长江街道",)),),
    ),
    Row("draft_unclear", "resident", "说不清", "好的", OWN, GIVEN_UP, before=(Step("resident", "改类别"),)),
    Row("draft_give_up", "resident", "确定放弃", "已放弃", OWN, GIVEN_UP, before=(Step("resident", "放弃"),)),
)
CANDIDATES = (
    Row(
        "draft_candidate",
        "resident",
        "万家超市长江店",
        "好的",
        OWN,
        SHOWS,
        before=(Step("resident", "", ("万家超市门口井盖丢了",)),),
    ),
    Row("draft_give_up", "resident", "确定放弃", "已放弃", OWN, GIVEN_UP, before=(Step("resident", "放弃"),)),
)
FILED = (
    Row(
        "draft_submit",
        "resident",
        "提交",
        "已提交，编号",
        OWN,
        ("已提交，编号",),
        before=(Step("resident", "", (TYRES,)),),
    ),
)
ADDED = (
    Row("draft_add", "resident", "补充", "好的", OWN, ("已补充到",), before=(Step("resident", "", ("还有人换机油",)),)),
)
OTHER = (Row("draft_other", "resident", "另报", "好的", OWN, SHOWS, before=(Step("resident", "", ("还有人换机油",)),)),)
JOINED = (
    Row(
        "draft_same",
        "neighbour",
        "是同一个问题",
        "已并到",
        OWN,
        ("已补充到",),
        before=(Step("neighbour", "", (TYRES,)),),
    ),
)

DRAFTS = (DRAFT, CANDIDATES, FILED, ADDED, OTHER, JOINED)

ROWS = (
    *WORK,
    *RETURN_AND_CHECK,
    *WITHDRAWN,
    *MERGED,
    *REJECTED,
    *THE_OFFICE,
    *LISTS,
    *PATROL,
    *RESIDENTS,
    *chain.from_iterable(DRAFTS),
)
