"""The figures that a page shows, as the apps declare them, and the list to which each leads."""

from functools import cache
from typing import Any

from genxu.core.access import Actor
from genxu.core.declared import members
from genxu.core.figures import figures
from genxu.core.navigation import Tile
from genxu.regions.models import Region

from .counting import is_told_of
from .queries import Row


@cache
def tiles_on(page: str) -> list[Tile]:
    """The tiles of a page, in their order there."""
    found = [tile for tile in members("navigation", "TILES") if page in tile.on]
    return sorted(found, key=lambda tile: tile.on[page])


def figures_on(
    page: str, actor: Actor, place: Region, standing: dict[str, int]
) -> list[dict[str, Any]]:
    """What is shown of each tile; one that is not told of so small a place, or of so few, is left
    out."""
    return [
        _cell(tile, _term(tile), standing) | {"key": tile.key, "link": tile.url_for(actor, place)}
        for tile in tiles_on(page)
        if is_told_of(tile.key, place.code) and tile.key in standing
    ]


def table_of(rows: list[Row], page: str) -> dict[str, Any]:
    """The places below as rows of the same figures."""
    shown = [(tile, _term(tile)) for tile in tiles_on(page)]
    return {
        "columns": [term for _tile, term in shown],
        "rows": [
            {"place": row.place, "cells": [_cell(tile, term, row.values) for tile, term in shown]}
            for row in rows
        ],
    }


def _cell(tile: Tile, term: str, values: dict[str, int]) -> dict[str, Any]:
    """``value`` is None where nothing is told; ``among`` says of a mean how many it is made of."""
    value, fewest = values.get(tile.key), figures()[tile.key].fewest
    many = fewest if value is not None else None
    among = f"{figures()[many[0]].term} {values[many[0]]:,}" if many else ""
    return {"term": term, "value": value, "among": among, "late": tile.alarming and bool(value)}


def _term(tile: Tile) -> str:
    return str(tile.term or figures()[tile.key].term)
