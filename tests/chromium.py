"""A page in a real browser: what the tests of pages share.

Where chromium, chromedriver and selenium are not installed, the tests that ask for ``browser`` are skipped.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

WIDTHS = (400, 1400)
SCHEMES = ("light", "dark")
A4_WIDTH = round((210 - 2 * 15) / 25.4 * 96)
"""Pixels of CSS between the margins of the printed page."""

FLAGS = (
    "headless no-sandbox disable-gpu disable-quic no-first-run disable-background-networking disable-component-update"
    " disable-sync disable-dev-shm-usage"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """Chromium without a window, in a profile of its own."""
    paths = {name: shutil.which(name) for name in ("chromium", "chromedriver")}
    missing = [name for name, path in paths.items() if path is None]
    if importlib.util.find_spec("selenium") is None:
        missing.append("selenium")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    from selenium.webdriver import Chrome, ChromeOptions, ChromeService

    options = ChromeOptions()
    options.binary_location = paths["chromium"] or ""
    for flag in FLAGS.split():
        options.add_argument(f"--{flag}")
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('profile')}")
    driver = Chrome(options, ChromeService(paths["chromedriver"]))
    try:
        yield driver
    finally:
        driver.quit()


def show(browser: Chrome, address: str, *, width: int = 1400, scheme: str = "light", media: str = "screen") -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
    browser.get("about:blank")  # so that the page is loaded again, without the place that a link left it at
    browser.get(address)


PAINTED = """
const seen = [];
const back = node => {
  for (; node; node = node.parentElement) {
    const colour = getComputedStyle(node).backgroundColor;
    if (colour !== "rgba(0, 0, 0, 0)") return colour;
  }
  return "none";
};
for (const node of document.body.querySelectorAll("*")) {
  const own = [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim());
  for (const part of [own ? null : undefined, "::before", "::after", node.tagName === "LI" ? "::marker" : undefined]) {
    if (part === undefined) continue;
    const style = getComputedStyle(node, part);
    if (part && (style.content === "none" || style.content === "normal")) continue;
    seen.push([node.tagName + (part ?? "") + " " + (node.dataset.state ?? node.className), style.color, back(node)]);
  }
}
return seen;
"""
"""What is written on the page, text and marks: a name, its colour, and the colour behind it."""


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    match = re.fullmatch(r"rgb\((\d+), (\d+), (\d+)\)", colour)
    assert match, f"not an opaque colour: {colour}"
    parts = [int(part) / 255 for part in match.groups()]
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
