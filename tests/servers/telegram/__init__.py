"""A Telegram Bot API server on loopback for tests: `TelegramServer`, with people, groups and faults."""

from tests.servers.telegram.chats import Chat
from tests.servers.telegram.faults import Fault, Kind
from tests.servers.telegram.files import Generated
from tests.servers.telegram.media import Facts
from tests.servers.telegram.people import Item, Person
from tests.servers.telegram.rooms import Standing
from tests.servers.telegram.server import TelegramServer

__all__ = ["Chat", "Facts", "Fault", "Generated", "Item", "Kind", "Person", "Standing", "TelegramServer"]
