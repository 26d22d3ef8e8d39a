"""Draws the icon's files from ``gui/icon/balcao.svg``: a PNG of each size, and the ``.ico`` of Windows.

PYTHONPATH=. .venv/bin/python scripts/draw_icon.py, after a change of the SVG; the files are committed.
"""

import asyncio
from pathlib import Path

from PIL import Image
from playwright.async_api import async_playwright

from agent.page.browser import find_browser, sandboxed
from gui.icon import SIZES

FOLDER = Path(__file__).resolve().parents[1] / "gui" / "icon"


async def draw(folder: Path = FOLDER) -> None:
    """Chromium draws: what people see in the card is drawn by it, too."""
    svg = (folder / "balcao.svg").read_text("utf-8")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), chromium_sandbox=sandboxed())
        page = await browser.new_page(viewport={"width": max(SIZES), "height": max(SIZES)})
        await page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{svg}")
        for size in SIZES:
            await page.locator("svg").evaluate(
                "(svg, size) => { svg.style.width = svg.style.height = `${size}px`; }", size
            )
            await page.screenshot(
                path=folder / f"balcao-{size}.png",
                clip={"x": 0, "y": 0, "width": size, "height": size},
                omit_background=True,
            )
        await browser.close()
    pictures = [Image.open(folder / f"balcao-{size}.png") for size in SIZES]
    pictures[-1].save(folder / "balcao.ico", sizes=[(size, size) for size in SIZES], append_images=pictures[:-1])


if __name__ == "__main__":
    asyncio.run(draw())
