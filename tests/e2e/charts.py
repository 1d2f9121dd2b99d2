"""Whether charts are really drawn: marks in the SVG, or pixels on a WebGL canvas."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

PLOT = ".js-plotly-plot"
_MARKS = ".main-svg .trace path, .main-svg .trace rect, .main-svg .sankey-link, .main-svg image"

_INK = """plot => Array.from(plot.querySelectorAll("canvas.gl-canvas")).map(canvas => {
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [canvas.width, canvas.height];
  if (!copy.width || !copy.height) return 0;
  const context = copy.getContext("2d");
  context.drawImage(canvas, 0, 0);
  const pixels = context.getImageData(0, 0, copy.width, copy.height).data;
  let inked = 0;
  for (let i = 3; i < pixels.length; i += 4) inked += pixels[i] > 0;
  return inked;
}).reduce((sum, one) => sum + one, 0)"""


def expect_drawn(plot: Locator) -> None:
    """Wait until a chart has marks."""
    expect(plot.locator(_MARKS).first).to_be_attached()


def expect_all_drawn(page: Page, at_least: int = 1) -> None:
    """Wait until every chart of the page is there and has marks or, in WebGL, pixels."""
    plots = page.locator(PLOT)
    expect(plots.nth(at_least - 1)).to_be_attached()
    for plot in plots.all():
        if plot.locator("canvas.gl-canvas").count():
            expect_painted(plot)
        else:
            expect_drawn(plot)


def expect_painted(plot: Locator) -> None:
    """Wait until WebGL has painted, and did not give up."""
    expect(plot).not_to_contain_text("WebGL")
    plot.page.wait_for_function(
        f"plot => ({_INK})(plot) > 100", arg=plot.element_handle(), polling=100
    )


def text_colour(plot: Locator) -> str:
    """Return the colour of a chart's text, as its layout says."""
    return str(plot.evaluate("plot => plot.layout.font.color"))
