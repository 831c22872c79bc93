"""How a brief is written and checked: by the sources' sentences, or with a model.

    plain draft -> the model plans and words -> verify -> what failed goes back once, with the
    reasons -> verify -> what still fails gives way to the source's own sentence, or is withheld

With no model, or none that answers, the plain draft is the brief, and a note says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from nutgraf.errors import WriterError
from nutgraf.protocols import Answer, Prompt, Verifier, Writer
from nutgraf.stages import verify, write
from nutgraf.text.languages import language_name
from nutgraf.types import Article, Checked, Claim, Coverage, Draft, Slot, Support, Usage, Withheld

__all__ = ["Writing", "written"]


@dataclass(frozen=True)
class Writing:
    """Who writes, and how: without a `writer` by the sources' own sentences."""

    writer: Writer | None = None
    language: str | None = None
    """The edition's, a code; None is each story's own."""
    sentences: int = 60
    """Most that the writer is shown."""
    judge: Verifier = verify.judge


def written(coverage: Coverage, slots: Sequence[Slot], by: Writing) -> tuple[Draft, Checked]:
    """The draft of a story and what of it held. Raises `Dropped` if there is nothing to tell."""
    judge = _once(by.judge)

    def holds(claim: Claim) -> bool:
        return verify.holds(claim, coverage.articles, judge)

    plain = write.write(coverage, slots, holds)
    if by.writer is None:
        return _plainly(plain, coverage, judge)
    talk = _Talk(coverage, plain, judge, by, by.writer)
    try:
        return talk.told()
    except WriterError as error:
        why = f"Written without the model: {error.reason}."
        return _plainly(plain, coverage, judge, why, talk.usage)


def _plainly(
    plain: Draft,
    coverage: Coverage,
    judge: Verifier,
    why: str = "",
    usage: Usage | None = None,
) -> tuple[Draft, Checked]:
    draft = msgspec.structs.replace(plain, note=why, usage=usage)
    return draft, verify.check(draft, coverage.articles, judge)


def _foreign(coverage: Coverage, by: Writing) -> str:
    """The sources' language, if it is another than the edition's."""
    of = write.main_language(coverage.articles)
    return of if of and by.language and of[:2] != by.language[:2] else ""


class _Talk:
    """One conversation with a model about one story."""

    def __init__(
        self, coverage: Coverage, plain: Draft, judge: Verifier, by: Writing, writer: Writer
    ) -> None:
        self._coverage, self._plain, self._by = coverage, plain, by
        self._judge = judge
        self._writer = writer
        self._material = write.material(coverage, by.sentences)
        self.usage = Usage()

    def told(self) -> tuple[Draft, Checked]:
        """The brief with the model's part in it. Raises `WriterError` if it has none."""
        if not self._material.shown:
            raise WriterError("no sentence of its sources stands by itself")
        foreign = _foreign(self._coverage, self._by)
        language = self._by.language if foreign else self._language()
        most = max(3, sum(len(section.claims) for section in self._plain.sections))
        prompt = write.ask(self._material.shown, most, language or "en", translate=bool(foreign))
        answer = self._asked(prompt)
        draft = write.worded(answer.text, self._material, self._plain, self._writer.name)
        checked = self._checked(draft)
        failed = write.failures(draft, checked)
        if failed and (write.held(draft, checked) or not foreign):
            draft, checked = self._once_more(prompt, answer, draft, failed) or (draft, checked)
            failed = write.failures(draft, checked)
        if not write.held(draft, checked):
            raise WriterError(self._none_held(foreign))
        return self._finished(draft, checked, failed, foreign)

    def _once_more(
        self, prompt: Prompt, answer: Answer, draft: Draft, failed: Sequence[write.Failed]
    ) -> tuple[Draft, Checked] | None:
        """What failed goes back once; what is well already does not depend on the answer."""
        try:
            again = self._asked(write.ask_again(prompt, answer.text, failed))
        except WriterError:
            return None
        draft = write.reworded(draft, again.text, failed, self._material)
        return draft, self._checked(draft)

    def _finished(
        self,
        draft: Draft,
        checked: Checked,
        failed: Sequence[write.Failed],
        foreign: str,
    ) -> tuple[Draft, Checked]:
        lost = {one.text for one in failed}
        total = len(lost) + len(write.held(draft, checked))
        reasons = [withheld for withheld in checked.withheld if withheld.text in lost]
        draft, instead = write.replaced(draft, failed, checked, self._material)
        checked = _told_once(self._checked(draft))
        withheld = [*checked.withheld, *(w for w in reasons if w.text not in instead)]
        note = _told_of(total, len(instead), len(lost) - len(instead))
        draft = msgspec.structs.replace(
            draft, note=note, usage=self.usage, language=self._by.language if foreign else None
        )
        return draft, msgspec.structs.replace(checked, withheld=list(map(self._masked, withheld)))

    def _asked(self, prompt: Prompt) -> Answer:
        try:
            answer = self._writer.ask(prompt)
        except WriterError as error:
            self.usage += error.usage or Usage()
            raise
        self.usage += answer.usage
        return answer

    def _checked(self, draft: Draft) -> Checked:
        return verify.check(draft, self._coverage.articles, self._judge)

    def _language(self) -> str | None:
        return write.main_language(self._coverage.articles)

    def _none_held(self, foreign: str) -> str:
        if not foreign:
            return "none of its sentences held"
        ours = language_name(self._by.language or "")
        return f"what it wrote in {ours} could not be checked against sources in another language"

    def _masked(self, withheld: Withheld) -> Withheld:
        return write.masked(withheld, self._material.usable, self._coverage)


def _told_once(checked: Checked) -> Checked:
    """Without what the headline or the nut graf says in the same words, if more is left."""
    tops = {claim.text.removesuffix(".") for claim in (checked.headline, checked.nut_graf) if claim}
    sections = [
        msgspec.structs.replace(s, claims=kept)
        for s in checked.sections
        if (kept := [claim for claim in s.claims if claim.text.removesuffix(".") not in tops])
    ]
    return msgspec.structs.replace(checked, sections=sections or checked.sections)


def _once(judge: Verifier) -> Verifier:
    """A judge that is asked the same only once: a draft is checked again for a few new claims."""
    known: dict[tuple[str, ...], Support] = {}

    def judged(claim: str, sources: Sequence[Article]) -> Support:
        key = (claim, *(part for source in sources for part in (source.id, source.text)))
        if key not in known:
            known[key] = judge(claim, sources)
        return known[key]

    return judged


def _told_of(total: int, instead: int, withheld: int) -> str:
    """What became of the model's sentences, where not all of them held."""
    if not instead + withheld:
        return ""
    parts = [f"{instead} gave way to the sources' own"] if instead else []
    parts += [f"{withheld} withheld"] if withheld else []
    return f"Of {total} sentences that the model worded, {' and '.join(parts)}."
