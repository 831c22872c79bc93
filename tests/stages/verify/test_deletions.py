"""What a claim may leave out of a sentence, and above all what it may not."""

from __future__ import annotations

import pytest

from nutgraf.stages.verify import judge
from nutgraf.types import Article

MAY = [
    ("The ferry sank in the bay after it hit a rock near Kelm.", "The ferry sank in the bay."),
    ("The ferry sank in the bay and was raised in May.", "The ferry sank in the bay."),
    ("Bell sold the yard in May because his dues had doubled.", "Bell sold the yard in May."),
    ("When the storm hit Kelm, the ferry was in the bay.", "The ferry was in the bay."),
    ("Bell bought the yard in 1990 and has sold it to Moe.", "Bell has sold it to Moe."),
    ("Ona Bell, who was hurt in May, has sold the yard.", "Ona Bell was hurt in May."),
    ("Striker Ona Bell scored in Kelm. Ona Bell is 20.", "Ona Bell scored in Kelm."),
    ("The new ferry was slowly raised in the bay.", "The ferry was raised in the bay."),
    ("The 90-year-old ferry sank in the shallow bay.", "The ferry sank in the shallow bay."),
    ("The yard built 3, 800 ferries in the long war.", "The yard built 3,800 ferries in the war."),
    ("Bell sold the yard. Ona Bell is 20. She owns it all.", "Ona Bell sold the yard."),
    ("The ferry sank in the bay.", "Ferry sank in the bay."),
    ("Bell says the ferry sank in the bay.", "Bell said the ferry sank in the bay."),
    ("Bell told the Gull that the ferry sank in the bay.", "Bell said the ferry sank in the bay."),
    ("The ferry sank in the bay following a storm.", "The ferry sank in the bay after a storm."),
    ("The ferry sank in the bay just two days after the vote.", "The ferry sank in the bay."),
    ("The ferry sank in the bay - as the storm has closed it.", "The ferry sank in the bay."),
    ("The ferry sank in the bay it left in May.", "The ferry sank in the bay."),
    ("The ferry sank in the bay, and Bell said it would rise.", "The ferry sank in the bay."),
    (
        "Tugs that were raised in Kelm sank in the bay.",
        "Tugs raised in Kelm sank in the bay.",
    ),
    ("The mayor has closed the port of Kelm.", "The mayor closed the port of Kelm."),
    ("The port of Kelm was closed after the storm.", "The port of Kelm closed after the storm."),
    ("The yard got a number of orders from Kelm.", "The yard got orders from Kelm."),
    ("Kelm harbour boss Ona Bell sold the yard.", "Ona Bell sold the yard."),
    ("In May, Bell sold the yard. Ona Bell is 20.", "Ona Bell sold the yard."),
    ("Bell sold the yard. Ona Bell, 20, is at sea.", "Bell, 20, sold the yard."),
    ("The mayor of Kelm has closed the port.", "She has closed the port."),
    ("Moe's lawyer has closed the port of Kelm.", "His lawyer has closed the port of Kelm."),
    ("Ona Bell, who was hurt in Kelm, Tamber, has sold it.", "Ona Bell was hurt in Kelm, Tamber."),
    ("It rained.' ' the ferry sank in the bay. It is old.", "The ferry sank in the bay."),
    (
        "The ferry sank in the bay. The mayor has closed the port of Kelm.",
        "The ferry sank in the bay, and the mayor has closed the port of Kelm.",
    ),
]
MAY_NOT = [
    ("The legal wife of Moe Bell has sold the yard.", "Moe Bell has sold the yard."),
    ("The lawyer for Ona Bell has sold the yard.", "Ona Bell has sold the yard."),
    ("The mayor of Kelm's wife has sold the yard.", "The mayor of Kelm has sold the yard."),
    ("Bell, who beat Moe, was jailed in May.", "Moe was jailed in May."),
    ("Bell beat Moe and has sold the yard in May.", "Moe has sold the yard in May."),
    ("Kelm police detectives are at the yard in Tamber.", "Kelm police are at the yard in Tamber."),
    ("Bell did not resign because of the long strike.", "Bell did not resign."),
    ("All ferries in Kelm sank in the storm.", "All ferries sank in the storm."),
    ("It is the oldest ferry in the bay of Kelm.", "It is the oldest ferry."),
    ("The blast in Kelm killed 12 men and women.", "The blast in Kelm killed 12 men."),
    ("The party lost its appeal in Kelm on Monday.", "The party lost on Monday."),
    ("The suspect was shot by a man in Kelm.", "The suspect shot a man in Kelm."),
    ("The vice mayor has sold the yard in Kelm.", "The mayor has sold the yard in Kelm."),
    ("They ate red or white whale meat in Kelm.", "They ate red whale meat in Kelm."),
    ("Reports that the ferry sank in the bay were false.", "The ferry sank in the bay."),
    ("The ferry sank in the bay, the Gull revealed.", "The ferry sank in the bay."),
    ("According to Bell, the ferry sank in the bay.", "The ferry sank in the bay."),
    ("The yard closes in May, provided that dues fall.", "The yard closes in May."),
    ("“As a parent, I weep for it,” said Ona Bell.", "“As parent, I weep for it,” said Ona Bell."),
    ("Bell bought few ferries in May.", "Bell bought a few ferries in May."),
    ("Bell was told that the ferry sank in the bay.", "Bell said the ferry sank in the bay."),
    ("Bell was asked to leave the bay of Kelm.", "Bell asked to leave the bay of Kelm."),
    ("The yard was expected to close in May.", "The yard expected to close in May."),
    ("Bell was moved to the yard of Kelm.", "Bell moved to the yard of Kelm."),
    ("The ferry would have closed the port of Kelm.", "The ferry would closed the port of Kelm."),
    ("Bell sold everything he had in the yard.", "Bell sold everything."),
    ("That is why he closed the port of Kelm.", "That is why."),
    ("The port of Kelm has not opened two days after it.", "The port of Kelm has not opened."),
    ("Only a number of clubs from Kelm came.", "Only clubs from Kelm came."),
    ("Former harbour boss Ona Bell sold the yard.", "Boss Ona Bell sold the yard."),
    ("Ona Bell, 20, met Moe Bell, 30. Moe Bell sold it all.", "Moe Bell, 20, sold it all."),
    ("Ona Bell, 20, is at sea. Moe Bell sold it all.", "Moe Bell, 20, sold it all."),
    ("Ona van Bell is 20. Moe van Hall sold it.", "Ona van Hall sold it."),
    ("No mayor of Kelm has closed the port.", "She has closed the port."),
    ("Half the crew of Kelm has closed the port.", "It has closed the port."),
    ("Ona Bell said: “We saw it all. The ferry sank.”", "The ferry sank."),
    ("The ferry sank in the bay, and so did the tug, Bell said.", "The ferry sank in the bay."),
    (
        "Moe Bell and Ona Bell met in Kelm. Bell sold the yard.",
        "Ona Bell sold the yard.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "claim"), MAY)
def test_what_follows_from_a_sentence_passes(text: str, claim: str) -> None:
    found = judge(claim, [Article(id="s", text=text, language="en")])
    assert found.verdict == "supported", found.reason
    assert all(text[e.start : e.end] == e.quote for e in found.evidence)


@pytest.mark.parametrize(("text", "claim"), MAY_NOT)
def test_what_does_not_follow_is_withheld(text: str, claim: str) -> None:
    found = judge(claim, [Article(id="s", text=text, language="en")])
    assert found.verdict != "supported", found.reason


def test_two_statements_rest_on_a_passage_each() -> None:
    one = Article(id="1", text="The ferry sank in the bay of Kelm.", language="en")
    two = Article(id="2", text="It rained. The mayor has closed the port.", language="en")
    claim = "The ferry sank in the bay of Kelm, and the mayor has closed the port."
    found = judge(claim, [one, two])
    assert found.verdict == "supported", found.reason
    assert {e.source for e in found.evidence[:2]} == {"1", "2"}
    assert judge(claim, [one]).verdict == "unsupported"


def test_only_english_may_leave_anything_out() -> None:
    source = Article(id="s", text="Le vieux port de Kelm est fermé depuis mai.", language="fr")
    assert judge("Le port de Kelm est fermé depuis mai.", [source]).verdict == "unsupported"
