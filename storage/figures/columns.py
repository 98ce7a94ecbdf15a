"""Which column of the table `figures` holds which field of a figure."""

from typing import Any, NamedTuple

from storage.figures.figure import Basis, Figure, FigureBox, Version


class Column(NamedTuple):
    """A column and the field that it holds."""

    field: str
    name: str
    type: str


COLUMNS = (
    Column("page", "page", "int4"),
    Column("table", "table_number", "int4"),
    Column("row", "row_number", "int4"),
    Column("cell", "cell_number", "int4"),
    Column("label", "label", "text"),
    Column("groups", "groups", "text[]"),
    Column("column", "column_header", "text"),
    Column("caption", "caption", "text"),
    Column("section", "section", "text"),
    Column("statement", "statement", "text"),
    Column("concept", "concept", "text"),
    Column("basis", "basis", "text"),
    Column("is_adjusted", "is_adjusted", "bool"),
    Column("version", "printed_version", "text"),
    Column("is_total", "is_total", "bool"),
    Column("period", "period", "text"),
    Column("starts_on", "starts_on", "date"),
    Column("ends_on", "ends_on", "date"),
    Column("value", "value", "numeric"),
    Column("text", "printed", "text"),
    Column("unit", "unit", "text"),
    Column("scale", "scale", "int8"),
    Column("start", "start_offset", "int4"),
    Column("end", "end_offset", "int4"),
    Column("box", "box", "float4[]"),
    Column("doubts", "doubts", "text[]"),
    Column("words", "words", "text[]"),
)
NAMES = ", ".join(column.name for column in COLUMNS)
TYPES = tuple(column.type for column in COLUMNS)
DEFINITIONS = ", ".join(f"{column.name} {column.type}" for column in COLUMNS)
SELECTED = ", ".join(f'f.{column.name} as "{column.field}"' for column in COLUMNS)
"""Of `figures f`, by the names of the fields."""


def to_row(figure: Figure) -> tuple[object, ...]:
    """The values in the order of `COLUMNS`."""
    return tuple(map(_plain, (getattr(figure, column.field) for column in COLUMNS)))


def to_figure(row: dict[str, Any]) -> Figure:
    """Args: row: with the fields' names, as `SELECTED` gives them."""
    fields = {column.field: row[column.field] for column in COLUMNS}
    for field in ("groups", "doubts", "words"):
        fields[field] = tuple(fields[field])
    fields["basis"] = Basis(fields["basis"])
    fields["version"] = Version(fields["version"]) if fields["version"] else None
    fields["box"] = FigureBox(*fields["box"])
    return Figure(**fields)


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value.value if isinstance(value, Basis | Version) else value
