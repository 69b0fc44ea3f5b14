# The name is an alias (CNAME) for a load balancer that was deleted; the record of the alias itself was forgotten.
visitors
cat >/srv/alias-server.py <<'PYTHON'
import socket
import struct

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 5353))


def name(text):
    return b"".join(bytes([len(label)]) + label.encode() for label in text.split(".")) + b"\0"


while True:
    query, client = server.recvfrom(512)
    end = query.index(b"\0", 12) + 5
    known = query[12 : end - 4].lower() == name("checkout.internal")
    target = name("lb-7f3a.shop.internal")
    answer = b"\xc0\x0c" + struct.pack("!HHIH", 5, 1, 60, len(target)) + target if known else b""
    # NXDOMAIN: the end of the chain does not exist.
    server.sendto(query[:2] + struct.pack("!HHHHH", 0x8583, 1, int(known), 0, 0) + query[12:end] + answer, client)
PYTHON
systemd-run -q --collect --unit=alias-server /usr/bin/python3 /srv/alias-server.py
wait_until 10 eval "ss -Hlun 'sport = :5353' | grep -q ."
shop_by_variable checkout.internal "$SHOP_PORT"
shop_server_directive 'resolver 127.0.0.1:5353 valid=2s;' 'resolver_timeout 2s;'
reload_nginx
shop_requests 20
