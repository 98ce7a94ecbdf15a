"""What an outsider writes into a request stays within one line of the log."""


def test_path_can_not_forge_a_log_line(service):
    forged = "2026-11-28 12:00:00,000 INFO server.access_log [0] DELETE /documents/x 204 3 ms"
    with service.client() as client:
        client.get(f"/nope%0a{forged}%1b[2J%e2%80%a8end-of-path")
    log = service.wait_for_log("end-of-path")
    (line,) = [line for line in log.splitlines() if "end-of-path" in line]
    assert f"GET /nope\\n{forged}\\x1b[2J\\u2028end-of-path 404" in line
    assert forged not in log.splitlines()
