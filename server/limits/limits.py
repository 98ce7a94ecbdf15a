"""Takes a request's share before any work is done, and gives back what is held at its end."""

from contextlib import AsyncExitStack

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import TooManyRequestsError
from core.principal import Principal
from core.settings import Settings
from server.limits.counting import Counter
from server.limits.rates import Rate, Rates, Standing
from server.limits.redis_client import SharedRedis
from server.limits.slots import Slots


class Limits:
    """What handlers' dependencies ask."""

    def __init__(self, settings: Settings) -> None:
        """Raises: ConfigurationError: a rate or REDIS_URL can't be read."""
        self.rates = Rates.of(settings)
        url = settings.redis_url
        self._redis = SharedRedis(url.get_secret_value()) if url else None
        self._counter = Counter(self._redis)
        self._slots = Slots(settings.limit_runs_at_once, self._redis)

    async def upload(self, request: Request, principal: Principal) -> None:
        """Raises: TooManyRequestsError, UnavailableError: nothing may be stored."""
        await self._count(request, principal, self.rates.uploads, 1)

    async def more_files(
        self, request: Request, principal: Principal, wanted: int
    ) -> tuple[int, Standing]:
        """Count the files of an upload beyond the first, as many as are left of the rate.

        Returns: how many may be taken in, and where the principal stands now.

        Raises:
            UnavailableError: none may be stored.
        """
        granted, standing = await self._counter.count_up_to(principal, self.rates.uploads, wanted)
        request.state.standing = standing
        return granted, standing

    async def write(self, request: Request, principal: Principal) -> None:
        """Raises: TooManyRequestsError, UnavailableError: nothing may be changed."""
        await self._count(request, principal, self.rates.writes, 1)

    async def failed_sign_in(self, address: str) -> TooManyRequestsError | None:
        """Count one. Returns: what to answer with, if there were too many."""
        rate = self.rates.failed_sign_ins
        is_left, standing = await self._counter.count_address(address, rate)
        if is_left:
            return None
        wait = standing.seconds
        return TooManyRequestsError(
            f"Signing in failed too often from this address: {rate} are answered. Check the "
            f"credentials, and try again in {wait} seconds.",
            retry_after_seconds=wait,
        )

    async def run(
        self, request: Request, principal: Principal, *, runs: int = 1, at_once: int = 1
    ) -> None:
        """Raises: TooManyRequestsError, UnavailableError, InvalidInputError: nothing may run."""
        await self._count(request, principal, self.rates.asking(principal), runs)
        held: AsyncExitStack = request.state.held
        await held.enter_async_context(self._slots.taken(principal, at_once))

    async def aclose(self) -> None:
        if self._redis:
            await self._redis.close()

    async def _count(self, request: Request, principal: Principal, rate: Rate, cost: int) -> None:
        is_left, standing = await self._counter.count(principal, rate, cost)
        request.state.standing = standing
        if not is_left:
            wait = standing.seconds_until(cost)
            raise TooManyRequestsError(
                f"You may ask for {rate}. Try again in {wait} seconds.", retry_after_seconds=wait
            )


class Share:
    """ASGI middleware: tells each answer where its caller stands, and ends what was held."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})

        async def telling(message: Message) -> None:
            standing: Standing | None = state.get("standing")
            if message["type"] == "http.response.start" and standing:
                MutableHeaders(scope=message).update(standing.headers())
            await send(message)

        async with AsyncExitStack() as state["held"]:
            await self._app(scope, receive, telling)
