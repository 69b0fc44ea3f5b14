# Somebody made client_body_timeout one second; weather stations in the field send a report in pieces, with pauses, and nginx hangs up on them.
visitors
shop_directive 'client_body_timeout 1s;'
reload_nginx
python3 - "$SHOP_SITE" "${SHOP_PATH}cart" <<'PYTHON'
import socket
import sys
import threading
import time

site, path = sys.argv[1:]
lock = threading.Lock()


def send():
    status = "000"
    try:
        with socket.create_connection(("127.0.0.1", 80), timeout=10) as link:
            link.sendall(f"POST {path} HTTP/1.1\r\nHost: {site}\r\nContent-Length: 6000\r\nConnection: close\r\n\r\n".encode() + b"a" * 2000)
            time.sleep(2.5)
            link.sendall(b"b" * 4000)
            status = link.recv(100).split()[1].decode()
    except (OSError, IndexError):
        pass
    with lock:
        print(status)


stations = [threading.Thread(target=send) for _ in range(25)]
for each in stations:
    each.start()
    time.sleep(0.1)
for each in stations:
    each.join()
PYTHON
