"""A document as Markdown and as a page: the same words, nothing of a person's becomes markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.document.blocks import (
    Block,
    Bullets,
    Column,
    Document,
    Paragraph,
    Section,
    Table,
    code,
    numbers,
    table,
    texts,
)
from core.document.markdown import escaped, to_markdown
from core.document.page import Surroundings, to_html

NASTY = "<img src=x onerror=alert(1)> [a](javascript:alert(1)) | *b* `c` & #d"


class Reader(HTMLParser):
    """What a browser would make of a page: elements and the words in them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def document(*blocks: Block) -> Document:
    return Document("Title", "Subtitle", (Section("One", blocks, (Section("Below"),)),))


def sample() -> Document:
    return document(
        Paragraph("First.", is_lead=True),
        Bullets(("a", "b")),
        Table("Sizes", (*texts("Name"), *numbers("n"), code("sha256")), (("x", "1", "ab"),)),
    )


def test_a_page_has_its_language_one_title_headings_in_order_and_contents() -> None:
    page = Reader(to_html(sample(), Surroundings()))
    assert page.named("html") == [{"lang": "en"}]
    levels = [tag for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert levels == ["h1", "h2", "h3"]
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [a["href"] for a in page.named("a") if (a["href"] or "").startswith("#")]
    assert {str(target)[1:] for target in targets} <= set(ids)


def test_a_table_has_a_caption_and_heads_for_columns_and_rows() -> None:
    page = Reader(to_html(sample(), Surroundings()))
    scopes = [head.get("scope") for head in page.named("th")]
    assert scopes == ["col", "col", "col", "row"]
    assert len(page.named("caption")) == len(page.named("table")) == 1
    (region,) = [div for div in page.named("div") if div.get("role") == "region"]
    assert (region["tabindex"], region["aria-label"]) == ("0", "Sizes")


def test_a_page_loads_only_what_it_is_given() -> None:
    around = Surroundings(styles=["/s.css"], scripts=["/t.js"], icon="/i.svg")
    page = Reader(to_html(sample(), around))
    assert [link["href"] for link in page.named("link")] == ["/i.svg", "/s.css"]
    assert [script["src"] for script in page.named("script")] == ["/t.js"]
    assert not [a for _, a in page.tags for name in a if name.startswith("on") or name == "style"]
    alone = Reader(to_html(sample(), Surroundings(css="p { color: red }")))
    assert not alone.named("link") + alone.named("script")
    assert len(alone.named("style")) == 1


def test_what_people_write_is_a_text_node_everywhere() -> None:
    nasty = Document(
        NASTY,
        NASTY,
        (
            Section(
                NASTY,
                (
                    Paragraph(NASTY),
                    Bullets((NASTY,)),
                    Table(NASTY, (Column(NASTY),), ((NASTY,),)),
                ),
            ),
        ),
    )
    page = Reader(to_html(nasty, Surroundings()))
    assert not page.named("img")
    assert sum(NASTY in words for words in page.words) == 10
    markdown = to_markdown(nasty)
    assert "<img" not in re.sub(r"\\.", "", markdown)
    assert not re.search(r"(?<!\\)\]\(", markdown)


@given(st.text())
def test_an_escaped_text_is_one_line_and_reads_as_it_was(text: str) -> None:
    written = escaped(text)
    assert len(written.splitlines()) <= 1
    read = re.sub(r"\\([\\`*_\[\]<>|~])", r"\1", written).replace("&amp;", "&")
    assert read == " ".join(text.split())


@pytest.mark.parametrize("text", ["# a", "- a", "+ a", "12. a", "3) a", "=== a"])
def test_what_stands_first_makes_neither_heading_nor_list(text: str) -> None:
    body = to_markdown(document(Paragraph(text))).split("\n\n")[3]
    assert body != text
    assert body.replace("\\", "") == text


def test_both_ways_of_writing_say_the_same_words() -> None:
    said = " ".join(Reader(to_html(sample(), Surroundings())).words)
    for words in ("First.", "Sizes", "sha256", "Subtitle", "ab"):
        assert words in said
        assert words in to_markdown(sample())


def test_a_table_without_rows_is_a_sentence_and_a_ragged_one_a_mistake() -> None:
    assert table("Sizes", texts("a"), [], none="None.") == Paragraph("None.")
    with pytest.raises(ValueError, match="needs 2 cells"):
        table("Sizes", texts("a", "b"), [("1",)], none="")
