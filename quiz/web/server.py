"""The server of the wall and the phones, in the app's own loop. Imported only where it is asked for."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import os
import socket
from collections import Counter
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from quiz.core.content.item import Image
from quiz.core.drill.room import Room
from quiz.errors import UsageError
from quiz.web.addresses import host_names, in_url, is_loopback, is_of_this_computer, own_addresses, plain
from quiz.web.limits import MOST_BYTES, MOST_PER_NETWORK, MOST_SOCKETS, network_of
from quiz.web.line import Line
from quiz.web.page_files import ALWAYS, NOTHING, kind_of_picture, language_of, page
from quiz.web.talk import Talk

if TYPE_CHECKING:
    from quiz.web.host import Host

ON_THIS_COMPUTER: Final = "127.0.0.1"
PHONE_SOCKET, WALL_SOCKET = "/socket", "/wall/socket"
OPEN_SECONDS: Final = 10
"""How long a browser may take for its request."""


class RoomServer:
    """Serves one drill's wall and phones."""

    def __init__(self, host: Host, room: Room) -> None:
        self.talk = Talk(host, room)
        self._host = host
        self._server: Server | None = None
        self._hosts: frozenset[str] = frozenset()
        self._by_network: Counter[str] = Counter()
        self._pictures: dict[str, tuple[str, Image]] = {}
        self.addresses: tuple[str, ...] = ()
        """The addresses under which phones may reach it, the likeliest first."""
        self.phone_urls: tuple[str, ...] = ()
        """The same as phones' browsers take them, without the PIN."""
        self.was_reached = False
        """Whether another device has asked for anything."""

    @property
    def room(self) -> Room:
        """Who is in the room."""
        return self.talk.room

    @property
    def port(self) -> int:
        """The port on which it listens."""
        return self.talk.room.port

    @property
    def wall_url(self) -> str:
        """The address of the wall on this computer."""
        return f"http://{ON_THIS_COMPUTER}:{self.port}/wall"

    async def start(self) -> None:
        """Listen. Raises UsageError if the port is taken or may not be used."""
        room = self.talk.room
        try:
            listening = _listening_socket(room.port, is_lan=room.is_lan)
            self._server = await serve(
                self._serve_socket,
                sock=listening,
                process_request=self._answered,
                create_connection=self._connection,  # type: ignore[arg-type]  # any factory will do
                compression=None,
                max_size=MOST_BYTES,
                max_queue=4,
                open_timeout=OPEN_SECONDS,
                close_timeout=OPEN_SECONDS,
                ping_interval=10,
                ping_timeout=20,
                server_header=None,
                logger=logging.Logger("quiz.web", logging.CRITICAL + 1),  # noqa: LOG001 - it says nothing
            )
        except OSError as error:
            raise UsageError(
                f"The wall cannot listen on port {room.port}: {os.strerror(error.errno or 0)}.",
                "Name another one with --port, or leave it out.",
            ) from error
        port = listening.getsockname()[1]
        if room.is_lan:
            self.addresses = own_addresses(with_ipv6=listening.family == socket.AF_INET6)
        self._hosts = host_names(self.addresses, port)
        self.phone_urls = tuple(f"http://{in_url(address)}:{port}/" for address in self.addresses)
        self.talk.begin(port, self.address_of, self.phone_urls)

    async def stop(self) -> None:
        """Close every connection and stop listening."""
        self.talk.end()
        if self._server is not None:
            self._server.close()
            with suppress(TimeoutError):
                async with asyncio.timeout(2):
                    await self._server.wait_closed()
            self._server = None

    def address_of(self, bank: str, image: Image) -> str:
        """Return the address of a picture, which cannot be guessed; empty where it cannot be shown."""
        told = f"{bank}/{image.file}".encode()
        name = hmac.new(bytes.fromhex(self.room.secret), told, hashlib.sha256).hexdigest()[:24]
        if name not in self._pictures:
            if self._host.picture(bank, image) is None:
                return ""
            self._pictures[name] = (bank, image)
        return f"/picture/{name}"

    # Requests

    def _connection(self, *arguments: Any, **named: Any) -> ServerConnection:
        return _Counted(self._by_network, *arguments, **named)

    def _answered(self, connection: ServerConnection, request: Request) -> Response | None:
        """Return the answer to a request for a page, or None for a socket that may be opened."""
        host = request.headers.get("Host", "").lower() if len(request.headers.get_all("Host")) == 1 else ""
        if host not in self._hosts:
            return _refused(HTTPStatus.MISDIRECTED_REQUEST)
        address = _address(connection)
        is_here = is_loopback(address)
        if address and not self.was_reached and not is_of_this_computer(address):
            self.was_reached = True
            self.talk.changed()
        path = request.path.partition("?")[0]
        if path in {PHONE_SOCKET, WALL_SOCKET}:
            is_own = request.headers.get_all("Origin") == [f"http://{host}"]
            may = is_own and (is_here or path != WALL_SOCKET)
            return None if may else _refused(HTTPStatus.FORBIDDEN)
        spoken = language_of(",".join(request.headers.get_all("Accept-Language")))
        if path in {"/", "/camera"}:
            return _page(path[1:] or "phone", spoken, host)
        if path == "/wall" and is_here:
            return _page("wall", language_of(self._host.drill.words.language), host)
        if path.startswith("/picture/"):
            return self._picture(path.removeprefix("/picture/"))
        return _refused(HTTPStatus.NOT_FOUND)

    def _picture(self, name: str) -> Response:
        known = self._pictures.get(name)
        content = self._host.picture(*known) if known else None
        kind = kind_of_picture(content) if content else ""
        if not content or not kind:
            return _refused(HTTPStatus.NOT_FOUND)
        return _response(HTTPStatus.OK, kind, content, NOTHING)

    async def _serve_socket(self, socket: ServerConnection) -> None:
        """Talk to a browser until it goes."""
        request = socket.request
        is_wall = request is not None and request.path.partition("?")[0] == WALL_SOCKET
        line = Line(socket, _address(socket), self._host.passed, is_wall=is_wall)
        sending = asyncio.create_task(self._send(line))
        self.talk.add(line)
        try:
            async for frame in socket:
                if not await self.talk.hear(line, frame):
                    line.drop()
                    break
        except ConnectionClosed:
            pass
        finally:
            self.talk.remove(line)
            sending.cancel()
            with suppress(asyncio.CancelledError):
                await sending

    async def _send(self, line: Line) -> None:
        with suppress(ConnectionClosed):
            await line.send_all(self.talk.newest)


class _Counted(ServerConnection):
    """A connection that is cut at once where there are too many."""

    def __init__(self, by_network: Counter[str], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._by_network = by_network
        self._counted = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count the connection, or cut it."""
        super().connection_made(transport)
        network = network_of(_address(self))
        has_room = self._by_network.total() < MOST_SOCKETS and self._by_network[network] < MOST_PER_NETWORK
        if not has_room:
            self.transport.abort()
            return
        self._by_network[network] += 1
        self._counted = network

    def connection_lost(self, exc: Exception | None) -> None:
        """Count it no more."""
        if self._counted:
            self._by_network[self._counted] -= 1
            if not self._by_network[self._counted]:
                del self._by_network[self._counted]
            self._counted = ""
        super().connection_lost(exc)


def _listening_socket(port: int, *, is_lan: bool) -> socket.socket:
    """Return a socket that listens for this computer alone, or for all, by IPv6 as well where there is that.

    Raises OSError if the port is taken or may not be used.
    """
    if not is_lan:
        return socket.create_server((ON_THIS_COMPUTER, port))
    try:
        return socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True)
    except (OSError, ValueError):
        return socket.create_server(("", port))


def _address(connection: ServerConnection) -> str:
    told = connection.remote_address
    return plain(str(told[0])) if told else ""


def _page(name: str, language: str, host: str) -> Response:
    found = page(name, language)
    return _response(HTTPStatus.OK, "text/html; charset=utf-8", found.content, found.policy(host))


def _refused(status: HTTPStatus) -> Response:
    return _response(status, "text/plain; charset=utf-8", f"{status.phrase}\n".encode(), NOTHING)


def _response(status: HTTPStatus, kind: str, content: bytes, policy: str) -> Response:
    headers = Headers([*ALWAYS])
    headers["Connection"] = "close"
    headers["Content-Length"] = str(len(content))
    headers["Content-Security-Policy"] = policy
    headers["Content-Type"] = kind
    return Response(status.value, status.phrase, headers, content)
