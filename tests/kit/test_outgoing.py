"""Requests to addresses of others: to public ones only, to what was looked at, not for long and not for much."""

import ipaddress
import ssl
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from clothingline.kit import outgoing
from clothingline.kit.outgoing import Forbidden, Unreached
from tests.notices.receivers import Reply, accept, answer, babble, drip, flood, receiver, reset

BODY, HEADERS = b'{"id":"evt_1"}', {"content-type": "application/json"}
PUBLIC = "93.184.216.34"


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine connects late to itself."""
    monkeypatch.setattr(outgoing, "CONNECT_SECONDS", 60)
    monkeypatch.setattr(outgoing, "TOTAL_SECONDS", 120)


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address to which a connection is wished; none comes about."""
    seen: list[str] = []

    async def note(_backend: Any, host: str, _port: int, **_rest: Any) -> Any:
        seen.append(host)
        raise httpcore.ConnectError

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", note)
    return seen


class Names:
    """A resolver that answers one list after the other, and counts how often it was asked."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers, self.asked = list(answers), 0

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]


def four(number: int) -> Iterator[str]:
    """How an address of version 4 can be written so that some resolver still finds it."""
    a, b, c, d = number.to_bytes(4)
    yield from (f"{a}.{b}.{c}.{d}", str(number), hex(number), f"0{number:o}", f"0x{number:08X}")
    yield from (f"{a}.{number & 0xFFFFFF}", f"{a}.{b}.{number & 0xFFFF}", f"0{a:o}.0{b:o}.0{c:o}.0{d:o}")
    yield from (f"{a:#x}.{b:#x}.{c:#x}.{d:#x}", f"{a:03}.{b:03}.{c:03}.{d:03}", f"{a}.{b}.{c}.{d}.")
    yield from (f"[::ffff:{a}.{b}.{c}.{d}]", f"[::{a}.{b}.{c}.{d}]", f"[64:ff9b::{a}.{b}.{c}.{d}]")
    yield from (f"[2002:{a:02x}{b:02x}:{c:02x}{d:02x}::1]", f"[64:ff9b:1::{a}.{b}.{c}.{d}]")
    yield from (f"[2001:0:{a:02x}{b:02x}:{c:02x}{d:02x}::]", f"{a}%2e{b}%2e{c}%2e{d}", f"{a}。{b}。{c}。{d}")
    yield "".join("０１２３４５６７８９"[int(one)] if one.isdigit() else one for one in f"{a}.{b}.{c}.{d}")


INSIDE = [
    int(ipaddress.ip_address(one))
    for one in (
        *("127.0.0.1", "127.255.255.254", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1"),
        *("192.168.255.255", "169.254.169.254", "100.64.0.1", "100.127.255.255", "0.0.0.0", "0.1.2.3", "192.0.0.8"),  # noqa: S104  # nothing is bound here
        *("192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250"),
        *("240.0.0.1", "255.255.255.255"),
    )
]
OTHERS = [
    *("[::]", "[::1]", "[fe80::1]", "[fe80::1%25eth0]", "[fc00::1]", "[fd12:3456::1]", "[fec0::1]", "[ff02::1]"),
    *("[2001:db8::1]", "[3fff::1]", "[100::1]", "[2001:10::1]", "[5f00::1]", "[::ffff:0:127.0.0.1]", "[4000::1]"),
    *("localhost", "LOCALHOST", "localhost.", "a.localhost", "printer.local", "db.internal", "router.lan", "postgres"),
    *("intra.home.arpa", "x.invalid", "example.com.", "-a.com", "a..com", "", "a b.com", "a_b", "[::1", "999.1.1.1"),
    *(
        "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
        "127.0.0.1\\@example.com",
        "example.com\\.evil.com",
        "0",
        "00",
        "0x",
        "1.2.3.4.5",
        "256.256.256.256",
    ),
]
URLS = [
    *(f"https://{host}/x" for number in INSIDE for host in four(number)),
    *(f"https://{host}/x" for host in OTHERS),
    *("https://user@example.com/", "https://user:word@example.com/", "https://@example.com/", "https://a@127.0.0.1/"),
    *("http://example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/", "//example.com/"),
    *("unix:///run/postgres", "https:/example.com", "https:example.com", "javascript:alert(1)", "", "example.com"),
    *(
        "https://example.com\r\nhost: x/",
        "https://exam\tple.com/",
        "https://example.com:99999/",
        "https://example.com:x/",
    ),
    "https://example.com/" + "x" * 2_000,
]


async def test_no_private_address_is_reached(connected: list[str]) -> None:
    reached = []
    for url in URLS:
        names = Names(["127.0.0.1"])
        try:
            await outgoing.post(url, body=BODY, headers=HEADERS, resolve=names)
        except Forbidden:
            continue
        reached.append(url)
    print(f"{len(URLS)} forms of an address")
    assert (reached, connected) == ([], [])
    assert len(URLS) >= 300


def test_a_public_address_is_taken_in_its_one_plain_form_only() -> None:
    plain, *others = four(int(ipaddress.ip_address("8.8.4.4")))
    assert outgoing.read(f"https://{plain}/x").host == plain
    for host in others:
        with pytest.raises(Forbidden):
            outgoing.read(f"https://{host}/x")


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "::ffff:127.0.0.1"])
async def test_a_name_behind_which_a_private_address_stands_is_refused(connected: list[str], address: str) -> None:
    for found in ([address], [PUBLIC, address], [address, PUBLIC]):
        with pytest.raises(Forbidden, match="address_not_public"):
            await outgoing.post("https://penjahit.id/x", body=BODY, headers=HEADERS, resolve=Names(found))
    assert connected == []


async def test_a_name_is_resolved_once_and_the_connection_goes_to_what_was_looked_at(connected: list[str]) -> None:
    names = Names([PUBLIC], ["127.0.0.1"])
    with pytest.raises(Unreached, match="not_connected"):
        await outgoing.post("https://penjahit.id/x", body=BODY, headers=HEADERS, resolve=names)
    assert (names.asked, connected) == (1, [PUBLIC])


@pytest.mark.parametrize("address", ["8.8.8.8", "100.63.255.255", "172.32.0.1", "2606:4700::1111", "2a00:1450::5"])
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert outgoing.is_public(address)
    assert outgoing.read(f"https://{f'[{address}]' if ':' in address else address}:8443/a?b=c").port == 8443


@pytest.mark.parametrize(
    "url",
    ["https://penjahit.id/webhooks", "https://a.b.co.id:8443/x?y=1", "https://büro.de/", "https://xn--bro-hoa.de"],
)
def test_an_ordinary_address_is_taken(url: str) -> None:
    assert outgoing.read(url).scheme == "https"


async def _say(reply: Reply) -> outgoing.Answer:
    async with receiver(reply) as there:
        return await outgoing.post(there.url, body=BODY, headers=HEADERS, private=True)


async def test_what_is_posted_arrives_as_it_was_under_the_name_that_was_asked_for() -> None:
    async with receiver(answer(201, body=b"terima kasih")) as there:
        url = f"http://penjahit.id:{there.port}/a?b=c"
        said = await outgoing.post(url, body=BODY, headers=HEADERS, private=True, resolve=Names(["127.0.0.1"]))
    [got] = there.got
    assert (said.status, said.body) == (201, b"terima kasih")
    assert (got.line, got.body) == ("POST /a?b=c HTTP/1.1", BODY)
    assert (got.headers["host"], got.headers["content-type"]) == (f"penjahit.id:{there.port}", "application/json")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_an_answer_and_is_not_followed(status: int) -> None:
    async with receiver(accept) as elsewhere:
        said = await _say(answer(status, f"location: {elsewhere.url}"))
    assert (said.status, elsewhere.got) == (status, [])


async def test_of_an_answer_without_end_sixty_four_kilobytes_are_read() -> None:
    said = await _say(flood)
    assert (said.status, len(said.body)) == (200, 64 * 1024)


async def test_an_answer_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "TOTAL_SECONDS", 0.2)
    with pytest.raises(Unreached, match="timeout"):
        await _say(drip)


@pytest.mark.parametrize("reply", [reset, babble])
async def test_a_connection_that_ends_in_the_middle_is_no_answer(reply: Reply) -> None:
    with pytest.raises(Unreached, match="broken"):
        await _say(reply)


async def test_where_nobody_listens_the_next_address_is_tried() -> None:
    async with receiver(accept) as there:
        url = f"http://penjahit.id:{there.port}/"
        await outgoing.post(url, body=BODY, headers=HEADERS, private=True, resolve=Names(["127.0.0.9", "127.0.0.1"]))
    assert len(there.got) == 1
    with pytest.raises(Unreached, match="not_connected"):
        await outgoing.post(url, body=BODY, headers=HEADERS, private=True, resolve=Names(["127.0.0.9"]))


async def test_a_name_that_nobody_has_is_said() -> None:
    with pytest.raises(Unreached, match="name_unknown"):
        await outgoing.post("https://penjahit.id/", body=BODY, headers=HEADERS, resolve=Names([]))


async def test_this_machine_resolves_its_own_name() -> None:
    assert "127.0.0.1" in await outgoing.look_up("localhost", 443)
    assert list(await outgoing.look_up("nobody.invalid", 443)) == []


def certified(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """(what the server shows, whom the client trusts): a certificate of one name, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain = folder / "chain.pem"
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    chain.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(chain)
    return shown, ssl.create_default_context(cadata=made.public_bytes(serialization.Encoding.PEM).decode())


async def _securely(there: ssl.SSLContext, trust: ssl.SSLContext | None, name: str) -> int:
    async with receiver(accept, tls=there) as one:
        url = f"https://{name}:{one.port}/"
        said = await outgoing.post(
            url, body=BODY, headers=HEADERS, private=True, trust=trust, resolve=Names(["127.0.0.1"])
        )
        return said.status


async def test_the_name_is_verified_although_the_connection_goes_to_the_address(tmp_path: Path) -> None:
    shown, trust = certified(tmp_path, "penjahit.id")
    assert await _securely(shown, trust, "penjahit.id") == 204
    with pytest.raises(Unreached, match="certificate"):
        await _securely(shown, trust, "pemasok.id")


async def test_a_certificate_of_nobody_we_trust_is_refused(tmp_path: Path) -> None:
    shown, _ = certified(tmp_path, "penjahit.id")
    with pytest.raises(Unreached, match="certificate"):
        await _securely(shown, None, "penjahit.id")


async def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiver(accept) as proxy:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert (await _say(accept)).status == 204
    assert proxy.got == []
