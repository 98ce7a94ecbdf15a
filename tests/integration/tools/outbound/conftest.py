from ipaddress import ip_network

import pytest

from tools.outbound.addresses import Reach


@pytest.fixture
def loopback_reach() -> Reach:
    return Reach([ip_network("127.0.0.0/8")])
