"""What each kind of loss looks like, so that a check that would find none is found out itself."""

from collections.abc import Iterator

from chaos.load import Ledger

OF_A_VERSION = {
    "delete from chunks where document_version_id = %s and page = 1": "wanted",
    "update document_versions set sha256 = repeat('0', 64) where id = %s": "is gone",
}
OF_A_RUN = {
    "delete from run_events where run_id = %s and number = 1": "told [2",
    "update runs set status = 'running' where id = %s": "is still running",
}
OF_A_CALL = {
    """update webhook_deliveries as sent set status = 'pending' from approvals
    where body = payload and run_id = %s""": "is pending, received: True",
    """update webhook_deliveries as sent set body = body || ' ' from approvals
    where body = payload and run_id = %s""": "was queued 0 times",
    "update approvals set status = 'rejected' where run_id = %s": "is not as it was made",
}


def harm(ledger: Ledger) -> Iterator[tuple[str, str, str]]:
    """(SQL, the id that it takes, what is to be found then), one upon the other."""
    of = (
        (OF_A_VERSION, ledger.uploads[0]["version_id"]),
        (OF_A_RUN, ledger.runs[0]),
        (OF_A_CALL, next(iter(ledger.approved))),
    )
    for statements, row_id in of:
        for statement, finding in statements.items():
            yield statement, row_id, finding
