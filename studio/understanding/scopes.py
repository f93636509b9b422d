"""Scopes: what is denied, told, or corrected asks for nothing; and which verb each noun belongs to. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.understanding.spans import Kind, Span
from studio.understanding.tokens import Token

Tokens = tuple[Token, ...]
BREAKS = frozenset({"SEP", "STOP", "ASKS"})
WEAK = frozenset({"MAKE", "USE", "GET", "CHANGE"})  # verbs that do not say what is done
_FUNCTION = frozenset({"DET", "FILLER", "PRON", "PREP", "AUX", "ONLY", "word", "BA", "PIECE", "VIDEO", "IT"})
_DENIED_VALUES = frozenset({"ratio", "span"})
_NEVER_HEADS = frozenset({"PREP", "AUX", "PRON", "NOT", "TELL", "IF", "QUESTION", "REPORT", "POLITE", "SIGN", *BREAKS})
_REMOVABLE = frozenset({"MUSIC", "TEXT", "TITLE", "ORIGINAL"})
_TAKES_AWAY = frozenset({"REMOVE", "CUT", "MUTE", "LOWER", "RAISE"})
_NEAR = 8  # characters between a denial and what it denies
_SPEECH = frozenset({"said", "says", "shouted", "shouts", "yells", "说", "讲", "喊"})
_ITS = frozenset({"it's", "that's", "是", "有", "共"})
_TELLERS = frozenset({"i", "he", "she", "they", "we"})
_PAST = frozenset({"cut", "put", "made", "took", "shot", "left", "kept", "sent", "muted", "put in"})
_AFTERTHOUGHT = ("ing", "ed", "ly", "en")


def scoped(tokens: Sequence[Token]) -> Tokens:
    return bound(_left_alone(_denied(_only(_related(_told(_described(_corrected(tuple(tokens)))))))))


def _corrected(tokens: Tokens) -> Tokens:
    """ "…, no wait, the first 50": what is said anew replaces the last of its kind."""
    at = max((i for i, token in enumerate(tokens) if token.kind == "CORRECT"), default=0)
    if not at:
        return tokens
    head, tail = list(tokens[:at]), tokens[at + 1 :]
    anew = next((token.kind for token in tail if token.is_value), None)
    if anew is None:
        return tokens
    if any(token.is_verb for token in tail):
        start = max((i for i, token in enumerate(head) if token.is_verb), default=0)
        clause = max((i + 1 for i in range(start) if head[i].kind in BREAKS), default=0)
        return (*head[:clause], *tail) if any(t.kind == anew for t in head[clause:]) else tokens
    for i in range(len(head) - 1, -1, -1):
        if head[i].kind == anew:
            return (*head[:i], *head[i + 1 :], *tail)
    return (*head, *tail)


def _told(tokens: Tokens) -> Tokens:
    """What is told ("there's a song playing, …") asks for nothing: its verbs are none, up to the next comma."""
    telling, past, made = False, False, []
    for token in tokens:
        past = token.kind == "PAST" or (past and token.kind not in BREAKS)
        if past and (token.is_verb or token.is_value):
            made.append(replace(token, kind="word", value=None, is_verb=False, others=()))
            continue
        telling = token.kind == "TELL" or (telling and token.kind not in (*BREAKS, "ONLY"))
        told = telling and token.is_verb
        made.append(replace(token, kind="word", is_verb=False, others=()) if told else token)
    return tuple(made)


def _described(tokens: Tokens) -> Tokens:
    """ "The clip is 90 seconds", "episode 14": a length or a number that is only told of, beside another value."""
    made = list(tokens)
    for i, token in enumerate(tokens):
        if token.kind == "number" and i and tokens[i - 1].kind == "word" and tokens[i - 1].said.isascii():
            made[i] = replace(token, kind="word", value=None)
        if token.kind == "quote" and i and tokens[i - 1].said in _SPEECH:
            made[i] = replace(token, kind="word", value=None)
        if not (isinstance(token.value, Span) and token.value.kind is Kind.LENGTH):
            continue
        start, end = clause_around(tokens, i)
        clause = [*tokens[start:i], *tokens[i + 1 : end]]
        says = any(each.kind == "AUX" or each.said in _ITS for each in clause) and not any(
            each.is_verb or each.kinds & {*WEAK, "LENGTH", "ONLY", "DOWNTO", "SAYING"} for each in clause
        )
        others = [each for each in (*tokens[:start], *tokens[end:]) if each.is_value and each.kind != "number"]
        if says and others:
            made[i] = replace(token, kind="word", value=None)
    return tuple(made)


def _related(tokens: Tokens) -> Tokens:
    """A verb that only says which thing is meant is none: "the text I added", "刚才加的文字"."""
    made = list(tokens)
    for i, token in enumerate(tokens):
        if not token.is_verb or token.kind in ("CANNOT", "UNDO"):
            continue
        before, behind = tokens[i - 1] if i else None, tokens[i + 1] if i + 1 < len(tokens) else None
        by_somebody = before is not None and before.said in _TELLERS and i > 1
        told = by_somebody and (token.said.endswith("ed") or token.said in _PAST)
        named = before is not None and before.kind == "DET" and behind is not None and behind.kind == "AUX"
        of = _is_chinese(token) and behind is not None and behind.said == "的" and i + 2 < len(tokens)
        if told or named or (of and tokens[i + 2].kind not in BREAKS and not tokens[i + 2].is_verb):
            made[i] = replace(token, kind="word", is_verb=False, others=())
    return tuple(made)


def _only(tokens: Tokens) -> Tokens:
    """ "Only" counts before what is kept or done; "that's just me" says nothing."""
    made = list(tokens)
    for i, token in enumerate(tokens):
        if token.kind != "ONLY" or _is_chinese(token):
            continue
        behind = next((t for t in tokens[i + 1 :] if t.kind not in ("DET", "FILLER", "PREP", "AUX")), None)
        before = tokens[i - 1] if i else None
        if (behind is None or behind.kind in ("PRON", "word", *BREAKS)) and not (
            before and (before.is_value or _is_noun(before))
        ):
            made[i] = replace(token, kind="FILLER", is_verb=False, others=())
    return tuple(made)


def _denied(tokens: Tokens) -> Tokens:
    """ "Don't cut", "不要淡出": the verb behind a denial is denied; before a noun, the denial removes it."""
    made: list[Token] = []
    for token in tokens:
        at = next((i for i in range(len(made) - 1, -1, -1) if made[i].kind not in _FUNCTION), None)
        denial = made[at] if at is not None and token.start - made[at].end <= _NEAR else None
        if at is None or denial is None or not denial.can_be("NOT"):
            made.append(token)
        elif token.is_verb or (token.kind in _DENIED_VALUES and not (token.kind == "span" and denial.is_verb)):
            made[at] = replace(denial, kind="FILLER", is_verb=False, others=())
            made.append(replace(token, kind=f"NOT:{token.kind}", is_verb=False, value=None, others=()))
        elif token.kind == "VOICE" and any(t.kinds & {"REMOVE", "MUTE"} for t in made) and not denial.is_verb:
            made[at] = replace(denial, kind="KEEP", is_verb=True, others=())  # "mute the music, not the speaker"
            made.append(token)
        elif token.kind in _REMOVABLE and not denial.is_verb and token.start - denial.end <= denial.said.isascii():
            made[at] = replace(denial, kind="REMOVE", is_verb=True, others=())
            made.append(token)
        else:
            made.append(token)
    return tuple(made)


def _left_alone(tokens: Tokens) -> Tokens:
    """ "别动声音": what is to be left alone is no object; "前半段要" keeps it."""
    made = list(tokens)
    for i, token in enumerate(tokens):
        last = i + 1 == len(tokens) or tokens[i + 1].kind in BREAKS
        if token.kind == "LEAVEBE" and not last and _is_noun(tokens[i + 1]):
            made[i + 1] = replace(tokens[i + 1], kind="FILLER", is_verb=False, others=())
        if token.said == "要" and last and i and any(t.kind == "span" for t in tokens[clause_around(tokens, i)[0] : i]):
            made[i] = replace(token, kind="KEEP", is_verb=True, others=())
    return tuple(made)


def bound(tokens: Tokens) -> Tokens:
    """Each noun with the kinds of the verb whose object it is."""
    heads: dict[int, frozenset[str]] = {}
    for i, token in enumerate(tokens):
        if token.is_verb or token.kind.startswith("NOT:"):
            for j in object_of(tokens, i):
                heads.setdefault(j, token.kinds)
    made: list[Token] = []
    for i, token in enumerate(tokens):
        if token.is_verb or token.is_value or token.kind in (*_NEVER_HEADS, *WEAK, "FILLER", "DET", "word"):
            made.append(token)
        else:
            nearest = frozenset[str]() if token.kind == "BEYOND" else _nearest_verb(tokens, i)
            made.append(replace(token, heads=heads.get(i) or nearest))
    return tuple(made)


def object_of(tokens: Sequence[Token], verb: int) -> list[int]:
    """The places of the noun phrase that is the object of a verb; its last word is what it is about."""
    start, end = clause_around(tokens, verb)
    if _is_chinese(tokens[verb]):
        taken = next((i for i in range(start, verb) if tokens[i].kind == "BA"), None)
        if taken is not None:
            return _phrase(tokens, range(taken + 1, verb), whole=True)
        return _phrase(tokens, range(verb + 1, end)) or _phrase_before(tokens, range(start, verb))
    return _phrase(tokens, range(verb + 1, end)) or _phrase_before(tokens, range(start, verb))


def clause_around(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    start = max((i + 1 for i in range(at) if tokens[i].kind in BREAKS), default=0)
    end = next((i for i in range(at + 1, len(tokens)) if tokens[i].kind in BREAKS), len(tokens))
    return start, end


def _is_chinese(token: Token) -> bool:
    return token.said[:1] > "\u3000"


def _is_noun(token: Token) -> bool:
    return not (token.is_verb or token.is_value or token.kind in _NEVER_HEADS or token.kind in WEAK)


def _phrase(tokens: Sequence[Token], places: range, *, whole: bool = False) -> list[int]:
    """From there on as long as it is one phrase: without the articles before it, up to a preposition or a verb."""
    found: list[int] = []
    for i in places:
        token = tokens[i]
        if token.kind in ("DET", "FILLER") or (token.kind == "PRON" and not found):
            if found and token.said != "'s" and not whole and not _is_chinese(token):
                break
            continue
        afterthought = token.kind == "word" and found and token.said.endswith(_AFTERTHOUGHT)
        if not _is_noun(token) or (afterthought and tokens[found[-1]].kind != "word"):
            if whole:
                continue
            break
        found.append(i)
    return found


def _phrase_before(tokens: Sequence[Token], places: range) -> list[int]:
    found: list[int] = []
    for i in reversed(places):
        token = tokens[i]
        if token.kind in ("DET", "FILLER", "AUX", "ONLY"):
            if found and token.kind == "DET":
                break
            continue
        if not _is_noun(token):
            break
        found.insert(0, i)
    return found


def _nearest_verb(tokens: Sequence[Token], at: int) -> frozenset[str]:
    """The verb before it in its clause, else the one behind it ("音乐去掉")."""
    start, end = clause_around(tokens, at)
    for i in range(at - 1, start - 1, -1):
        if tokens[i].is_verb:
            return tokens[i].kinds
        if tokens[i].kind in WEAK or tokens[i].kind.startswith("NOT:"):
            break
    return next((tokens[i].kinds for i in range(at + 1, end) if tokens[i].is_verb), frozenset())


def particular_of(tokens: Sequence[Token], verb: int) -> Token | None:
    """ "The coughing sound": one sound among others, which is not all of the sound."""
    phrase = object_of(tokens, verb)
    if not phrase or tokens[phrase[-1]].kind != "SOUND" or not tokens[verb].kinds & _TAKES_AWAY:
        return None
    return next((tokens[i] for i in phrase[:-1] if tokens[i].kind in ("word", "GENRE")), None)


def thing_of(tokens: Sequence[Token], verb: int) -> Token | None:
    """What a verb is to be done to."""
    phrase = object_of(tokens, verb)
    return tokens[phrase[-1]] if phrase else None
