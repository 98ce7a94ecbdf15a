"""Says who listens on a port that the service wants, as far as that can be known."""

from pathlib import Path

import httpx

LISTENING = "0A"
"""State in /proc/net/tcp (Linux, proc_pid_net(5))."""
MAX_PORT = 65535
HEALTH_SECONDS = 1.0


def why_port_is_taken(host: str, port: int) -> str:
    """Say who has the port and what to do. Where the system doesn't tell, nobody is guessed."""
    other = port + 1 if port < MAX_PORT else port - 1
    advice = f"Stop it, or choose another port: COPILOT_PORT={other}, make run PORT={other}."
    process = _listener(port)
    who = f" by process {process[0]} ({process[1]})" if process else ""
    copilot = " It answers /health as another copilot does." if _is_copilot(host, port) else ""
    return f"Port {port} of {host} is in use{who}.{copilot} {advice}"


def _listener(port: int) -> tuple[int, str] | None:
    """Return pid and command of a process that listens on a port, if Linux shows it to us."""
    sockets = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    if not sockets:
        return None
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if any(str(link.readlink()) in sockets for link in (folder / "fd").iterdir()):
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
                return int(folder.name), command.decode(errors="replace").strip()[:200]
        except OSError:  # another user's process, or one that has just ended
            continue
    return None


def _listening_inodes(port: int) -> set[str]:
    inodes = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        try:
            rows = [line.split() for line in table.read_text().splitlines()[1:]]
        except OSError:
            continue
        inodes |= {
            row[9]
            for row in rows
            if row[3] == LISTENING and int(row[1].rpartition(":")[2], 16) == port
        }
    return inodes


def _is_copilot(host: str, port: int) -> bool:
    where = f"[{host}]" if ":" in host else host
    url = f"http://{where}:{port}/health"
    try:
        answer = httpx.get(url, timeout=HEALTH_SECONDS, trust_env=False)
        return bool(answer.json() == {"status": "ok"})
    except (httpx.HTTPError, ValueError):
        return False
