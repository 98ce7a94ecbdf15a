"""Figures as data, for the model."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from core.principal import Principal
from knowledge.figures.lookup import LookUp
from knowledge.figures.shown import ShownFigure
from knowledge.passages import Passage


class Input(BaseModel):
    """Which figures to look up."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: str = Field(
        min_length=1,
        max_length=1000,
        description=(
            "The line item with everything that narrows it: segment, product, region, adjusted, per"
            " share. Examples: 'net sales', 'Services gross margin percentage', 'net sales "
            "Germany'."
        ),
    )
    company: str | None = Field(
        None, max_length=200, description="Whose figures. Leave out to look in all documents."
    )
    periods: tuple[str, ...] = Field(
        (),
        max_length=12,
        description=(
            "Fiscal periods or days: 'FY2023', 'Q3 2023', 'first nine months of 2023',"
            " 'December 31, 2023'. Leave out for the latest."
        ),
    )
    row: str | None = Field(
        None,
        max_length=100,
        description=(
            "The row of a schedule by year, such as '2026' or 'Thereafter'; the item then says what"
            " falls due: 'long-term debt maturities'."
        ),
    )


class Answer(BaseModel):
    """What answers for one company and one period."""

    model_config = ConfigDict(frozen=True)

    company: str
    period: str
    figures: tuple[ShownFigure, ...] = Field(
        description="One, or several rows that fit equally well and differ."
    )
    earlier: ShownFigure | None = Field(
        None, description="What an older document says, where it says another amount."
    )


class Output(BaseModel):
    """Figures that are exactly what was asked for, or what comes nearest."""

    model_config = ConfigDict(frozen=True)

    answers: tuple[Answer, ...]
    nearest: tuple[str, ...] = Field(description="Similar rows, where nothing fits exactly.")
    searched: tuple[str, ...] = Field(description="The documents: company, form, period, name.")
    passages: tuple[Passage, ...] = Field(description="The passages that print the figures.")


class FigureSource(Protocol):
    """Where figures come from: knowledge.figures.lookup.FigureLookup in the product."""

    async def look_up(  # noqa: PLR0913  # what is asked, and where to look
        self,
        principal: Principal,
        item: str,
        *,
        company: str | None,
        periods: Sequence[str],
        row: str | None,
        document_ids: Sequence[UUID] | None,
        as_of: datetime | None,
    ) -> LookUp: ...


async def look_up_figures(
    arguments: Input,
    *,
    principal: Principal,
    figures: FigureSource,
    document_ids: Sequence[UUID] | None,
    as_of: datetime | None,
) -> Output:
    """Looks up figures that the user's documents print in tables, exactly as asked.

    Use it first for every figure. Each comes with an id (F1, F2, ...) for `calculate`, its unit,
    scale and period, and the number of the passage to cite as [n]. It returns a figure only if row,
    part of the company, period and qualifier (adjusted, per share, restated) are the asked ones;
    otherwise it names the nearest rows and you must not use another figure instead. Look up one
    line item a call, with all its periods. Don't use it for reasons, descriptions or policies:
    `search_documents` finds those.
    """
    found = await figures.look_up(
        principal,
        arguments.item,
        company=arguments.company,
        periods=arguments.periods,
        row=arguments.row,
        document_ids=document_ids,
        as_of=as_of,
    )
    return Output(
        answers=tuple(
            Answer(
                company=each.company,
                period=each.period,
                figures=each.figures,
                earlier=each.earlier,
            )
            for each in found.answers
        ),
        nearest=found.nearest,
        searched=found.searched,
        passages=found.passages,
    )
