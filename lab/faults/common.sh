# Shared by break and cure scripts. They run as root on the host, under bash with -euo pipefail.

# requests SITE PATH COUNT [PAUSE [CURL OPTION...]]: COUNT requests through nginx, one every PAUSE seconds, side by side as visitors
# come; returns when all were answered or given up (70 s). Prints one status a line; 000 is no answer.
requests() {
  local site=$1 path=$2 count=$3 pause=${4:-0.1} i
  shift $(($# < 4 ? $# : 4))
  for ((i = 0; i < count; i++)); do
    curl -s -m 70 -o /dev/null -w '%{http_code}\n' -H "Host: $site" "$@" "http://127.0.0.1$path" || true &
    sleep "$pause"
  done
  wait
}

# visitors: what the sites answer to a few people each, for the statuses a fault does not touch. Prints nothing.
visitors() {
  { requests shop.example.com / 5 & requests blog.example.com / 5 & requests www.example.com / 5 & } >/dev/null
  wait
}

# wait_until SECONDS COMMAND...: polls; fails when the time is over.
wait_until() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || { echo "not in time: $*" >&2; return 1; }
    sleep 0.1
  done
}

listens_on() { ss -Htln "sport = :$1" | grep -q .; }
is_failed() { [ "$(systemctl is-failed "$1")" = failed ]; }
accepts() { curl -s -m 5 -o /dev/null "http://$1/"; }

# checkout_runs OPTION...: gives checkout-api.service other gunicorn options by a drop-in and restarts it.
checkout_runs() {
  local folder=/etc/systemd/system/checkout-api.service.d
  mkdir -p "$folder"
  printf '[Service]\nExecStart=\nExecStart=/usr/bin/gunicorn --workers 1 --threads 8 --access-logfile - %s app:app\n' "$*" >"$folder/options.conf"
  systemctl daemon-reload
  systemctl restart checkout-api.service
}

# checkout_as_shipped: undoes checkout_runs and the settings in /etc/default.
checkout_as_shipped() {
  rm -rf /etc/systemd/system/checkout-api.service.d /etc/default/checkout-api
  systemctl daemon-reload
  systemctl reset-failed checkout-api.service 2>/dev/null || true
  systemctl restart checkout-api.service
  wait_until 10 accepts 127.0.0.1:8080
}

# checkout_settings NAME=VALUE...: environment of the application, then a restart.
checkout_settings() {
  printf '%s\n' "$@" >/etc/default/checkout-api
  systemctl restart checkout-api.service
  wait_until 10 listens_on 8080
}

shop=/etc/nginx/sites-enabled/shop.conf

# shop_with EXPRESSION...: edits the site of the shop by sed, keeps the first original for shop_as_shipped, does not reload.
shop_with() {
  [ -e /var/backups/shop.conf ] || cp -p "$shop" /var/backups/shop.conf
  local expression
  for expression; do sed -i "$expression" "$shop"; done
}

shop_as_shipped() {
  [ ! -e /var/backups/shop.conf ] || mv /var/backups/shop.conf "$shop"
  systemctl reload-or-restart nginx.service
}

# reload_nginx: returns when no worker of before takes new connections any more; the first requests would reach them otherwise.
reload_nginx() {
  local old
  nginx -t -q
  old=$(pgrep -P "$(cat /run/nginx.pid)" | paste -sd,)
  systemctl reload nginx.service
  wait_until 10 none_serves "$old"
}

none_serves() { ! ps -o args= -p "$1" | grep -q 'nginx: worker process$'; }

# second_checkout: a second instance, checkout-api-b.service on port 8082, and an upstream block with both.
second_checkout() {
  sed -e 's/8080/8082/' -e 's/Checkout API/Second checkout API/' /etc/systemd/system/checkout-api.service >/etc/systemd/system/checkout-api-b.service
  systemctl daemon-reload
  systemctl enable -q --now checkout-api-b.service
  wait_until 10 accepts 127.0.0.1:8082
  shop_with 's/^    server 127.0.0.1:8080;/&\n    server 127.0.0.1:8082;/'
}

second_checkout_gone() {
  systemctl disable -q --now checkout-api-b.service
  rm -f /etc/systemd/system/checkout-api-b.service
  systemctl daemon-reload
}

# remote_backend: a backend at 10.88.0.2:8080, in a network namespace of its own like a container on a bridge. It answers and
# leaves closing to nginx, so that TIME-WAIT stays on nginx's side. The shop is pointed at it, without a reload.
remote_backend() {
  ip netns add backend
  ip link add br-backend type veth peer name eth0 netns backend
  ip address add 10.88.0.1/24 dev br-backend
  ip link set br-backend up
  ip -n backend address add 10.88.0.2/24 dev eth0
  ip -n backend link set lo up
  ip -n backend link set eth0 up
  cat >/srv/checkout-api/remote.py <<'PYTHON'
import socketserver


class Answer(socketserver.StreamRequestHandler):
    def handle(self):
        while self.rfile.readline().strip():
            pass
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n{}\n")
        self.rfile.read()  # Until nginx closes.


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


Server(("10.88.0.2", 8080), Answer).serve_forever()
PYTHON
  systemd-run -q --unit=backend-container --property=NetworkNamespacePath=/run/netns/backend /usr/bin/python3 /srv/checkout-api/remote.py
  wait_until 10 accepts 10.88.0.2:8080
  shop_with 's/127.0.0.1:8080/10.88.0.2:8080/'
}

remote_backend_gone() {
  systemctl stop backend-container.service
  ip link del br-backend
  ip netns del backend
}

# older_log_lines MINUTES: moves every stamp of nginx's logs back, and the files' own time with them, as if they had been written
# then. The files stay the same files, because nginx holds them open.
older_log_lines() {
  local minutes=$1
  python3 - "$minutes" <<'PYTHON'
import datetime as d, os, re, sys

back = d.timedelta(minutes=int(sys.argv[1]))
forms = {"error.log": (r"^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d", "%Y/%m/%d %H:%M:%S"), "access.log": (r"(?<=\[)\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d", "%d/%b/%Y:%H:%M:%S")}
for name, (pattern, form) in forms.items():
    path = "/var/log/nginx/" + name
    with open(path) as log:
        text = log.read()
    text = re.sub(pattern, lambda found: (d.datetime.strptime(found[0], form) - back).strftime(form), text, flags=re.M)
    times = os.stat(path)
    with open(path, "w") as log:
        log.write(text)
    os.utime(path, (times.st_atime - back.total_seconds(), times.st_mtime - back.total_seconds()))
PYTHON
}
