"""The pages in a browser: joining, answering every kind by touch and by keyboard, and what axe-core finds."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("websockets")
pytest.importorskip("segno")
pytest.importorskip("playwright")
pytest.importorskip("axe_playwright_python")

import axe_playwright_python
from playwright.async_api import Browser, Page, async_playwright, expect

from quiz.core.content.grading import Chosen
from quiz.core.content.interaction import Choose, Enter, Match, Order
from quiz.core.drill.settings import Channel, Stage
from tests.fakes import FakeClock, make_workspace
from tests.web.room import BANK, LiveHost, go, served

if TYPE_CHECKING:
    from quiz.web.server import RoomServer

pytestmark = pytest.mark.extra("websockets", "segno", "playwright", "axe_playwright_python", "chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Run Debian's Chromium."""
    async with async_playwright() as play:
        launched = await play.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS, env={**os.environ, "TMPDIR": "/tmp"}
        )  # a long path holds no socket
        yield launched
        await launched.close()


async def phone_page(chromium: Browser, server: RoomServer, **told: Any) -> Page:
    """Open the page of a phone, with the PIN as from a QR code."""
    context = await chromium.new_context(
        **{"viewport": {"width": 320, "height": 640}, "has_touch": True} | told
    )
    context.set_default_timeout(8000)
    page = await context.new_page()
    page.on("pageerror", lambda error: page.__dict__.setdefault("errors", []).append(str(error)))
    await page.goto(f"http://127.0.0.1:{server.port}/#{server.room.pin}")
    return page


async def join(page: Page, seat: int) -> None:
    await page.fill("#place", str(seat))
    await page.keyboard.press("Enter")
    await expect(page.locator("#who")).to_have_text(f"Pupil {seat}")


async def violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong with a page."""
    await page.evaluate(AXE)
    found = await page.evaluate("rules => axe.run(document, rules)", RULES)
    return [
        f"{one['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


async def answer_by_touch(page: Page, host: LiveHost) -> None:
    match host.drill.interaction:
        case Choose() as asked:
            await page.tap(".option >> nth=0")
            if not asked.is_single:
                await page.tap("#send")
        case Order():
            await page.tap("[aria-label^='Down'] >> nth=0")
            await page.tap("#send")
        case Match(lefts=lefts):
            for place in range(len(lefts)):
                await page.select_option(f"select >> nth={place}", str(place))
            await page.tap("#send")
        case Enter():
            await page.tap("input")
            await page.keyboard.type("42")
            await page.tap("#send")


async def answer_by_keyboard(page: Page, host: LiveHost) -> None:
    """Answer with Tab, Space, Enter and letters alone, from where the page put the focus."""
    press = page.keyboard.press
    match host.drill.interaction:
        case Choose(options=options) as asked:
            await press("Tab")
            await press("Space")
            if not asked.is_single:
                for _ in options:
                    await press("Tab")
                await press("Enter")
        case Order(entries=entries):
            await press("Tab")
            await press("Tab")
            await press("Enter")
            assert await page.evaluate("document.activeElement.getAttribute('aria-label').startsWith('Down')")
            for _ in range(2 * (len(entries) - 2) + 1):
                await press("Tab")
            await press("Enter")
        case Match(lefts=lefts):
            for _ in lefts:
                await press("Tab")
                await press("ArrowDown")
            await press("Tab")
            await press("Enter")
        case Enter():
            await press("Tab")
            await page.keyboard.type("42")
            await press("Enter")


@pytest.mark.parametrize("way", [answer_by_touch, pytest.param(answer_by_keyboard, marks=pytest.mark.long)])
async def test_each_kind_is_answered_and_graded(
    way: Callable[..., Any], tmp_path: Path, bank_file: Callable[[str], Path], clock: FakeClock
) -> None:
    workspace = make_workspace(tmp_path, bank_file(BANK), clock=clock)
    async with browser() as chromium, served(workspace, pupils=("#1", "#2")) as (server, host):
        page = await phone_page(chromium, server)
        await join(page, 1)
        go(host, "start")
        kinds = set()
        while host.drill.stage is not Stage.FINISHED:
            kinds.add(host.drill.current.item.kind)
            await expect(page.locator("h1")).to_have_text(host.drill.current.item.stem)
            await way(page, host)
            await expect(page.locator("#say")).to_contain_text("✓ Sent")
            assert "#1" in host.drill.answers
            score = host.drill.current.grade(host.drill.answers["#1"]).score
            go(host, "close", "reveal")
            said = "✓ Right!" if score == 1 else "◐ Partly" if score else "✗ Not"
            await expect(page.locator("#say")).to_contain_text(said)
            go(host, "next")
        assert len(kinds) == 7
        assert not page.__dict__.get("errors")
    workspace.record.close()


async def test_a_refresh_two_tabs_a_wrong_pin_and_a_lost_connection(
    tmp_path: Path, bank_file: Callable[[str], Path], clock: FakeClock
) -> None:
    workspace = make_workspace(tmp_path, bank_file(BANK), clock=clock)
    async with browser() as chromium, served(workspace, pupils=("#1", "#2")) as (server, host):
        page = await phone_page(chromium, server)
        await page.fill("#pin", "000000" if server.room.pin != "000000" else "111111")
        await page.fill("#place", "1")
        await page.tap("button.main")
        await expect(page.locator("#say")).to_have_text("That PIN is wrong.")
        await page.fill("#pin", server.room.pin)
        await join(page, 1)
        go(host, "start")
        await page.tap(".option >> nth=1")
        await page.tap("#send")
        await expect(page.locator("#say")).to_contain_text("✓ Sent")
        await page.reload()
        await expect(page.locator(".option >> nth=1")).to_have_attribute("aria-pressed", "true")
        await expect(page.locator("#say")).to_contain_text("✓ Sent")
        other = await page.context.new_page()
        await other.goto(f"http://127.0.0.1:{server.port}/")
        await expect(other.locator("#say")).to_contain_text("✓ Sent")
        await other.tap(".option >> nth=0")
        await other.tap("#send")
        await expect(page.locator(".option >> nth=0")).to_have_attribute("aria-pressed", "true")
        for line in list(server.talk._lines):
            line.drop()
        await expect(page.locator("#net")).to_have_text("")
        async with asyncio.timeout(8):
            while len(server.talk.connected) != 1 or len(server.talk._lines) < 2:
                await asyncio.sleep(0.02)
        go(host, "close", "reveal")
        await expect(page.locator("#say")).to_contain_text("✓ Right!")
        await page.click("text=Leave")
        await expect(page.locator("#say")).to_have_text("You left.")
    workspace.record.close()


SMALL = (
    "[...document.querySelectorAll('button, input, select')]"
    ".map(one => one.getBoundingClientRect())"
    ".filter(box => box.height < 48 || box.width < 48).length"
)
"""How many controls are smaller than a finger."""
SIZES = [(320, 640), (768, 1024), (1920, 1080)]


@pytest.mark.parametrize(
    ("size", "schemes", "items"),
    [
        (SIZES[0], ("dark",), 1),
        *(pytest.param(size, ("light", "dark"), 7, marks=pytest.mark.long) for size in SIZES),
    ],
)
async def test_axe_finds_nothing_at_any_size_light_or_dark(
    size: tuple[int, int], schemes: tuple[str, ...], items: int, tmp_path: Path,
    bank_file: Callable[[str], Path], clock: FakeClock,
) -> None:  # fmt: skip
    workspace = make_workspace(tmp_path, bank_file(BANK), clock=clock)
    view = {"width": size[0], "height": size[1]}
    async with browser() as chromium, served(workspace, is_lan=True, pupils=("#1", "#2")) as (server, host):
        pages: list[Page] = []
        for seat, scheme in enumerate(schemes, 1):
            page = await phone_page(chromium, server, viewport=view, color_scheme=scheme)
            wall = await page.context.new_page()
            await wall.goto(server.wall_url)
            await expect(wall.locator("#join")).to_be_visible()
            camera = await page.context.new_page()
            await camera.goto(f"http://127.0.0.1:{server.port}/camera")
            await expect(camera.locator("#pin")).to_be_visible()
            for one in (page, wall, camera):
                assert await violations(one) == []
            await camera.close()
            await join(page, seat)
            pages += [page, wall]
        go(host, "start")
        for _ in range(items):
            for page in pages:
                await expect(page.locator("h1")).to_have_text(host.drill.current.item.stem)
            await answer_by_touch(pages[0], host)
            await expect(pages[0].locator("#say")).to_contain_text("✓ Sent")
            for page in pages:
                assert await violations(page) == [], host.drill.current.item.kind
                assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert await pages[0].evaluate(SMALL) == 0
            go(host, "close", "reveal")
            await expect(pages[0].locator("#say")).not_to_contain_text("Sent")
            for page in pages:
                assert await violations(page) == [], host.drill.current.item.kind
            go(host, "next")
    workspace.record.close()


@pytest.mark.long
async def test_the_wall_is_large_enough_for_the_last_row(
    tmp_path: Path, bank_file: Callable[[str], Path], clock: FakeClock
) -> None:
    workspace = make_workspace(
        tmp_path, bank_file(BANK.replace("title:", "language: de\ntitle:")), clock=clock
    )
    async with browser() as chromium, served(workspace, is_lan=True, pupils=("#1", "#2")) as (server, host):
        context = await chromium.new_context(viewport={"width": 1920, "height": 1080})
        wall = await context.new_page()
        await wall.goto(server.wall_url)
        await expect(wall.locator("#join")).to_contain_text("Mit dem Handy mitmachen")
        go(host, "start")
        while host.drill.stage is not Stage.FINISHED:
            await expect(wall.locator("h1")).to_have_text(host.drill.current.item.stem)
            stem = await wall.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)")
            assert stem >= 64
            await expect(wall.locator("#state")).to_have_text("0 von 2 haben geantwortet")
            box = "document.querySelector('main')"
            assert await wall.evaluate(f"{box}.scrollHeight <= {box}.clientHeight + 1")
            go(host, "close", "reveal", "next")
    workspace.record.close()


@pytest.mark.long
async def test_the_camera_sends_a_photograph_of_4000_pixels_as_a_jpeg(
    tmp_path: Path, bank_file: Callable[[str], Path], clock: FakeClock
) -> None:
    cv2, np = pytest.importorskip("cv2"), pytest.importorskip("numpy")
    photo = tmp_path / "class.png"
    noise = np.random.default_rng(1).integers(0, 256, (1500, 2500), np.uint8)
    cv2.imwrite(str(photo), cv2.resize(noise, (5000, 3000)))
    workspace = make_workspace(tmp_path, bank_file(BANK), clock=clock)
    async with browser() as chromium, served(workspace, pupils=("#1",)) as (server, host):
        page = await (await chromium.new_context()).new_page()
        await page.goto(f"http://127.0.0.1:{server.port}/camera#{server.room.pin}")
        await page.click("button")
        await expect(page.locator("#main")).to_contain_text("has to allow this phone")
        await server.talk.allow_camera(1, is_camera=True)
        await page.set_input_files("input[type=file]", photo)
        await expect(page.locator("#say")).to_contain_text("bytes", timeout=20_000)
        (sent,) = host.photos
        assert cv2.imdecode(np.frombuffer(sent, np.uint8), cv2.IMREAD_GRAYSCALE).shape == (2400, 4000)
        assert sent.startswith(b"\xff\xd8\xff")
        assert 1_000_000 < len(sent) <= 8 * 1024 * 1024
    workspace.record.close()


@pytest.mark.long
async def test_the_board_on_the_wall_has_a_line_for_each_and_leaves_the_options_large(
    tmp_path: Path, bank_file: Callable[[str], Path], clock: FakeClock
) -> None:
    workspace = make_workspace(tmp_path, bank_file(BANK), clock=clock)
    listed = workspace.record.class_lists.add("7b", [f"Maximiliane {k} Musterfrau" for k in range(25)])
    pupils = tuple(pupil.id for pupil in listed.class_list.pupils)
    async with (
        browser() as chromium,
        served(workspace, class_list=listed.class_list.id, pupils=pupils) as (server, host),
    ):
        wall = await (await chromium.new_context(viewport={"width": 1920, "height": 1080})).new_page()
        await wall.goto(server.wall_url)
        go(host, "start")
        while not isinstance(host.drill.interaction, Choose):
            go(host, "close", "reveal", "next")
        size = "parseFloat(getComputedStyle(document.querySelector('.options')).fontSize)"
        await expect(wall.locator("h1")).to_have_text(host.drill.current.item.stem)
        before = await wall.evaluate(size)
        answer = Chosen(host.drill.options[:1])
        host.live.take_answers([(pupil, answer, Channel.DESK) for pupil in pupils])
        go(host, "close", "reveal")
        await expect(wall.locator(".board li")).to_have_count(12)
        assert await wall.evaluate(size) == before
        heights = "[...document.querySelectorAll('.board li')].map(one => one.clientHeight)"
        assert max(await wall.evaluate(heights)) < 70
        await expect(wall.locator(".board + p")).to_be_in_viewport()
    workspace.record.close()
