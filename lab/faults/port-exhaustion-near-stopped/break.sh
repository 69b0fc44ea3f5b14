# A job holds every local port towards a collector, and nothing else; the application was stopped, and 111 is what that looks like.
visitors
cat >/usr/local/bin/metrics-push <<'PYTHON'
import socket
import sys
import time

collector = ("127.0.0.1", int(sys.argv[1]))
server = socket.create_server(collector, backlog=200)
held = []
while True:
    try:
        held.append(socket.create_connection(collector))
        held.append(server.accept()[0])
    except OSError as error:
        print("metrics-push:", error, flush=True)
        time.sleep(0.5)
PYTHON
sysctl -q -w net.ipv4.ip_local_port_range="42000 42063"
systemd-run -q --collect --unit=metrics-push /usr/bin/python3 /usr/local/bin/metrics-push "$SPARE_PORT"
wait_until 20 eval '[ "$(ss -Htn state established "dport = :$SPARE_PORT" | wc -l)" -ge 60 ]'
shop_requests 5 >/dev/null
systemctl stop "$SHOP_UNIT"
shop_requests 30
