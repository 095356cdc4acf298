"""python-telegram-bot's own client, with its own HTTP, works for every method of the table."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import telegram
from PIL import Image
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.ext import Application, MessageHandler, filters

from bot.sandbox import Group, Person, Sandbox, World
from bot.sandbox.methods import TABLE
from bot.sandbox.pictures import picture, with_position
from tests.sandbox.conftest import jpeg

KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton("接单", callback_data="a"), InlineKeyboardButton("退回", url="a.cn")]]
)


@pytest.fixture(autouse=True)
async def nothing_to_complain_about(world: World) -> AsyncIterator[None]:
    yield
    assert world.complaints == []


async def test_text_with_buttons(bot: telegram.Bot, wang: Person) -> None:
    sent = await bot.send_message(
        wang.id,
        "<b>案件</b> XM-260421-007",
        parse_mode="HTML",
        reply_markup=KEYBOARD,
        reply_parameters=telegram.ReplyParameters(1),
        link_preview_options=telegram.LinkPreviewOptions(is_disabled=True),
        disable_notification=True,
    )
    assert sent.text == "案件 XM-260421-007"
    assert sent.reply_to_message
    assert sent.reply_markup == KEYBOARD
    shown = wang.last
    assert shown
    assert (shown.html, shown.buttons, shown.reply_to) == ("<b>案件</b> XM-260421-007", ["接单", "退回"], 1)


async def test_photo_edited_to_another(bot: telegram.Bot, wang: Person) -> None:
    sent = await bot.send_photo(wang.id, jpeg(), caption="整改前", reply_markup=KEYBOARD)
    assert sent.photo[-1].width == 640
    await bot.edit_message_caption(wang.id, sent.message_id, caption="<i>整改后</i>", parse_mode="HTML")
    edited = await bot.edit_message_media(
        InputMediaPhoto(jpeg(320, 320), caption="整改后"), wang.id, sent.message_id, reply_markup=KEYBOARD
    )
    assert isinstance(edited, telegram.Message)
    assert edited.photo[-1].width == 320
    shown = wang.last
    assert shown
    assert (shown.text, shown.edits, shown.buttons) == ("整改后", 2, ["接单", "退回"])


async def test_text_edited_to_a_photo(bot: telegram.Bot, wang: Person) -> None:
    sent = await bot.send_message(wang.id, "照片在路上")
    await bot.edit_message_media(InputMediaPhoto(jpeg(), caption="到了"), wang.id, sent.message_id)
    shown = wang.last
    assert shown
    assert (shown.kind, shown.text) == ("photo", "到了")
    await bot.edit_message_reply_markup(wang.id, sent.message_id, reply_markup=KEYBOARD)
    await bot.edit_message_text("文字", wang.id, (await bot.send_message(wang.id, "x")).message_id)
    assert [bubble.text for bubble in wang.chat] == ["/start", "到了", "文字"]


async def test_files_of_every_kind(bot: telegram.Bot, wang: Person) -> None:
    document = (await bot.send_document(wang.id, b"a,b\n", filename="台账.csv", caption="x")).document
    assert document
    assert (document.file_name, document.file_size) == ("台账.csv", 4)
    assert (await bot.send_voice(wang.id, b"OggS", duration=3)).voice
    assert (await bot.send_video(wang.id, b"mp4", width=10, height=20, duration=3)).video
    assert [bubble.kind for bubble in wang.chat][1:] == ["document", "voice", "video"]
    assert wang.chat[1].file == b"a,b\n"


async def test_albums(bot: telegram.Bot, wang: Person) -> None:
    sent = await bot.send_media_group(
        wang.id, [InputMediaPhoto(jpeg(), caption="两张"), InputMediaPhoto(jpeg(colour="blue"))]
    )
    assert len({message.media_group_id for message in sent}) == 1
    assert [bubble.text for bubble in wang.chat][1:] == ["两张", ""]
    again = await bot.send_media_group(wang.id, [InputMediaPhoto(message.photo[-1].file_id) for message in sent])
    assert [m.photo[-1].file_unique_id for m in again] == [m.photo[-1].file_unique_id for m in sent]


async def test_places(bot: telegram.Bot, wang: Person) -> None:
    pin = (await bot.send_location(wang.id, 41.8, 123.4)).location
    assert pin
    assert pin.latitude == 41.8
    venue = (await bot.send_venue(wang.id, 41.8, 123.4, "早市", "幸福路")).venue
    assert venue
    assert venue.title == "早市"
    assert wang.chat[-1].spot == (41.8, 123.4)


async def test_passing_on_copying_taking_back(bot: telegram.Bot, wang: Person) -> None:
    sent = await bot.send_photo(wang.id, jpeg(), caption="x", reply_markup=KEYBOARD)
    forwarded = await bot.forward_message(wang.id, wang.id, sent.message_id)
    assert isinstance(forwarded.forward_origin, telegram.MessageOriginUser)
    copied = await bot.copy_message(wang.id, wang.id, sent.message_id, caption="y")
    assert wang.chat[-1].text == "y"
    await bot.delete_message(wang.id, copied.message_id)
    assert [bubble.text for bubble in wang.chat] == ["/start", "x", "x"]


async def test_a_file_comes_back_byte_for_byte_but_a_photo_loses_its_position(
    bot: telegram.Bot, world: World, wang: Person
) -> None:
    original = with_position(picture("tyres"), 41.8, 123.4)
    wang.sends_file(original, "IMG.jpg")
    wang.sends_photo(original)
    _, as_file, as_photo = await bot.get_updates()
    assert as_file.message
    assert as_file.message.document
    fetched = await (await bot.get_file(as_file.message.document)).download_as_bytearray()
    assert bytes(fetched) == original
    assert Image.open(io.BytesIO(fetched)).getexif().get_ifd(0x8825)
    assert as_photo.message
    scaled = await (await bot.get_file(as_photo.message.photo[-1])).download_as_bytearray()
    assert not Image.open(io.BytesIO(scaled)).getexif()
    assert len(world.called("getFile")) == 2


async def test_presses_are_answered(bot: telegram.Bot, wang: Person) -> None:
    await bot.send_message(wang.id, "草稿", reply_markup=KEYBOARD)
    pressed = wang.presses("接单")
    query = (await bot.get_updates(offset=-1))[0].callback_query
    assert query
    await query.answer("已接单", show_alert=True)
    assert pressed.answer
    assert (pressed.answer.text, pressed.answer.alert) == ("已接单", True)
    with pytest.raises(telegram.error.BadRequest, match="Query is too old"):
        await query.answer("再来")


async def test_the_bots_menu(bot: telegram.Bot, world: World, wang: Person) -> None:
    scope = telegram.BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([("report", "报送")])
    await bot.set_my_commands([("report", "报告")], scope=scope, language_code="zh")
    assert [c.description for c in await bot.get_my_commands(scope, "zh")] == ["报告"]
    assert world.settings.menu(wang.id, "zh-hans") == [{"command": "report", "description": "报告"}]
    assert world.settings.menu(wang.id, "en")[0]["description"] == "报送"
    await bot.delete_my_commands(scope, "zh")
    assert await bot.get_my_commands(scope, "zh") == ()
    await bot.set_chat_menu_button(wang.id, telegram.MenuButtonDefault())
    assert (await bot.get_chat_menu_button(wang.id)).type == "default"
    await bot.set_my_description("随手拍")
    await bot.set_my_short_description("短", language_code="zh")
    assert (await bot.get_my_description("en")).description == "随手拍"
    assert (await bot.get_my_short_description("zh")).short_description == "短"


async def test_a_person_has_a_menu_of_their_own(bot: telegram.Bot, world: World, wang: Person) -> None:
    """That of the chat goes before those for everybody, whatever language their telephone speaks."""
    own = telegram.BotCommandScopeChat(wang.id)
    await bot.set_my_commands([("report", "报告")], scope=telegram.BotCommandScopeAllPrivateChats(), language_code="en")
    await bot.set_my_commands([("todo", "待办")], scope=own)
    assert [command["command"] for command in world.settings.menu(wang.id, "en")] == ["todo"]
    assert [command["command"] for command in world.settings.menu(wang.id + 1, "en")] == ["report"]
    await bot.set_my_commands([("todo", "To do")], scope=own, language_code="en")
    assert world.settings.menu(wang.id, "en")[0]["description"] == "To do"
    assert world.settings.menu(wang.id, "zh-hans")[0]["description"] == "待办"
    for language in ("en", ""):
        await bot.delete_my_commands(own, language)
    assert [command["command"] for command in world.settings.menu(wang.id, "en")] == ["report"]


async def test_chats_and_members(bot: telegram.Bot, world: World, wang: Person) -> None:
    group = world.group("环卫组", [wang], supergroup=True)
    group.adds_bot(wang)
    li = world.person("李大爷")
    assert (await bot.get_chat(wang.id)).first_name == "王阿姨"
    assert (await bot.get_chat(group.id)).title == "环卫组"
    statuses = [(await bot.get_chat_member(group.id, one)).status for one in (wang.id, li.id, bot.id)]
    assert statuses == ["creator", "left", "member"]
    await bot.leave_chat(group.id)
    assert group.bot_status == "left"
    await bot.send_chat_action(wang.id, "upload_photo")
    assert wang.actions == ["upload_photo"]


async def test_errors_become_ptbs_errors(bot: telegram.Bot, world: World, wang: Person) -> None:
    group: Group = world.group("环卫组", [wang])
    group.adds_bot(wang)
    larger = world.upgrades(group, wang)
    with pytest.raises(telegram.error.ChatMigrated) as moved:
        await bot.send_message(group.id, "x")
    assert moved.value.new_chat_id == larger.id
    with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
        await bot.send_message(7, "x")
    wang.blocks_bot()
    with pytest.raises(telegram.error.Forbidden, match="blocked by the user"):
        await bot.send_message(wang.id, "x")
    await bot.set_webhook("http://127.0.0.1:1/", secret_token="s", allowed_updates=["message"])
    assert (await bot.get_webhook_info()).allowed_updates == ("message",)
    with pytest.raises(telegram.error.Conflict):
        await bot.get_updates()
    await bot.delete_webhook(drop_pending_updates=True)
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_an_application_answers(sandbox: Sandbox, world: World) -> None:
    async def echo(update: telegram.Update, _: object) -> None:
        assert update.message
        await update.message.reply_text(f"收到：{update.message.text}")

    builder = Application.builder().token(sandbox.token)
    application = builder.base_url(sandbox.base_url).base_file_url(sandbox.base_file_url).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    async with application:
        await application.start()
        assert application.updater
        await application.updater.start_polling()
        wang = world.person("王阿姨")
        wang.says("路灯坏了")
        await world.quiet()
        assert wang.last
        assert wang.last.text == "收到：路灯坏了"
        await application.updater.stop()
        await application.stop()


async def test_log_out_and_close(sandbox: Sandbox) -> None:
    client = telegram.Bot(sandbox.token, sandbox.base_url)
    await client.initialize()
    await client.close()
    await client.log_out()
    await client.shutdown()


def test_every_method_of_the_table_is_used_here() -> None:
    """So that a new one gets its line above."""
    text = Path(__file__).read_text("utf-8")
    for method in TABLE:
        snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in method.name)
        assert snake in text or method.name in ("getMe", "answerCallbackQuery"), method.name
