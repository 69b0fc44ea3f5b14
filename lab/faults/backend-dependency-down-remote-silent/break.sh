# The database stands on another machine, whose filter drops us since tonight; the application connects to it for each page without a limit of its own and waits (SYN-SENT), nginx gives up after 5 s.
ip netns add ledger
ip link add br-ledger type veth peer name eth0 netns ledger
ip address add 10.89.0.1/24 dev br-ledger
ip link set br-ledger up
ip -n ledger address add 10.89.0.2/24 dev eth0
ip -n ledger link set eth0 up
systemd-run -q --unit=ledger --property=NetworkNamespacePath=/run/netns/ledger /usr/bin/python3 -m http.server --bind 10.89.0.2 5432
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<'PYTHON'

import socket

page = app


def app(environ, start_response):
    try:
        socket.create_connection(("10.89.0.2", 5432)).close()
    except OSError as error:
        raise RuntimeError(f'connection to server at "10.89.0.2", port 5432 failed: {error.strerror}') from error
    return page(environ, start_response)


application = app
PYTHON
wait_until 10 curl -s -m 1 -o /dev/null http://10.89.0.2:5432/
checkout_threads 60
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
ip netns exec ledger iptables -A INPUT -p tcp --dport 5432 -j DROP
shop_timeout read 5
reload_nginx
shop_requests 20 0.6
