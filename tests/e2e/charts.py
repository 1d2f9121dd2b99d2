"""Whether charts are really drawn: marks in the SVG, or pixels on a WebGL canvas."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

PLOT = ".js-plotly-plot"

# The charts of the page are found anew at every look: one that was found before the page
# changed is no longer in it, and its canvas stays blank for ever.
_IS_DRAWN = """plot => {
  const canvases = Array.from(plot.querySelectorAll("canvas.gl-canvas"));
  if (!canvases.length) return plot.querySelector(
    ".main-svg .trace path, .main-svg .trace rect, .main-svg .sankey-link, .main-svg image"
  ) !== null;
  const inked = canvases.map(canvas => {
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [canvas.width, canvas.height];
    if (!copy.width || !copy.height) return 0;
    const context = copy.getContext("2d");
    context.drawImage(canvas, 0, 0);
    const pixels = context.getImageData(0, 0, copy.width, copy.height).data;
    let inked = 0;
    for (let i = 3; i < pixels.length; i += 4) inked += pixels[i] > 0;
    return inked;
  });
  return inked.reduce((sum, one) => sum + one, 0) > 100;
}"""


def expect_all_drawn(page: Page, at_least: int = 1, within: str = "") -> None:
    """Wait until the charts of the page, or of a part of it, have marks or painted pixels."""
    page.wait_for_function(
        f"""([selector, atLeast]) => {{
          const plots = Array.from(document.querySelectorAll(selector));
          return plots.length >= atLeast && plots.every({_IS_DRAWN});
        }}""",
        arg=[f"{within} {PLOT}", at_least],
        polling=100,
    )
    expect(page.locator(f"{within} {PLOT}").filter(has_text="WebGL")).to_have_count(0)


def text_colour(plot: Locator) -> str:
    """Return the colour of a chart's text, as its layout says."""
    return str(plot.evaluate("plot => plot.layout.font.color"))
