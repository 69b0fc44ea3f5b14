# Another program of this host opens connections to the same backend and never closes one: it holds all the local ports there are.
visitors
remote_backend
reload_nginx
sysctl -q -w net.ipv4.ip_local_port_range="42000 42063"
shop_requests 3 >/dev/null
cat >/usr/local/bin/price-sync <<'PYTHON'
import socket
import sys
import time

address, port = sys.argv[1].rsplit(":", 1)
held = []
while True:
    try:
        held.append(socket.create_connection((address, int(port))))
    except OSError as error:
        print("price-sync:", error, flush=True)
        time.sleep(0.5)
PYTHON
systemd-run -q --collect --unit=price-sync /usr/bin/python3 /usr/local/bin/price-sync "$REMOTE_ADDRESS"
wait_until 30 eval '[ "$(ss -Htn state established dst 10.88.0.2 | wc -l)" -ge 50 ]'
sleep 1
shop_requests 30
