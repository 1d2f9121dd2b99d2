"""A lens of a drafted source as the text of its part of source.toml."""

from __future__ import annotations

from core.sources.drafting.comments import toml_comment
from core.sources.drafting.lens_drafts import LensDraft, LensInput
from core.sources.drafting.toml_values import toml_list, toml_text


def lens_text(lens: LensDraft) -> str:
    """Return the lens as TOML, with the reasons for its inputs beside them."""
    lines = [
        "[[lenses]]",
        f"name = {toml_text(lens.name)}",
        f"label = {toml_text(lens.label)}",
        f'side = "{lens.side.value}"',
        f"question = {toml_text(lens.question)}",
    ]
    if lens.grouping:
        lines.append(f"grouping = {toml_text(lens.grouping)}  # by rule: nothing is clustered")
    else:
        lines += ["k_min = 3", "k_max = 6"]
    if lens.tiers:
        lines.append(f"tiers = {toml_list(lens.tiers)}")
        lines.append(f"tier_shares = [{', '.join(f'{share:.2f}' for share in lens.tier_shares)}]")
    if lens.value:
        told = "; ".join(filter(None, ["segments are ordered by it", lens.value_note]))
        lines.append(f"value = {toml_text(lens.value)}  {toml_comment(told)}")
    if lens.requires:
        lines.append(f"requires = {toml_list(lens.requires)}")
        lines.append(f"lacking = {toml_text(lens.lacking)}")
    if lens.radar:
        lines.append(f"radar = {toml_list(lens.radar)}")
    lines += ["features = [", *(_input(one) for one in lens.inputs), "]"]
    lines += [toml_comment(note) for note in lens.notes]
    if lens.zero:
        lines += [
            "",
            "[lenses.inactive]",
            'name = "Not yet active"',
            'description = "Customers of whom the files hold nothing that they did."',
            f"zero = {toml_list(lens.zero)}",
        ]
    return "\n".join([*lines, ""])


def _input(one: LensInput) -> str:
    parts = [f"name = {toml_text(one.name)}"]
    parts += ["log = true"] if one.log else []
    parts += [f"cap = {one.cap}"] if one.cap is not None else []
    parts += [f"weight = {one.weight}"] if one.weight is not None else []
    return f"    {{ {', '.join(parts)} }}," + (f"  {toml_comment(one.note)}" if one.note else "")
