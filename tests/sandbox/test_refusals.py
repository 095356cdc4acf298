"""Every refusal with Telegram's own words."""

import json
from typing import Any

import pytest

from bot.sandbox import Group, Person, World
from tests.sandbox.conftest import Api, Clock, jpeg

ROW = {"text": "好", "callback_data": "x"}
CANNOT = "Bad Request: can't parse entities: "
BUTTON = "Bad Request: can't parse inline keyboard button: "


def inline(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"text": ""}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": "  \n "}, "text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "长" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "长" * 20000}, "text is too long"),
        ({"text": "x", "parse_mode": "RTF"}, "unsupported parse_mode"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "chat_id": 424242}, "chat not found"),
        ({"text": "x", "chat_id": "@nowhere"}, "chat not found"),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
        ({"text": "x", "reply_parameters": "7"}, "Object expected as reply parameters"),
        ({"text": "x", "reply_parameters": {"chat_id": 1}}, 'can\'t find field "message_id"'),
        ({"text": "x", "reply_parameters": {"message_id": "x"}}, 'field "message_id" must be a valid Number'),
        ({"text": "x", "entities": [7]}, "can't parse MessageEntity: MessageEntity must be an Object"),
        ({"text": "x", "entities": [{"type": "bold"}]}, "can't parse MessageEntity: Can't find field \"offset\""),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
        ({"text": "x", "reply_markup": inline({"text": "好", "callback_data": "x" * 65})}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": inline({"text": "好", "callback_data": "长" * 22})}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [ROW]}}, 'field "inline_keyboard" of the Inline'),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[ROW] * 101]}}, "reply markup is too long"),
        ({"text": "x", "reply_markup": inline({"text": "", "callback_data": "x"})}, "inline keyboard button text must"),
        ({"text": "x", "reply_markup": inline({"text": "好", "url": "nowhere"})}, "inline keyboard button URL 'nowhe"),
        ({"text": "x", "reply_markup": {"keyboard": ["好"]}}, 'field "keyboard" must be an Array of Arrays'),
        ({"text": "x", "reply_markup": {"keyboard": "好"}}, 'field "keyboard" must be of type Array'),
        ({"text": "x", "reply_markup": {"keyboard": [[7]]}}, "can't parse keyboard button: KeyboardButton must be"),
    ],
)
async def test_a_bad_message_is_refused(api: Api, wang: Person, parameters: dict[str, Any], description: str) -> None:
    code, words = await api.refusal("sendMessage", **({"chat_id": wang.id} | parameters))
    assert code == 400
    assert words.lower().startswith(f"bad request: {description}".lower())


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ("text", "InlineKeyboardButton must be an Object"),
        ({"callback_data": "x"}, 'Can\'t find field "text"'),
        ({"text": 7, "callback_data": "x"}, 'Field "text" must be of type String'),
        ({"text": "好"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "好", "callback_data": ""}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "好", "callback_data": "x", "style": "pink"}, "invalid button style specified"),
    ],
)
async def test_a_bad_button_is_refused(api: Api, wang: Person, button: Any, words: str) -> None:
    answer = await api.refusal("sendMessage", chat_id=wang.id, text="x", reply_markup=inline(button))
    assert answer == (400, BUTTON + words)


@pytest.mark.parametrize("data", ["x", "x" * 64, "长" * 21])
async def test_callback_data_of_1_to_64_bytes_is_taken(api: Api, wang: Person, data: str) -> None:
    await api.call("sendMessage", chat_id=wang.id, text="x", reply_markup=inline({"text": "好", "callback_data": data}))
    assert wang.chat[-1].rows[0][0].data == data


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("长<i>x</b>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("长<b", "Unclosed start tag at byte offset 3"),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a =x>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ('<tg-emoji emoji-id="x">x</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
async def test_bad_html_is_refused(api: Api, wang: Person, html: str, words: str) -> None:
    answer = await api.refusal("sendMessage", chat_id=wang.id, text=html, parse_mode="HTML")
    assert answer == (400, CANNOT + words)


@pytest.mark.parametrize(
    ("method", "parameters", "description"),
    [
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendDocument", {}, "there is no document in the request"),
        ("sendVoice", {}, "there is no voice in the request"),
        ("sendVideo", {}, "there is no video in the request"),
        ("sendPhoto", {"photo": "AgACunknown"}, "wrong file identifier/HTTP URL specified"),
        ("sendPhoto", {"photo": "https://example.org/x.jpg"}, "failed to get HTTP URL content"),
        ("sendLocation", {"latitude": "1"}, "longitude is empty"),
        ("sendVenue", {"latitude": 1, "longitude": 2}, "venue title and address must be non-empty"),
        ("sendMediaGroup", {}, 'parameter "media" is required'),
        ("sendMediaGroup", {"media": "{"}, "can't parse media JSON object"),
        ("sendMediaGroup", {"media": {}}, "expected an Array of InputMedia"),
        ("sendMediaGroup", {"media": []}, "there are no messages to send"),
        ("sendMediaGroup", {"media": [{"type": "photo"}]}, "can't parse InputMedia: media not found"),
        ("sendMediaGroup", {"media": ["x"]}, "can't parse InputMedia: expected an Object"),
        ("sendMediaGroup", {"media": [{"type": "animation"}]}, "can't parse InputMedia: type \"animation\" can't"),
        ("sendMediaGroup", {"media": [{"type": "gift", "media": "x"}]}, 'can\'t parse InputMedia: type "gift" is'),
        ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
        ("forwardMessage", {"from_chat_id": 5_000_000_001, "message_id": 99}, "message to forward not found"),
        ("copyMessage", {"from_chat_id": 5_000_000_001, "message_id": 99}, "message to copy not found"),
        ("editMessageText", {"message_id": 99, "text": "x"}, "message to edit not found"),
        ("editMessageText", {"message_id": 1, "text": "x"}, "message can't be edited"),
        ("editMessageText", {"message_id": 1}, "message text is empty"),
        ("editMessageMedia", {"message_id": 1}, 'parameter "media" is required'),
        ("deleteMessage", {"message_id": 99}, "message to delete not found"),
        ("deleteMessage", {}, "message identifier is not specified"),
        ("deleteMessage", {"chat_id": "", "message_id": 1}, "chat identifier is not specified"),
        ("getFile", {"file_id": "x"}, "invalid file_id"),
        ("getChatMember", {"user_id": 7}, "user not found"),
        ("getChatMember", {}, "invalid user_id specified"),
        ("leaveChat", {}, "chat member status can't be changed in private chats"),
        ("answerCallbackQuery", {"callback_query_id": "7"}, "query is too old and response timeout expired or query"),
        ("setMyCommands", {"commands": {}}, "expected an Array of BotCommand"),
        ("setMyCommands", {"commands": [{}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ("setMyCommands", {"commands": ["x"]}, "can't parse BotCommand: expected an Object"),
        ("setMyCommands", {"scope": []}, "can't parse BotCommandScope: BotCommandScope must be an Object"),
        ("setMyCommands", {"scope": {"type": "chat"}}, "can't parse BotCommandScope: Empty chat_id specified"),
        ("setMyCommands", {"commands": [{"command": "报告", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "x", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setMyCommands", {"commands": [{"command": "x"}]}, "can't parse BotCommand: Can't find field"),
        ("setMyCommands", {"scope": {"type": "moon"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ("setMyCommands", {"scope": {"type": "chat", "chat_id": 7}}, "chat not found"),
        (
            "setMyCommands",
            {"scope": {"type": "chat_member", "chat_id": 7}},
            "can't parse BotCommandScope: Can't find f",
        ),
        (
            "setMyCommands",
            {"scope": {"type": "chat_administrators", "chat_id": 5_000_000_001}},
            "can't use specified scope in private chats",
        ),
        ("setMyCommands", {"language_code": "zh-hans"}, "invalid language code specified"),
        ("setWebhook", {"url": "ftp://127.0.0.1"}, "invalid webhook URL specified"),
        ("setWebhook", {"url": "https://example.org"}, "bad webhook: Failed to resolve host"),
        ("setWebhook", {"url": "http://127.0.0.1:1", "secret_token": "x" * 257}, "secret token is too long"),
        ("setWebhook", {"url": "http://example.org"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            "setWebhook",
            {"url": "http://127.0.0.1:1", "secret_token": "密"},
            "secret token contains unallowed characters",
        ),
        ("setChatMenuButton", {"menu_button": {"type": "bell"}}, "can't parse menu button: MenuButton has unsupp"),
    ],
)
async def test_a_bad_call_is_refused(
    api: Api, wang: Person, method: str, parameters: dict[str, Any], description: str
) -> None:
    code, words = await api.refusal(method, **({"chat_id": wang.id} | parameters))
    assert code == 400
    assert words.lower().startswith(f"bad request: {description}".lower())


async def test_an_edit_that_changes_nothing_is_refused(api: Api, wang: Person) -> None:
    sent = await api.call("sendMessage", chat_id=wang.id, text="<b>好</b>", parse_mode="HTML", reply_markup=inline(ROW))
    same = {"chat_id": wang.id, "message_id": sent["message_id"], "text": "<b>好</b>", "parse_mode": "HTML"}
    code, words = await api.refusal("editMessageText", **same, reply_markup=inline(ROW))
    assert (code, words[:41]) == (400, "Bad Request: message is not modified: spe")
    await api.call("editMessageText", **same)
    assert wang.chat[-1].rows == ()
    await api.call("editMessageText", **(same | {"text": "<i>好</i>"}))
    assert wang.chat[-1].html == "<i>好</i>"


@pytest.mark.parametrize("method", ["editMessageText", "editMessageCaption", "editMessageReplyMarkup"])
async def test_a_message_with_a_reply_keyboard_cannot_be_edited(api: Api, wang: Person, method: str) -> None:
    sent = await api.call("sendMessage", chat_id=wang.id, text="在哪里？", reply_markup={"keyboard": [["这里"]]})
    answer = await api.refusal(method, chat_id=wang.id, message_id=sent["message_id"], text="x", caption="x")
    assert answer == (400, "Bad Request: message can't be edited")


async def test_a_locked_message_cannot_be_edited(api: Api, wang: Person) -> None:
    sent = await api.call("sendMessage", chat_id=wang.id, text="x")
    wang.room.messages[sent["message_id"]].locked = True
    answer = await api.refusal("editMessageText", chat_id=wang.id, message_id=sent["message_id"], text="y")
    assert answer == (400, "Bad Request: message can't be edited")


async def test_text_and_caption_are_not_mixed_up(api: Api, wang: Person) -> None:
    _, envelope = await api.upload("sendPhoto", {"photo": ("x.jpg", jpeg())}, chat_id=str(wang.id))
    photo = {"chat_id": wang.id, "message_id": envelope["result"]["message_id"]}
    words = (await api.refusal("editMessageText", **photo, text="x"))[1]
    assert words == "Bad Request: there is no text in the message to edit"
    sent = await api.call("sendMessage", chat_id=wang.id, text="x")
    text = {"chat_id": wang.id, "message_id": sent["message_id"]}
    words = (await api.refusal("editMessageCaption", **text, caption="x"))[1]
    assert words == "Bad Request: there is no caption in the message to edit"


async def test_captions_have_1024_units(api: Api, wang: Person) -> None:
    photo = {"photo": ("x.jpg", jpeg())}
    status, _ = await api.upload("sendPhoto", photo, chat_id=str(wang.id), caption="长" * 1024)
    assert status == 200
    status, envelope = await api.upload("sendPhoto", photo, chat_id=str(wang.id), caption="长" * 1025)
    assert (status, envelope["description"]) == (400, "Bad Request: message caption is too long")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (jpeg()[:200], "IMAGE_PROCESS_FAILED"),
        (jpeg(21, 1), "PHOTO_INVALID_DIMENSIONS"),
        (b"", "file must be non-empty"),
    ],
)
async def test_what_is_no_picture_is_no_photo(api: Api, wang: Person, data: bytes, words: str) -> None:
    status, envelope = await api.upload("sendPhoto", {"photo": ("x.jpg", data)}, chat_id=str(wang.id))
    assert (status, envelope["description"]) == (400, f"Bad Request: {words}")


async def test_an_album_holds_ten(api: Api, wang: Person) -> None:
    files = {f"p{n}": ("x.jpg", jpeg()) for n in range(11)}
    media = json.dumps([{"type": "photo", "media": f"attach://{name}"} for name in files])
    status, envelope = await api.upload("sendMediaGroup", files, chat_id=str(wang.id), media=media)
    assert (status, envelope["description"]) == (400, "Bad Request: too many messages to send as an album")


async def test_documents_and_photos_do_not_share_an_album(api: Api, wang: Person) -> None:
    files = {"a": ("x.jpg", jpeg()), "b": ("x.txt", b"x")}
    media = json.dumps([{"type": "photo", "media": "attach://a"}, {"type": "document", "media": "attach://b"}])
    _, envelope = await api.upload("sendMediaGroup", files, chat_id=str(wang.id), media=media)
    assert envelope["description"] == "Bad Request: document can't be mixed with other media types"


async def test_a_photo_id_is_no_document(api: Api, wang: Person) -> None:
    wang.sends_photo(jpeg())
    best = wang.room.messages[wang.chat[-1].id].as_json()["photo"][-1]["file_id"]
    await api.call("sendPhoto", chat_id=wang.id, photo=best)
    words = (await api.refusal("sendDocument", chat_id=wang.id, document=best))[1]
    assert words == "Bad Request: can't use file of type Photo as Document"


async def test_after_48_hours_nothing_can_be_deleted(api: Api, wang: Person, clock: Clock) -> None:
    sent = await api.call("sendMessage", chat_id=wang.id, text="x")
    clock.advance(48 * 3600 + 1)
    answer = await api.refusal("deleteMessage", chat_id=wang.id, message_id=sent["message_id"])
    assert answer == (400, "Bad Request: message can't be deleted for everyone")


async def test_who_never_started_cannot_be_written_to(api: Api, world: World) -> None:
    stranger = world.person("李大爷")
    answer = await api.refusal("sendMessage", chat_id=stranger.id, text="x")
    assert answer == (403, "Forbidden: bot can't initiate conversation with a user")


async def test_who_blocked_the_bot_cannot_be_written_to(api: Api, wang: Person) -> None:
    wang.blocks_bot()
    answer = await api.refusal("sendMessage", chat_id=wang.id, text="x")
    assert answer == (403, "Forbidden: bot was blocked by the user")
    wang.start()
    await api.call("sendMessage", chat_id=wang.id, text="x")


async def test_a_deleted_account_cannot_be_written_to(api: Api, wang: Person) -> None:
    wang.deactivates()
    assert await api.refusal("sendMessage", chat_id=wang.id, text="x") == (403, "Forbidden: user is deactivated")


@pytest.mark.parametrize(("supergroup", "kind"), [(False, "group"), (True, "supergroup")])
async def test_a_group_without_the_bot_refuses(
    api: Api, world: World, wang: Person, supergroup: bool, kind: str
) -> None:
    group = world.group("环卫组", [wang], supergroup=supergroup)
    answer = await api.refusal("sendMessage", chat_id=group.id, text="x")
    assert answer == (403, f"Forbidden: bot is not a member of the {kind} chat")
    group.adds_bot(wang)
    await api.call("sendMessage", chat_id=group.id, text="x")
    group.kicks_bot(wang)
    answer = await api.refusal("sendMessage", chat_id=group.id, text="x")
    assert answer == (403, f"Forbidden: bot was kicked from the {kind} chat")


async def test_a_group_that_moved_names_its_new_id(api: Api, world: World, wang: Person) -> None:
    group = world.group("环卫组", [wang])
    group.adds_bot(wang)
    larger = world.upgrades(group, wang)
    status, envelope = await api.answer("sendMessage", chat_id=group.id, text="x")
    assert (status, envelope["description"]) == (
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
    )
    assert envelope["parameters"] == {"migrate_to_chat_id": larger.id}
    await api.call("sendMessage", chat_id=larger.id, text="x")


@pytest.fixture
def forum(world: World, wang: Person) -> Group:
    group = world.group("街道工作群", [wang], forum=True)
    group.adds_bot(wang)
    return group


async def test_a_topic_can_be_closed_and_deleted(api: Api, forum: Group, wang: Person) -> None:
    topic = forum.opens_topic("环境卫生", wang)
    here = {"chat_id": forum.id, "message_thread_id": topic.thread, "text": "x"}
    sent = await api.call("sendMessage", **here)
    assert sent["message_thread_id"] == topic.thread
    assert sent["is_topic_message"]
    forum.closes_topic(topic, wang)
    assert await api.refusal("sendMessage", **here) == (400, "Bad Request: TOPIC_CLOSED")
    forum.makes_bot_admin(wang)
    await api.call("sendMessage", **here)
    forum.deletes_topic(topic)
    assert await api.refusal("sendMessage", **here) == (400, "Bad Request: message thread not found")


@pytest.mark.parametrize(("field", "what"), [("request_location", "location"), ("request_contact", "phone number")])
async def test_positions_and_numbers_can_be_asked_for_in_private_only(
    api: Api, forum: Group, wang: Person, field: str, what: str
) -> None:
    keyboard = {"keyboard": [[{"text": "发送", field: True}]]}
    await api.call("sendMessage", chat_id=wang.id, text="x", reply_markup=keyboard)
    words = (await api.refusal("sendMessage", chat_id=forum.id, text="x", reply_markup=keyboard))[1]
    assert words == f"Bad Request: {what} can be requested in private chats only"


async def test_edits_take_inline_keyboards_only(api: Api, wang: Person) -> None:
    sent = await api.call("sendMessage", chat_id=wang.id, text="x")
    edit = {"chat_id": wang.id, "message_id": sent["message_id"], "text": "y"}
    answer = await api.refusal("editMessageText", **edit, reply_markup={"keyboard": [["好"]]})
    assert answer == (400, "Bad Request: inline keyboard expected")


async def test_a_wrong_token_is_unauthorized(api: Api) -> None:
    for token, words in (("1:wrong", "Unauthorized"), ("wrong", "Unauthorized: invalid token specified")):
        async with api.session.get(f"{api.sandbox.base_url}{token}/getMe") as response:
            assert response.status == 401
            assert (await response.json())["description"] == words


async def test_an_unknown_method_is_not_found(api: Api, world: World) -> None:
    assert await api.refusal("sendFlowers") == (404, "Not Found: method not found")
    assert world.complaints == ["unknown method sendFlowers"]


async def test_unknown_parameters_are_complained_about(api: Api, world: World, wang: Person) -> None:
    await api.call("sendMessage", chat_id=wang.id, text="x", parsemode="HTML")
    assert world.complaints == ["sendMessage has no parameter parsemode"]


async def test_after_log_out_nothing_works(api: Api) -> None:
    await api.call("logOut")
    assert await api.refusal("getMe") == (400, "Logged out")


async def test_only_some_messages_can_become_another_medium(api: Api, wang: Person) -> None:
    wang.sends_photo(jpeg())
    photo = wang.room.messages[wang.chat[-1].id].as_json()["photo"][-1]["file_id"]
    pin = await api.call("sendLocation", chat_id=wang.id, latitude=1, longitude=2)
    where = {"chat_id": wang.id, "message_id": pin["message_id"]}
    medium = {"type": "photo", "media": photo}
    assert (await api.refusal("editMessageMedia", **where, media=medium))[1] == "Bad Request: message can't be edited"
    album = await api.call("sendMediaGroup", chat_id=wang.id, media=[medium, medium])
    wang.sends_file(b"x", "x.txt")
    document = wang.room.messages[wang.chat[-1].id].as_json()["document"]["file_id"]
    where["message_id"] = album[0]["message_id"]
    answer = await api.refusal("editMessageMedia", **where, media={"type": "document", "media": document})
    assert answer == (400, "Bad Request: can't use the media of the specified type in the album")


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("deleteMessage", {"message_id": 1}),
        ("editMessageText", {"message_id": 1, "text": "x"}),
        ("getChat", {}),
        ("getChatMember", {"user_id": 5_000_000_001}),
        ("leaveChat", {}),
        ("sendChatAction", {"action": "typing"}),
        ("sendMediaGroup", {"media": []}),
    ],
)
async def test_a_bot_that_was_thrown_out_can_do_nothing(
    api: Api, world: World, wang: Person, method: str, parameters: dict[str, Any]
) -> None:
    group = world.group("环卫组", [wang])
    group.adds_bot(wang)
    group.kicks_bot(wang)
    if method == "sendMediaGroup":
        photo = wang.sends_photo(jpeg()).as_json()["photo"][-1]["file_id"]
        parameters = {"media": [{"type": "photo", "media": photo}] * 2}
    answer = await api.refusal(method, chat_id=group.id, **parameters)
    assert answer == (403, "Forbidden: bot was kicked from the group chat")


async def test_service_messages_are_not_passed_on(api: Api, world: World, wang: Person) -> None:
    group = world.group("环卫组", [wang])
    group.adds_bot(wang)
    joined = {"from_chat_id": group.id, "message_id": group.chat[-1].id, "chat_id": wang.id}
    assert (await api.refusal("forwardMessage", **joined))[1] == "Bad Request: message can't be forwarded"
    assert (await api.refusal("copyMessage", **joined))[1] == "Bad Request: message can't be copied"
