"""`python -m tests.bench.peer FILE [--our-transport]`: the bot of the tutorial, to be compared with.

A ConversationHandler, a PicklePersistence in FILE, everything else as PTB sets it up by itself. It asks for what our
bot asks for, one thing after the other, and forgets what it was told in the last minute when it is killed.
"""

import argparse
import os
import warnings
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

from bot.telegram.http import AiohttpRequest

WORDS, PLACE, GROUP, PROBLEM, SUBMIT = range(5)
ASKED_WORDS = "照片收到。是什么问题？"
ASKED_PLACE = "在哪里？请发送位置。"
ASKED_GROUP = "是哪一大类？"
ASKED_PROBLEM = "是哪一类问题？"
COMPLETE = "都齐了，请提交。"
FILED = "已收到，编号"
ENVIRONMENT = "市容环境"
CORRIDOR = "楼道堆物"
SUBMITS = "提交"

Context = ContextTypes.DEFAULT_TYPE


def button(label: str) -> InlineKeyboardMarkup:
    """One below a message."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label)]])


def kept(context: Context) -> dict[Any, Any]:
    """What is kept of the person."""
    assert context.user_data is not None
    return context.user_data


async def photo(update: Update, context: Context) -> int:
    """A report begins."""
    assert update.message is not None
    kept(context)["photo"] = update.message.photo[-1].file_id
    await update.message.reply_text(ASKED_WORDS)
    return WORDS


async def words(update: Update, context: Context) -> int:
    """What it is."""
    assert update.message is not None
    kept(context)["words"] = update.message.text
    await update.message.reply_text(ASKED_PLACE)
    return PLACE


async def place(update: Update, context: Context) -> int:
    """Where it is."""
    assert update.message is not None
    assert update.message.location is not None
    kept(context)["place"] = (update.message.location.latitude, update.message.location.longitude)
    await update.message.reply_text(ASKED_GROUP, reply_markup=button(ENVIRONMENT))
    return GROUP


async def group(update: Update, context: Context) -> int:
    """Which group of problems."""
    assert update.callback_query is not None
    kept(context)["group"] = update.callback_query.data
    await update.callback_query.edit_message_text(ASKED_PROBLEM, reply_markup=button(CORRIDOR))
    return PROBLEM


async def problem(update: Update, context: Context) -> int:
    """Which problem."""
    assert update.callback_query is not None
    kept(context)["problem"] = update.callback_query.data
    await update.callback_query.edit_message_text(COMPLETE, reply_markup=button(SUBMITS))
    return SUBMIT


async def submit(update: Update, context: Context) -> int:
    """It is a report."""
    assert update.callback_query is not None
    reports = context.bot_data.setdefault("reports", [])
    reports.append(dict(kept(context)))
    kept(context).clear()
    await update.callback_query.edit_message_text(f"{FILED} {len(reports)}")
    await update.callback_query.answer(SUBMITS)
    return ConversationHandler.END


def conversation() -> ConversationHandler[Context]:
    """What follows on what."""
    return ConversationHandler(
        entry_points=[MessageHandler(filters.PHOTO, photo)],
        states={
            WORDS: [MessageHandler(filters.TEXT & ~filters.COMMAND, words)],
            PLACE: [MessageHandler(filters.LOCATION, place)],
            GROUP: [CallbackQueryHandler(group)],
            PROBLEM: [CallbackQueryHandler(problem)],
            SUBMIT: [CallbackQueryHandler(submit)],
        },
        fallbacks=[],
        name="report",
        persistent=True,
    )


def application(file: str, *, our_transport: bool) -> "Application[Any, Any, Any, Any, Any, Any]":
    """The bot, told where Telegram is by the environment."""
    builder = ApplicationBuilder().token(os.environ["BOT_TOKEN"]).base_url(f"{os.environ['BOT_API_URL']}/bot")
    builder = builder.persistence(PicklePersistence(file))
    if our_transport:
        builder = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest())
    return builder.build()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.peer", description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--our-transport", action="store_true")
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # PTB explains that presses are not told apart by message
    built = application(options.file, our_transport=options.our_transport)
    built.add_handler(conversation())
    built.run_polling()


if __name__ == "__main__":
    main()
