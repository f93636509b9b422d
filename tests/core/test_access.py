"""Who may use the bot, as a table."""

from __future__ import annotations

import pytest

from core.access import Access, AccessRule, Asker

ANNA_HERE = Asker("anna", frozenset({"here", "server"}))
BEN_HERE = Asker("ben", frozenset({"here", "server"}))
BEN_IN_CHARGE = Asker("ben", frozenset({"here"}), admin=True)
BEN_ALONE = Asker("ben")

LISTED = AccessRule(Access.LISTED, people=frozenset({"anna"}), chats=frozenset({"server"}))
ADMINS = AccessRule(Access.ADMINS, people=frozenset({"anna"}), chats=frozenset({"server"}))


@pytest.mark.parametrize(
    ("rule", "asker", "allowed"),
    [
        (AccessRule(), BEN_ALONE, True),
        (LISTED, ANNA_HERE, True),
        (LISTED, Asker("anna"), True),
        (LISTED, BEN_HERE, True),
        (LISTED, BEN_IN_CHARGE, False),
        (LISTED, BEN_ALONE, False),
        (ADMINS, ANNA_HERE, True),
        (ADMINS, BEN_HERE, False),
        (ADMINS, BEN_IN_CHARGE, True),
        (ADMINS, BEN_ALONE, False),
        (AccessRule(Access.LISTED), ANNA_HERE, False),
    ],
)
def test_access(rule: AccessRule, asker: Asker, allowed: bool) -> None:
    assert rule.allows(asker) is allowed
