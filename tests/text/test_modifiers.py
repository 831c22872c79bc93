"""What may be left out of a sentence, and above all what may not."""

from __future__ import annotations

import pytest

from nutgraf.text.copying import copied, shortened
from nutgraf.text.modifiers import modifiers
from nutgraf.text.tokens import tokenise

MAY = [
    ("KELM, Nov. 3 (Reuters) — The ferry sank in the bay.", "The ferry sank in the bay."),
    ("SOUTH KELM - The ferry sank in the bay.", "The ferry sank in the bay."),
    ("(CNN)The ferry sank in the bay.", "The ferry sank in the bay."),
    ("But the ferry sank in the bay.", "The ferry sank in the bay."),
    ("However, the ferry sank in the bay.", "The ferry sank in the bay."),
    ("The ferry sank in the bay on Tuesday.", "The ferry sank in the bay."),
    ("On Tuesday night, the ferry sank in the bay.", "The ferry sank in the bay."),
    ("The ferry sank in the bay early on Tuesday.", "The ferry sank in the bay."),
    ("The ferry sank in the bay late on Monday night.", "The ferry sank in the bay."),
    ("Bell said late Tuesday that the ferry sank.", "Bell said that the ferry sank."),
    ("KELM BAY, Rome, 3 May 2026 — The ferry sank here.", "The ferry sank here."),
    ("Kelm (ABC)The ferry sank in the bay.", "The ferry sank in the bay."),
    ("Bell said Tuesday that the ferry sank.", "Bell said that the ferry sank."),
    ("The ferry (built in 1990) sank in the bay.", "The ferry sank in the bay."),
    ("The ferry, which was built in 1990, has sunk here.", "The ferry has sunk here."),
    ("The ferry sank in the bay, which is shallow.", "The ferry sank in the bay."),
    ("Ona Bell, 34, was at the helm.", "Ona Bell was at the helm."),
    ("Ona Bell, the captain of the ferry, was at the helm.", "Ona Bell was at the helm."),
    ("The ferry sank in the bay, spilling oil on the beach.", "The ferry sank in the bay."),
    ("The ferry sank in the bay, while the crew slept.", "The ferry sank in the bay."),
    (
        "The port buys ten tugs in a move that is expected to cut delays, the Gull reported.",
        "The port buys ten tugs, the Gull reported.",
    ),
]
MAY_NOT = [
    ("The ferry sank in the bay early on Tuesday.", "The ferry sank in the bay early."),
    ("The ferry sank in the bay before dawn on Tuesday.", "The ferry sank in the bay before dawn."),
    ("The ferry sank at 7:50 a.m. on Tuesday in fog.", "The ferry sank at 7:50 a.m. in fog."),
    ("The ferry sails again on Tuesday at 8 a.m. sharp.", "The ferry sails again at 8 a.m. sharp."),
    (
        "The ferry sank in fog on Friday, 20 May, Bell said.",
        "The ferry sank in fog, 20 May, Bell said.",
    ),
    ("The ferry was sold later on Tuesday to Bell.", "The ferry was sold later to Bell."),
    ("The ferry is due early on Tuesday in Kelm.", "The ferry is due in Kelm."),
    (
        "The toll fell to six — a new low — the coast guard said.",
        "The toll fell to six the coast guard said.",
    ),
    ("The ferry did not sink in the bay.", "The ferry did sink in the bay."),
    ("The ferry may have sunk in the bay.", "The ferry have sunk in the bay."),
    ("The former captain sold the ferry.", "The captain sold the ferry."),
    ("The alleged smuggler sold the ferry.", "The smuggler sold the ferry."),
    ("The ferry sank in the bay, police said.", "The ferry sank in the bay."),
    ("Bell said the ferry sank in the bay.", "The ferry sank in the bay."),
    ("The ferry sails if the wind drops on time.", "The ferry sails on time."),
    ("Bell and Moe sold the ferry in the bay.", "Bell sold the ferry in the bay."),
    ("The legal wife of Moe Bell sold the ferry.", "Moe Bell sold the ferry."),
    ("The ferry sank in the bay, but it was raised.", "The ferry sank in the bay."),
    ("The ferry sank in the bay, which Bell denied.", "The ferry sank in the bay."),
    ("Nearly ten ferries sank in the bay.", "Ten ferries sank in the bay."),
    ("In Kelm, the harbour, backed by Rome, was shut.", "In Kelm backed by Rome was shut."),
    ("Bell, the captain, and two others were hurt.", "Bell and two others were hurt."),
    ("The ferry will sail on Tuesday morning flights of birds.", "The ferry will sail flights."),
    ("The ferry is closed until Tuesday in the bay.", "The ferry is closed until in the bay."),
    ("The talks in Kelm are on Tuesday.", "The talks in Kelm are."),
    ("“(Kelm) used to build its own ferries here.”", "“Used to build its own ferries here.”"),
    ("The ferry was safe here, as far as Bell knew.", "The ferry was safe here."),
    ("The ferry will sail at noon, after Bell signs.", "The ferry will sail at noon."),
    ("The ferry was sold in May, citing old papers.", "The ferry was sold in May."),
    ("The ferry sails in May, depending on the wind.", "The ferry sails in May."),
    ("The ferry has sailed since 1990 (not daily) in the bay.", "The ferry has sailed."),
]


@pytest.mark.parametrize(("sentence", "short"), MAY)
def test_whole_modifiers_may_go(sentence: str, short: str) -> None:
    tokens = tokenise(sentence)
    copy = copied(tokenise(short), tokens, modifiers(tokens))
    assert copy is not None
    assert not copy.fault
    assert shortened(tokens, copy.left_out) == short


@pytest.mark.parametrize(("sentence", "short"), MAY_NOT)
def test_nothing_else_may(sentence: str, short: str) -> None:
    tokens = tokenise(sentence)
    assert copied(tokenise(short), tokens, modifiers(tokens)) is None


def test_quotation_marks_are_kept() -> None:
    sentence = tokenise("The pact is “dead,” Bell said.")
    bare = copied(tokenise("The pact is dead, Bell said."), sentence, [])
    added = copied(tokenise("“The pact is dead,” Bell said."), sentence, [])
    assert bare is not None
    assert bare.fault == "the quotation marks were dropped"
    assert added is not None
    assert added.fault == "the source does not quote it"


def test_a_question_is_no_statement() -> None:
    copy = copied(tokenise("Bell sold the ferry."), tokenise("Bell sold the ferry?"), [])
    assert copy is not None
    assert copy.fault == "the source only asks it"
