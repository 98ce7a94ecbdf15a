"""Says at the start which documents an earlier version of the copilot indexed."""

import logging

from graphs.runtime import Runtime
from storage.organizations import all_organizations

logger = logging.getLogger(__name__)


async def report_outdated(runtime: Runtime) -> None:
    """Log how many there are, of all organizations; answers from them lack exact figures."""
    try:
        counts = [
            len(await runtime.reindexing.outdated(organization_id))
            for organization_id in await all_organizations(runtime.database)
        ]
    except Exception:  # the database may be away: the service answers without this line
        logger.exception("could not count the documents of an earlier index")
        return
    if total := sum(counts):
        logger.warning(
            "%d document versions were indexed by an earlier version of the copilot and have no "
            "figures. Run `copilot reindex --all-organizations`; until then they answer as before.",
            total,
        )
