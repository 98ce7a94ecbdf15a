"""Which addresses a message may be sent to, in whatever notation they come."""

from ipaddress import ip_address, ip_network

import pytest

from tools.outbound.addresses import SPECIAL, Reach, parse_address

PUBLIC = ("93.184.216.34", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1")
REFUSED = (
    "0.0.0.0", "127.0.0.1", "127.9.9.9",  # noqa: S104  # refused, not bound
    "10.0.0.1", "172.16.0.1", "192.168.1.1",
    "169.254.169.254", "169.254.1.1", "100.64.0.1", "100.100.100.200", "168.63.129.16",
    "192.0.0.192", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::1", "2002:a9fe:a9fe::", "fc00::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2", "fd00:ec2::254", "fe80::1", "fec0::1",
    "ff02::1", "2001:db8::1", "3fff::1", "3fff:fff::1", "5f00::1", "100::1", "100:0:0:1::1",
    "64:ff9b:1::1", "2001:2::1", "2001:20::1", "4000::1", "192.0.0.8", "192.0.0.9", "192.0.0.171",
    "192.88.99.1", "2001:0:4136:e378:8000:63bf:f7f7:f7f7", "64:ff9b::c0a8:1", "2002:c0a8:1::",
)  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_is_reached(address):
    assert Reach().allows(ip_address(address))


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_not_public_is_refused(address):
    assert not Reach().allows(ip_address(address))
    assert not Reach().is_named(ip_address(address))


def test_a_network_that_was_named_is_reached_and_no_other():
    reach = Reach([ip_network("10.1.0.0/16")])
    for address in ("10.1.2.3", "::ffff:10.1.2.3", "64:ff9b::a01:203"):
        assert reach.allows(ip_address(address))
        assert reach.is_named(ip_address(address))
    assert not reach.allows(ip_address("10.2.0.1"))
    assert not reach.is_named(ip_address("8.8.8.8"))


@pytest.mark.parametrize("address", ["169.254.169.254", "fd00:ec2::254", "168.63.129.16"])
def test_metadata_is_refused_whatever_was_named(address):
    everything = Reach([ip_network("0.0.0.0/0"), ip_network("::/0")])
    assert not everything.allows(ip_address(address))


def test_metadata_is_refused_in_every_wrapping():
    everything = Reach([ip_network("0.0.0.0/0"), ip_network("::/0")])
    wrapped = (
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "2001:0:4136:e378:8000:63bf:5601:5601",
    )
    assert [each for each in wrapped if everything.allows(ip_address(each))] == []


@pytest.mark.parametrize("text", ["fd00:ec2::254%1", "fe80::1%eth0", "::1%25lo", "x", "", "1.2.3"])
def test_zone_ids_and_other_texts_are_no_addresses(text):
    with pytest.raises(ValueError, match=r".*"):
        parse_address(text)


def test_edges_of_special_networks_are_refused():
    edges = [address for network in SPECIAL for address in (network[0], network[-1])]
    assert [each for each in edges if Reach().allows(each)] == []
