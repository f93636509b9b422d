"""The bare bot that Cutroom is measured beside: python-telegram-bot's Application, one handler, one answer.

python -m bench.echo URL TOKEN [concurrent]
"""

from __future__ import annotations

import sys

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None:
        await update.message.reply_text(update.message.text or "a file")


def main() -> None:
    url, token, *more = sys.argv[1:]
    builder = ApplicationBuilder().token(token).base_url(f"{url}/bot").concurrent_updates("concurrent" in more)
    application = builder.build()
    application.add_handler(MessageHandler(filters.ALL, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
