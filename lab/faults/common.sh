# Shared by break and cure scripts. They run as root on the host, under bash with -euo pipefail, with the names, ports and files of
# this host as variables (README.md lists them).

# requests SITE PATH COUNT [PAUSE [CURL OPTION...]]: COUNT requests through nginx, one every PAUSE seconds, side by side as visitors
# come; returns when all were answered or given up (70 s). Prints one status a line; 000 is no answer.
requests() {
  local site=$1 path=$2 count=$3 pause=${4:-0.1} i
  shift $(($# < 4 ? $# : 4))
  noted requests "$site" "$path" "$count" "$pause" "$@"
  for ((i = 0; i < count; i++)); do
    curl -s -m 70 -o /dev/null -w '%{http_code}\n' -H "Host: $site" "$@" "http://127.0.0.1$path" || true &
    sleep "$pause"
  done
  wait
}

# shop_requests COUNT [PAUSE [CURL OPTION...]]: `requests` to a page of the shop that its backend answers.
shop_requests() { requests "$SHOP_SITE" "${SHOP_PATH}cart" "$@"; }

# visitors: what the sites answer to a few people each, for the statuses a fault does not touch. Prints nothing.
visitors() {
  local unnoted=1
  { requests "$SHOP_SITE" "$SHOP_PATH" 5 & requests "$BLOG_SITE" / 5 & requests "$WWW_SITE" / 5 & } >/dev/null
  wait
}

# noted COMMAND...: keeps what a script asks, for `ask_again`; one line each.
noted() { [ -n "${unnoted-}" ] || printf '%s\n' "$(printf '%q ' "$@")" >>/run/lab-asked; }

# ask_again: what the breaking script asked, once more; the same statuses are printed.
ask_again() {
  local unnoted=1 line lines=()
  [ ! -e /run/lab-asked ] || mapfile -t lines </run/lab-asked
  for line in "${lines[@]}"; do eval "$line"; done
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

# listens_at ADDRESS: something listens there, on TCP or on a unix socket. Opens no connection.
listens_at() {
  case $1 in
  unix:*) ss -Hxln | awk '{ print $5 }' | grep -qxF "${1#unix:}" ;;
  *) listens_on "${1##*:}" ;;
  esac
}

# accepts ADDRESS: an HTTP backend answers there; one of another protocol listens.
accepts() {
  case $SHOP_PROTOCOL,$1 in
  proxy,unix:*) curl -s -m 5 -o /dev/null --unix-socket "${1#unix:}" http://localhost/ ;;
  proxy,*) curl -s -m 5 -o /dev/null "http://$1/" ;;
  *) listens_at "$1" ;;
  esac
}

. /etc/lab/layout

# --- files that are edited, and how they were ----------------------------------------------------------------

kept=/var/backups/lab

# keep FILE...: remembers the first original of a file, for `give_back`.
keep() {
  local file
  for file; do
    file=$(realpath "$file")
    [ -e "$kept$file" ] || { mkdir -p "$kept${file%/*}" && cp -p "$file" "$kept$file"; }
  done
}

# give_back FILE...: the originals again, with their own times; a file that was not kept stays as it is.
give_back() {
  local file
  for file; do
    file=$(realpath "$file")
    [ ! -e "$kept$file" ] || mv "$kept$file" "$file"
  done
}

# --- the application behind the shop --------------------------------------------------------------------------

# checkout_command COMMAND: another command line for the unit, by a drop-in; no restart.
checkout_command() {
  local folder=/etc/systemd/system/$SHOP_UNIT.d
  mkdir -p "$folder"
  printf '[Service]\nExecStart=\nExecStart=%s\n' "$1" >"$folder/options.conf"
  systemctl daemon-reload
}

# checkout_runs OPTION...: other gunicorn options by a drop-in, and a restart. Kinds: gunicorn, gunicorn-unix, template, socket-activated.
checkout_runs() {
  checkout_command "/usr/bin/gunicorn --workers 1 --threads 8 --access-logfile - $* app:app"
  systemctl restart "$SHOP_UNIT"
}

# checkout_at ADDRESS: the command line with another address in it.
checkout_at() {
  local address=$1 host=${1%:*} port=${1##*:}
  host=${host#[}
  host=${host%]}
  [ "$SHOP_KIND" != uwsgi-unix ] || address=${address#unix:}
  printf %s "$SHOP_EXEC" | sed -e "s|@ADDRESS@|$address|" -e "s|@HOST@|$host|" -e "s|@PORT@|$port|"
}

# checkout_moves_to ADDRESS: the application listens there from now on (127.0.0.1:8081, [::1]:8080); the site is not told. All kinds.
checkout_moves_to() {
  local address=$1 folder
  case $SHOP_KIND in
  node)
    folder=/etc/systemd/system/$SHOP_UNIT.d
    mkdir -p "$folder"
    local host=${address%:*}
    host=${host#[}
    printf '[Service]\nEnvironment=HOST=%s PORT=%s\n' "${host%]}" "${address##*:}" >"$folder/options.conf"
    ;;
  socket-activated)
    folder=/etc/systemd/system/$SHOP_SOCKET_UNIT.d
    mkdir -p "$folder"
    printf '[Socket]\nListenStream=\nListenStream=%s\n' "${address#unix:}" >"$folder/options.conf"
    ;;
  php-tcp)
    keep "$SHOP_FPM_CONF"
    sed -i "s|^listen = .*|listen = $address|" "$SHOP_FPM_CONF"
    ;;
  apache)
    keep /etc/apache2/ports.conf /etc/apache2/sites-enabled/000-default.conf
    sed -i "s|$SHOP_BIND|$address|" /etc/apache2/ports.conf /etc/apache2/sites-enabled/000-default.conf
    ;;
  *) checkout_command "$(checkout_at "$address")" ;;
  esac
  systemctl daemon-reload
  systemctl stop "$SHOP_UNIT"
  [ -z "$SHOP_SOCKET_UNIT" ] || systemctl restart "$SHOP_SOCKET_UNIT"
  systemctl start "$SHOP_UNIT"
  wait_until 15 listens_at "$address"
}

# checkout_threads COUNT: so many requests at once instead of 8, and a restart. Kinds without a limit (node, plain) stay as they are.
checkout_threads() {
  case $SHOP_KIND in
  node | plain | grpc) return ;;
  php-tcp)
    keep "$SHOP_FPM_CONF"
    sed -i -e "s|^pm.max_children = .*|pm.max_children = $1|" "$SHOP_FPM_CONF"
    ;;
  apache)
    keep /etc/apache2/sites-enabled/000-default.conf
    sed -i "s|threads=8|threads=$1|" /etc/apache2/sites-enabled/000-default.conf
    ;;
  *) checkout_command "$(checkout_at "$SHOP_BIND" | sed "s|--threads 8|--threads $1|")" ;;
  esac
  systemctl restart "$SHOP_UNIT"
  wait_until 15 listens_at "$SHOP_ADDRESS"
}

# checkout_settings NAME=VALUE...: environment of the application (APP_DELAY=2 seconds, APP_FAIL=1 answers 500, APP_SETTINGS=FILE that
# must be there or it does not start), then a restart. Not for grpc; APP_SETTINGS not for apache, which starts without.
checkout_settings() {
  printf '%s\n' "$@" >"$SHOP_SETTINGS"
  systemctl restart "$SHOP_UNIT"
  wait_until 15 listens_at "$SHOP_ADDRESS"
}

# checkout_as_shipped: undoes all of the above.
checkout_as_shipped() {
  rm -rf "/etc/systemd/system/$SHOP_UNIT.d" "$SHOP_SETTINGS"
  case $SHOP_KIND in
  php-tcp) give_back "$SHOP_FPM_CONF" ;;
  apache) give_back /etc/apache2/ports.conf /etc/apache2/sites-enabled/000-default.conf ;;
  socket-activated) rm -rf "/etc/systemd/system/$SHOP_SOCKET_UNIT.d" ;;
  esac
  systemctl daemon-reload
  systemctl reset-failed "$SHOP_UNIT" 2>/dev/null || true
  systemctl stop "$SHOP_UNIT"
  [ -z "$SHOP_SOCKET_UNIT" ] || systemctl restart "$SHOP_SOCKET_UNIT"
  systemctl start "$SHOP_UNIT"
  wait_until 15 accepts "$SHOP_ADDRESS"
}

# second_checkout: a second instance ($SECOND_UNIT at $SECOND_ADDRESS) beside the first in the upstream block; no reload. Needs
# `upstream: named` in expect.yml. Kinds: gunicorn, template, uwsgi, node, plain.
second_checkout() {
  if [ "$SHOP_KIND" != template ]; then
    sed -e "s/$SHOP_PORT/$SPARE_PORT2/" -e 's/^Description=/&Second /' "/etc/systemd/system/$SHOP_UNIT" >"/etc/systemd/system/$SECOND_UNIT"
    touch -r "/etc/systemd/system/$SHOP_UNIT" "/etc/systemd/system/$SECOND_UNIT"
  fi
  systemctl daemon-reload
  systemctl enable -q --now "$SECOND_UNIT"
  wait_until 15 accepts "$SECOND_ADDRESS"
  shop_with "s/^\([ \t]*\)server $SHOP_ADDRESS;/&\n\1server $SECOND_ADDRESS;/"
}

second_checkout_gone() {
  systemctl disable -q --now "$SECOND_UNIT"
  [ "$SHOP_KIND" = template ] || rm -f "/etc/systemd/system/$SECOND_UNIT"
  systemctl daemon-reload
}

# remote_backend: an HTTP backend at $REMOTE_ADDRESS, in a network namespace of its own like a container on a bridge. It answers and
# leaves closing to nginx, so that TIME-WAIT stays on nginx's side. The shop is pointed at it, without a reload. Kinds of HTTP over TCP.
remote_backend() {
  ip netns add backend
  ip link add br-backend type veth peer name eth0 netns backend
  ip address add 10.88.0.1/24 dev br-backend
  ip link set br-backend up
  ip -n backend address add 10.88.0.2/24 dev eth0
  ip -n backend link set lo up
  ip -n backend link set eth0 up
  cat >"$SHOP_DIR/remote.py" <<'PYTHON'
import socketserver
import sys


class Answer(socketserver.StreamRequestHandler):
    def handle(self):
        while self.rfile.readline():  # The next request, or nothing once nginx has closed.
            while self.rfile.readline().strip():
                pass
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n{}\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


Server(("10.88.0.2", int(sys.argv[1])), Answer).serve_forever()
PYTHON
  systemd-run -q --unit=backend-container --property=NetworkNamespacePath=/run/netns/backend /usr/bin/python3 "$SHOP_DIR/remote.py" "$SHOP_PORT"
  wait_until 10 accepts "$REMOTE_ADDRESS"
  shop_points_to "$REMOTE_ADDRESS"
}

remote_backend_gone() {
  systemctl stop backend-container.service
  ip link del br-backend
  ip netns del backend
}

# --- the site of the shop ----------------------------------------------------------------------------------------

# plain_text: quotes a text for the left side of a sed substitution with any of the usual delimiters.
plain_text() { printf %s "$1" | sed 's/[][\.*^$/|#]/\\&/g'; }

# shop_with EXPRESSION...: edits the files of the shop's site by sed, keeps the originals for shop_as_shipped, does not reload. On some
# hosts all sites share one file: make expressions match what only the shop has (its name, address, upstream).
shop_with() {
  local expression
  keep "$SHOP_CONF" "$SHOP_UPSTREAM_CONF"
  for expression; do
    sed -i --follow-symlinks "$expression" "$SHOP_CONF"
    [ "$SHOP_UPSTREAM_CONF" = "$SHOP_CONF" ] || sed -i --follow-symlinks "$expression" "$SHOP_UPSTREAM_CONF"
  done
}

# shop_directive TEXT...: lines into the location of the shop, below its pass directive.
shop_directive() {
  local text
  for text; do shop_with "s|^\([ \t]*\)$(plain_text "$SHOP_PASS")\$|&\n\1$text|"; done
}

# shop_server_directive TEXT...: lines into the shop's server block, below its name.
shop_server_directive() {
  local text
  for text; do shop_with "s|^\([ \t]*\)server_name $(plain_text "$SHOP_SITE");\$|&\n\1$text|"; done
}

# shop_timeout KIND SECONDS: proxy_read_timeout 5s and the like, in the shop's own protocol (read, send, connect).
shop_timeout() { shop_directive "${SHOP_PROTOCOL}_$1_timeout $2s;"; }

# shop_points_to ADDRESS: another address of the backend, in the upstream block or the pass directive.
shop_points_to() { shop_with "/^[ \t]*#/! s|$(plain_text "$SHOP_ADDRESS")|$1|"; }

# http_directive TEXT...: lines at http level, whatever the files are.
http_directive() {
  local text
  keep /etc/nginx/nginx.conf
  for text; do sed -i "s|^\([ \t]*\)sendfile on;|&\n\1$text|" /etc/nginx/nginx.conf; done
}

shop_as_shipped() {
  give_back /etc/nginx/nginx.conf "$SHOP_CONF" "$SHOP_UPSTREAM_CONF"
  systemctl reload-or-restart nginx.service
}

# new_site NAME: where a server block of its own belongs on this host; for scripts that add one by `cat >"$(new_site secure)"`.
new_site() {
  case $SHOP_CONF in
  /etc/nginx/sites-enabled/*) printf '/etc/nginx/sites-enabled/%s.conf' "$1" ;;
  /etc/nginx/nginx.conf)
    # One file for all includes nothing else: an include is added once.
    keep /etc/nginx/nginx.conf
    grep -q 'conf.d/\*.conf' /etc/nginx/nginx.conf || sed -i 's|^\([ \t]*\)sendfile on;|&\n\1include /etc/nginx/conf.d/*.conf;|' /etc/nginx/nginx.conf
    printf '/etc/nginx/conf.d/%s.conf' "$1"
    ;;
  *) printf '/etc/nginx/conf.d/%s.conf' "$1" ;;
  esac
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

# --- the blog ------------------------------------------------------------------------------------------------------

# blog_pool EXPRESSION...: edits the blog's pool by sed and restarts php-fpm.
blog_pool() {
  local expression
  keep "$BLOG_POOL_CONF"
  for expression; do sed -i "$expression" "$BLOG_POOL_CONF"; done
  systemctl restart "$BLOG_UNIT"
}

# blog_as_shipped: undoes blog_pool and edits of the blog's site that were kept by `keep "$BLOG_CONF"`.
blog_as_shipped() {
  give_back "$BLOG_POOL_CONF" "$BLOG_CONF"
  systemctl restart "$BLOG_UNIT"
  systemctl reload-or-restart nginx.service
}

# older_log_lines MINUTES: moves every stamp of nginx's logs back, and the files' own time with them, as if they had been written
# then. The files stay the same files, because nginx holds them open.
older_log_lines() {
  local minutes=$1
  python3 - "$minutes" <<'PYTHON'
import datetime as d, glob, os, re, sys

back = d.timedelta(minutes=int(sys.argv[1]))
forms = {"error.log": (r"^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d", "%Y/%m/%d %H:%M:%S"), "access.log": (r"(?<=\[)\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d", "%d/%b/%Y:%H:%M:%S")}
for path in glob.glob("/var/log/nginx/*") + glob.glob("/srv/logs/*/*"):
    pattern, form = next(form for name, form in forms.items() if path.endswith(name))
    with open(path) as log:
        text = log.read()
    text = re.sub(pattern, lambda found: (d.datetime.strptime(found[0], form) - back).strftime(form), text, flags=re.M)
    times = os.stat(path)
    with open(path, "w") as log:
        log.write(text)
    os.utime(path, (times.st_atime - back.total_seconds(), times.st_mtime - back.total_seconds()))
PYTHON
}

# usual_day [pool|shop]: what a host has after some weeks in service, none of it today's fault. Hours ago: visitors, an upload that was too
# large, and a short stop of the blog's pool (or of the shop's backend) with its errors. Now: a scanner, a site that was switched off, a
# nightly job that failed, and visitors. Comes first, because it moves the stamps of all lines that nginx has logged. Prints nothing.
usual_day() {
  local unnoted=1 unit=$BLOG_UNIT site=$BLOG_SITE path=/ address=unix:$BLOG_SOCK
  [ "${1-pool}" = pool ] || unit=$SHOP_UNIT site=$SHOP_SITE path=${SHOP_PATH}cart address=$SHOP_ADDRESS
  {
    visitors
    head -c 2000000 /dev/zero >/run/lab-upload
    requests "$SHOP_SITE" "$SHOP_PATH" 2 0.05 --data-binary @/run/lab-upload
    systemctl stop "$unit"
    requests "$site" "$path" 4 0.05
    systemctl start "$unit"
    wait_until 15 listens_at "$address"
    older_log_lines 390
    mkdir -p /etc/nginx/sites-available
    printf 'server {\n    listen 80;\n    server_name old.example.com;\n    location / {\n        proxy_pass http://127.0.0.1:3999;\n    }\n}\n' >/etc/nginx/sites-available/old-shop
    printf '[Unit]\nDescription=Newsletter of the night\n\n[Service]\nType=oneshot\nExecStart=/bin/sh -c "echo no recipients; exit 1"\n' >/etc/systemd/system/newsletter.service
    systemctl daemon-reload
    systemctl start newsletter.service 2>/dev/null || true
    for path in /.env /.git/config /wp-login.php /vendor/phpunit/phpunit/phpunit.xml; do requests "$WWW_SITE" "$path" 1 0.02 -A 'Mozilla/5.0 zgrab/0.x'; done
    visitors
  } >/dev/null
}

# --- https and start of nginx ----------------------------------------------------------------------------------------

# certificate FILE DAYS [NAME]: FILE.crt and FILE.key, self-signed, ending in DAYS days; -1: it ended a day ago (openssl takes no less).
certificate() {
  local file=$1 days=$2 name=${3:-secure.example.com}
  mkdir -p "${file%/*}"
  openssl req -newkey rsa:2048 -nodes -keyout "$file.key" -out "$file.csr" -subj "/CN=$name" 2>/dev/null
  openssl x509 -req -in "$file.csr" -signkey "$file.key" -out "$file.crt" -days "$days" 2>/dev/null
  rm "$file.csr"
  chmod 0600 "$file.key"
}

# issued FILE ISSUER DAYS NAME [EXTENSION...]: the same, signed with ISSUER.crt and ISSUER.key; one that signs others wants basicConstraints=CA:TRUE.
issued() {
  local file=$1 issuer=$2 days=$3 name=$4
  shift 4
  mkdir -p "${file%/*}"
  openssl req -newkey rsa:2048 -nodes -keyout "$file.key" -out "$file.csr" -subj "/CN=$name" 2>/dev/null
  printf '%s\n' "$@" >"$file.ext"
  openssl x509 -req -in "$file.csr" -CA "$issuer.crt" -CAkey "$issuer.key" -CAcreateserial -extfile "$file.ext" -out "$file.crt" -days "$days" 2>/dev/null
  rm "$file.csr" "$file.ext"
  chmod 0600 "$file.key"
}

# https_site CERTIFICATE KEY [TEXT]: a server of its own, secure.example.com on 443, of files.
https_site() {
  cat >"$(new_site secure)" <<NGINX
server {
    listen 443 ssl;
    server_name secure.example.com;
    ssl_certificate $1;
    ssl_certificate_key $2;
    ${3:-}
    root $WWW_DIR;
}
NGINX
}

# Nothing is left of https_site, new_site and what certificate made below /etc/nginx/tls; nginx runs again.
https_site_gone() {
  rm -rf "$(new_site secure)" /etc/nginx/tls
  give_back /etc/nginx/nginx.conf
  nginx_unit_as_shipped
}

# nginx_unit_with LINE...: a drop-in for nginx.service, without a restart.
nginx_unit_with() {
  mkdir -p /etc/systemd/system/nginx.service.d
  printf '%s\n' '[Service]' "$@" >/etc/systemd/system/nginx.service.d/lab.conf
  systemctl daemon-reload
}

nginx_unit_as_shipped() {
  rm -rf /etc/systemd/system/nginx.service.d
  systemctl daemon-reload
  systemctl reset-failed nginx.service 2>/dev/null || true
  systemctl reload-or-restart nginx.service
  wait_until 10 accepts 127.0.0.1:80
}

# other_server UNIT ADDRESS PORT: something else that answers http there, as a service of its own.
other_server() {
  cat >"/etc/systemd/system/$1" <<UNIT
[Unit]
Description=Other web server

[Service]
ExecStart=/usr/bin/python3 -m http.server --bind $2 $3
WorkingDirectory=$WWW_DIR

[Install]
WantedBy=multi-user.target
UNIT
  systemctl daemon-reload
  systemctl enable -q --now "$1"
  wait_until 10 listens_on "$3"
}

other_server_gone() {
  systemctl disable -q --now "$1"
  rm -f "/etc/systemd/system/$1"
  systemctl daemon-reload
}

# --- names ---------------------------------------------------------------------------------------------------------------

# name_server PORT [NAME=ADDRESS...]: a small DNS server on 127.0.0.1, name-server.service. It knows these names and no others; an ADDRESS of
# "servfail" makes it answer so, "silent" makes it say nothing.
name_server() {
  cat >/srv/name-server.py <<'PYTHON'
import socket
import struct
import sys

zone = dict(pair.lower().split("=") for pair in sys.argv[2:])
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", int(sys.argv[1])))
while True:
    query, client = server.recvfrom(512)
    at, labels = 12, []
    while query[at]:
        labels.append(query[at + 1 : at + 1 + query[at]].decode("ascii", "replace"))
        at += query[at] + 1
    question = query[12 : at + 5]
    kind = struct.unpack("!H", query[at + 1 : at + 3])[0]
    address = zone.get(".".join(labels).lower(), "nxdomain")
    if address == "silent":
        continue
    code = {"nxdomain": 3, "servfail": 2}.get(address, 0)
    found = code == 0 and kind == 1
    answer = b"\xc0\x0c" + struct.pack("!HHIH", 1, 1, 5, 4) + socket.inet_aton(address) if found else b""
    server.sendto(query[:2] + struct.pack("!HHHHH", 0x8180 | code, 1, int(found), 0, 0) + question + answer, client)
PYTHON
  systemctl stop name-server.service 2>/dev/null || true
  systemd-run -q --collect --unit=name-server /usr/bin/python3 /srv/name-server.py "$@"
  wait_until 10 eval "ss -Hlun 'sport = :$1' | grep -q ."
}

# shop_by_variable NAME PORT: proxy_pass with a variable, so that nginx asks its resolver for the name at each request; no reload. Kinds of
# HTTP over TCP.
shop_by_variable() {
  shop_with "s|^\([ \t]*\)$(plain_text "$SHOP_PASS")\$|\1set \$backend $1;\n\1proxy_pass http://\$backend:$2;|"
}

# --- a backend that answers in its own way ---------------------------------------------------------------------------

# checkout_python: a Python program from standard input runs in place of the application, at the same address, called with host and port;
# checkout_as_shipped undoes it. Kinds of HTTP over TCP.
checkout_python() {
  cat >"$SHOP_DIR/other.py"
  checkout_command "/usr/bin/python3 -W ignore $SHOP_DIR/other.py ${SHOP_BIND%:*} $SHOP_PORT $*"
  systemctl restart "$SHOP_UNIT"
  wait_until 15 listens_at "$SHOP_ADDRESS"
}

# checkout_says BYTES: every request is answered with these bytes, written as in a Python literal.
checkout_says() {
  checkout_python <<PYTHON
import socketserver
import sys


class Answer(socketserver.StreamRequestHandler):
    def handle(self):
        while self.rfile.readline().strip():
            pass
        self.wfile.write(b"$1")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


Server((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
}

# checkout_tls CERTIFICATE [name=NAME] [alert=112] [other=CERTIFICATE] [min=TLSv1_3] [max=TLSv1_1] [ciphers=LIST] [client=CA] [plain=400]: the shop's
# backend speaks TLS; plain= is what it answers to a request in clear.
# With name= only that server name is served; others, and none, get the alert, or the other certificate. `certificate FILE DAYS NAME` makes them.
checkout_tls() {
  mkdir -p /srv/tls
  chmod -R a+rX /srv/tls
  chmod a+r /srv/tls/*.key
  checkout_python "$@" <<'PYTHON'
import socket
import socketserver
import ssl
import sys

host, port, certificate, *rest = sys.argv[1:]
wish = dict(each.split("=", 1) for each in rest)


def context(files):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.set_ciphers(wish.get("ciphers", "DEFAULT") + ":@SECLEVEL=0")
    made.minimum_version = getattr(ssl.TLSVersion, wish.get("min", "TLSv1_2"))
    made.maximum_version = getattr(ssl.TLSVersion, wish.get("max", "TLSv1_3"))
    made.load_cert_chain(files + ".crt", files + ".key")
    if "client" in wish:
        made.verify_mode = ssl.CERT_REQUIRED
        made.load_verify_locations(wish["client"])
    return made


right = context(certificate)
first = context(wish["other"]) if "other" in wish else right


def choose(connection, name, _):
    if name == wish["name"]:
        connection.context = right
    elif "alert" in wish:
        return int(wish["alert"])


if "name" in wish:
    first.sni_callback = choose


class Answer(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            if "plain" in wish and self.request.recv(1, socket.MSG_PEEK) != b"\x16":
                page = b"<h1>The plain HTTP request was sent to an HTTPS port</h1>\n"
                self.request.recv(4096)
                self.request.sendall(b"HTTP/1.1 %s Bad Request\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (wish["plain"].encode(), len(page), page))
                return
            with first.wrap_socket(self.request, server_side=True) as connection:
                request = b""
                while b"\r\n\r\n" not in request:
                    more = connection.recv(4096)
                    if not more:
                        return
                    request += more
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\nConnection: close\r\n\r\n{}\n")
        except OSError as error:
            print("client:", error, flush=True)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


Server((host, int(port)), Answer).serve_forever()
PYTHON
}

# certificate_between FILE START END NAME: FILE.crt and FILE.key, self-signed, good from START to END as `date -d` reads them.
certificate_between() {
  local file=$1 work
  mkdir -p "${file%/*}"
  work=$(mktemp -d)
  : >"$work/index.txt"
  printf '[ca]\ndefault_ca = own\n[own]\ndatabase = %s/index.txt\nnew_certs_dir = %s\nrand_serial = yes\ndefault_md = sha256\npolicy = any\n[any]\ncommonName = supplied\n' \
    "$work" "$work" >"$work/ca.conf"
  openssl req -newkey rsa:2048 -nodes -keyout "$file.key" -out "$work/csr" -subj "/CN=$4" 2>/dev/null
  openssl ca -batch -notext -selfsign -config "$work/ca.conf" -keyfile "$file.key" -in "$work/csr" -out "$file.crt" \
    -startdate "$(date -u -d "$2" +%y%m%d%H%M%SZ)" -enddate "$(date -u -d "$3" +%y%m%d%H%M%SZ)" 2>/dev/null
  rm -r "$work"
  chmod 0600 "$file.key"
}

# tls_beside UNIT PORT CERTIFICATE [WISH...]: what checkout_tls runs, as a service of its own at 127.0.0.1:PORT beside the shop's backend.
tls_beside() {
  local unit=$1 port=$2 program=/srv/${1%.service}.py
  shift 2
  (
    checkout_python() { cat >"$program"; }
    checkout_tls "$@"
  )
  cat >"/etc/systemd/system/$unit" <<UNIT
[Unit]
Description=TLS service ${unit%.service}

[Service]
ExecStart=/usr/bin/python3 -W ignore $program 127.0.0.1 $port $*

[Install]
WantedBy=multi-user.target
UNIT
  systemctl daemon-reload
  systemctl enable -q --now "$unit"
  wait_until 10 listens_on "$port"
}

tls_beside_gone() {
  systemctl disable -q --now "$1"
  rm -f "/etc/systemd/system/$1" "/srv/${1%.service}.py"
  systemctl daemon-reload
}

# shop_passes DIRECTIVE...: these in place of the shop's pass directive, `proxy_pass https://x;`; call shop_directive before it. @TARGET@ is
# the upstream block or address as it stood.
shop_passes() {
  local target=${SHOP_PASS#*_pass } text="" each
  target=${target#*://}
  target=${target%;}
  for each; do text="$text\\1${each//@TARGET@/$target}\\n"; done
  shop_with "s|^\([ \t]*\)$(plain_text "$SHOP_PASS")\$|${text%\\n}|"
}

# own_build UNIT: nginx moves to /opt/nginx with its whole configuration, as a build of somebody's own; UNIT starts it, the package's is off.
own_build() {
  mkdir -p /opt/nginx/sbin /opt/nginx/logs
  cp /usr/sbin/nginx /opt/nginx/sbin/nginx
  cp -a /etc/nginx /opt/nginx/conf
  grep -rl '/etc/nginx\|/var/log/nginx\|/run/nginx.pid' /opt/nginx/conf | xargs -r sed -i --follow-symlinks 's|/etc/nginx|/opt/nginx/conf|g; s|/var/log/nginx|/opt/nginx/logs|g; s|/run/nginx.pid|/run/own-nginx.pid|g'
  find /opt/nginx/conf -type l -lname '/etc/nginx/*' | while read -r link; do ln -sfn "$(readlink "$link" | sed 's|^/etc/nginx|/opt/nginx/conf|')" "$link"; done
  sed -i 's|^pid .*|pid /run/own-nginx.pid;|' /opt/nginx/conf/nginx.conf
  cat >"/etc/systemd/system/$1" <<UNIT
[Unit]
Description=Own build of nginx

[Service]
Type=forking
PIDFile=/run/own-nginx.pid
ExecStart=/opt/nginx/sbin/nginx -p /opt/nginx -c /opt/nginx/conf/nginx.conf
ExecReload=/bin/kill -HUP \$MAINPID

[Install]
WantedBy=multi-user.target
UNIT
  systemctl daemon-reload
  systemctl disable -q --now nginx.service
  systemctl enable -q --now "$1"
  wait_until 10 accepts 127.0.0.1:80
}

own_build_gone() {
  systemctl disable -q --now "$1"
  rm -rf /opt/nginx "/etc/systemd/system/$1"
  systemctl daemon-reload
  systemctl enable -q nginx.service
  nginx_unit_as_shipped
}

# second_nginx UNIT PORT: another master with a configuration of its own, of files on PORT.
second_nginx() {
  mkdir -p /srv/edge
  printf 'user www-data;\npid /run/edge-nginx.pid;\nerror_log /srv/edge/error.log;\nevents {}\nhttp {\n    access_log /srv/edge/access.log;\n    server {\n        listen %s;\n        root %s;\n    }\n}\n' "$2" "$WWW_DIR" >/srv/edge/nginx.conf
  cat >"/etc/systemd/system/$1" <<UNIT
[Unit]
Description=Second nginx

[Service]
Type=forking
PIDFile=/run/edge-nginx.pid
ExecStart=/usr/sbin/nginx -c /srv/edge/nginx.conf

[Install]
WantedBy=multi-user.target
UNIT
  systemctl daemon-reload
  systemctl enable -q --now "$1"
  wait_until 10 listens_on "$2"
}

# opt_nginx UNIT PORT ADDRESS: another master, of a program and a configuration below /opt/edge, that passes PORT on to ADDRESS.
opt_nginx() {
  mkdir -p /opt/edge/sbin /opt/edge/logs /opt/edge/conf
  cp /usr/sbin/nginx /opt/edge/sbin/nginx
  cat >/opt/edge/conf/nginx.conf <<NGINX
user www-data;
worker_processes 1;
pid /run/opt-edge.pid;
error_log /opt/edge/logs/error.log;

events {}

http {
    access_log /opt/edge/logs/access.log;

    server {
        listen $2;
        server_name partners.$SHOP_SITE;

        location / {
            proxy_pass http://$3;
        }
    }
}
NGINX
  cat >"/etc/systemd/system/$1" <<UNIT
[Unit]
Description=nginx for partners

[Service]
Type=forking
PIDFile=/run/opt-edge.pid
ExecStart=/opt/edge/sbin/nginx -p /opt/edge -c /opt/edge/conf/nginx.conf
ExecReload=/bin/kill -HUP \$MAINPID

[Install]
WantedBy=multi-user.target
UNIT
  systemctl daemon-reload
  systemctl enable -q --now "$1"
  wait_until 10 listens_on "$2"
}

opt_nginx_gone() {
  systemctl disable -q --now "$1"
  rm -rf /opt/edge "/etc/systemd/system/$1"
  systemctl daemon-reload
}

# a_backend UNIT ADDRESS PORT: a small HTTP server of its own unit.
a_backend() {
  cat >"/etc/systemd/system/$1" <<UNIT
[Unit]
Description=Partner API

[Service]
User=nobody
WorkingDirectory=/
ExecStart=/usr/bin/python3 -u -m http.server $3 --bind $2 --directory $WWW_DIR

[Install]
WantedBy=multi-user.target
UNIT
  systemctl daemon-reload
  systemctl enable -q --now "$1"
  wait_until 15 accepts "$2:$3"
}

a_backend_gone() {
  systemctl disable -q --now "$1"
  rm -f "/etc/systemd/system/$1"
  systemctl daemon-reload
}

# partner_requests PORT COUNT: through the nginx of opt_nginx.
partner_requests() {
  local i
  for ((i = 0; i < $2; i++)); do
    curl -s -m 20 -o /dev/null -w '%{http_code}\n' -H "Host: partners.$SHOP_SITE" "http://127.0.0.1:$1/" || true
    sleep 0.05
  done
}

second_nginx_gone() {
  systemctl disable -q --now "$1"
  rm -rf /srv/edge "/etc/systemd/system/$1"
  systemctl daemon-reload
}

# --- a websocket -----------------------------------------------------------------------------------------------------

# chat_server close|426: a websocket at 127.0.0.1:$SPARE_PORT (chat.service) that hangs up on, or answers 426 to, what is no handshake.
chat_server() {
  cat >/srv/chat.py <<'PYTHON'
import base64
import hashlib
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455


class Chat(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.close_connection = True
        if self.headers.get("Upgrade", "").lower() != "websocket":
            if sys.argv[2] == "426":
                self.send_response(426)
                self.send_header("Content-Length", "0")
                self.end_headers()
            return
        accept = hashlib.sha1((self.headers["Sec-WebSocket-Key"] + MAGIC).encode()).digest()
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", base64.b64encode(accept).decode())
        self.end_headers()
        self.rfile.read(1)


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Chat).serve_forever()
PYTHON
  cat >/etc/systemd/system/chat.service <<UNIT
[Unit]
Description=Chat of $SHOP_SITE

[Service]
ExecStart=/usr/bin/python3 /srv/chat.py $SPARE_PORT $1

[Install]
WantedBy=multi-user.target
UNIT
  systemctl daemon-reload
  systemctl enable -q --now chat.service
  wait_until 10 listens_on "$SPARE_PORT"
}

chat_server_gone() {
  systemctl disable -q --now chat.service
  rm -f /srv/chat.py /etc/systemd/system/chat.service
  systemctl daemon-reload
}

# handshakes PATH COUNT: so many websocket handshakes through nginx; one that is taken is left after a second. Prints one status a line.
handshakes() {
  requests "$SHOP_SITE" "$1" "$2" 0.2 --http1.1 -m 1 -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' \
    -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='
}

# sign_on STATUS [HEADER]: a service that answers each request so, sign-on.service at 127.0.0.1:$SPARE_PORT.
sign_on() {
  cat >/srv/sign-on.py <<'PYTHON'
import http.server
import sys

status, header = int(sys.argv[2]), sys.argv[3:]


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(status)
        for each in header:
            self.send_header(*each.split(": ", 1))
        self.send_header("Content-Length", "0")
        self.end_headers()


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
PYTHON
  systemctl stop sign-on.service 2>/dev/null || true
  cat >/etc/systemd/system/sign-on.service <<UNIT
[Unit]
Description=Sign-on for all sites

[Service]
ExecStart=/usr/bin/python3 /srv/sign-on.py $SPARE_PORT $(printf '"%s" ' "$@")

[Install]
WantedBy=multi-user.target
UNIT
  systemctl daemon-reload
  systemctl enable -q --now sign-on.service
  wait_until 10 listens_on "$SPARE_PORT"
}

# shop_asks_first: the shop's location asks sign-on.service before each request (auth_request); no reload.
shop_asks_first() {
  shop_directive 'auth_request /_sign-on;'
  shop_server_directive '}' 'location = /_sign-on {'
  shop_with "s|^\([ \t]*\)location = /_sign-on {|&\n\1    internal;\n\1    proxy_pass http://127.0.0.1:$SPARE_PORT;\n\1    proxy_pass_request_body off;\n\1    proxy_set_header Content-Length \"\";|"
}

sign_on_gone() {
  systemctl disable -q --now sign-on.service 2>/dev/null || true
  rm -f /etc/systemd/system/sign-on.service /srv/sign-on.py
  systemctl daemon-reload
}

# checkout_serves PATH...: the shop's backend answers these paths with 200 and any other with 404, by checkout_python.
checkout_serves() {
  checkout_python "$@" <<'PYTHON'
import http.server
import sys

paths = sys.argv[3:]


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"{}\n"
        self.send_response(200 if self.path.split("?")[0] in paths else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
}

# shop_location PATH PASS: a location of its own below the shop's name, for a path beside the one it has; no reload.
shop_location() {
  shop_server_directive '}' "location $1 {"
  shop_with "s|^\([ \t]*\)location $(plain_text "$1") {|&\n\1$INDENT$2|"
}

# --- connections that are kept open ------------------------------------------------------------------------------------

# idle_server SECONDS: the application is a server that closes a connection which was idle so long. Kinds: gunicorn, plain.
idle_server() {
  cat >"$SHOP_DIR/idle.py" <<'PYTHON'
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = float(sys.argv[2])

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")

    do_POST = do_HEAD = do_GET

    def finish(self):
        # From the decision to close until it is done some milliseconds pass on a busy host: what arrives meanwhile is lost.
        time.sleep(0.08)
        super().finish()

    def log_message(self, *ignored):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128


host, port = sys.argv[1].rsplit(":", 1)
Server((host, int(port)), Answer).serve_forever()
PYTHON
  checkout_command "/usr/bin/python3 $SHOP_DIR/idle.py $SHOP_ADDRESS $1"
  systemctl restart "$SHOP_UNIT"
  wait_until 10 listens_at "$SHOP_ADDRESS"
}

# shop_keepalive LINE...: nginx keeps connections to the shop's backend open, with these lines in its upstream block; no reload. Needs `upstream: named`.
shop_keepalive() {
  local line
  for line in "$@"; do shop_with "s/^\([ \t]*\)server $SHOP_ADDRESS;/&\n\1$line/"; done
  shop_directive 'proxy_http_version 1.1;' 'proxy_set_header Connection "";'
}

# waves SECONDS: POSTs to the shop, ten at a time, every third wave so many seconds after the one before it: just when idle connections end.
# nginx may not send a POST a second time. Prints one status a line.
waves() {
  noted waves "$1"
  python3 - "$SHOP_SITE" "${SHOP_PATH}cart" "$1" <<'PYTHON'
import http.client, sys, threading, time

site, path, pause = sys.argv[1:]
lock = threading.Lock()


def ask():
    try:
        link = http.client.HTTPConnection("127.0.0.1", 80, timeout=10)
        link.request("POST", path, body="a=1", headers={"Host": site})
        status = link.getresponse().status
    except OSError:
        status = 0
    with lock:
        print(f"{status:03}")


for turn in range(24):
    wave = [threading.Thread(target=ask) for _ in range(10)]
    for each in wave:
        each.start()
    for each in wave:
        each.join()
    time.sleep(float(pause) if turn % 3 == 2 else 0.4)
PYTHON
}

# --- containers (expect.yml: `image: containers`) -----------------------------------------------------------------------

# containers_ready podman|docker: an engine that works, and an image of the shop's application in it. nspawn mounts the control groups
# of this host read-only; its own branch of them is made writable.
containers_ready() {
  local engine=$1 group root
  for group in /sys/fs/cgroup/*/; do mount -o remount,bind,rw "$group" 2>/dev/null || true; done
  [ "$engine" = podman ] || systemctl start docker.service
  # The image holds no files of its own but links: what runs in it is this host's /usr, mounted read-only.
  root=$(mktemp -d)
  chmod 0755 "$root"
  mkdir "$root"/{usr,etc,proc,sys,dev,tmp,run,app}
  for group in bin sbin lib lib64; do ln -s "usr/$group" "$root/$group"; done
  echo 'root:x:0:0::/:/bin/sh' >"$root/etc/passwd"
  tar -C "$root" -cf "$root.tar" .
  "$engine" import "$root.tar" "shop/$SHOP_APP:1.4" >/dev/null
  rm -rf "$root" "$root.tar"
  mkdir -p /srv/containers
  cat >/srv/containers/serve.py <<'PYTHON'
import http.server
import signal
import sys
import time

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
host, port, mode = sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "serve"


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if mode == "hang":
            time.sleep(3600)
        if mode == "die":
            raise SystemExit("no schema version in the settings")
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")


if mode == "fail":
    time.sleep(1)
    sys.exit("RuntimeError: DATABASE_URL is not set")
server = http.server.ThreadingHTTPServer((host, port), Answer)
server.daemon_threads = True
print(f"listening on {host}:{port}", flush=True)
server.serve_forever()
PYTHON
}

# checkout_container ENGINE [OPTION...] -- ADDRESS PORT [MODE]: the shop's application as container $SHOP_APP instead of the unit, which goes
# with its file. Options as of `run`; MODE is serve, hang or fail. Kinds of HTTP over TCP.
checkout_container() {
  local engine=$1 options=(--ulimit nofile=1024:1024)
  # podman would raise the limit of processes above that of this shell, which it may not.
  [ "$engine" = docker ] || options=(--ulimit host)
  shift
  while [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  shift
  "$engine" run -d --name "$SHOP_APP" -v /usr:/usr:ro -v /srv/containers:/app:ro "${options[@]}" \
    "shop/$SHOP_APP:1.4" python3 /app/serve.py "$@" >/dev/null
}

# checkout_unit_gone: what the host had before its application moved into a container.
checkout_unit_gone() {
  systemctl disable -q --now "$SHOP_UNIT"
  case $SHOP_KIND in template) ;; *) mv "/etc/systemd/system/$SHOP_UNIT" "/var/tmp/$SHOP_UNIT.before" ;; esac
  systemctl daemon-reload
}

# BusyBox in the place of every GNU tool that it has, as on Alpine: sh, awk, grep, ps, find, stat ... The shell of the lab's own scripts (bash) stays.
busybox_tools() {
  local name
  mkdir -p /root/gnu
  for name in $(busybox --list); do
    case $name in busybox | init | halt | poweroff | reboot | login | su | sulogin | getty | mount | umount | dpkg* | run-init | switch_root | pivot_root) continue ;; esac
    for place in /usr/bin /usr/sbin; do
      [ -e "$place/$name" ] || [ -L "$place/$name" ] || continue
      cp -a "$place/$name" "/root/gnu/$name"
      echo "$place/$name" >>/root/gnu/.places
    done
  done
  while read -r place; do busybox ln -sf /usr/bin/busybox "$place"; done </root/gnu/.places
}

gnu_tools() {
  while read -r place; do
    busybox rm -f "$place"
    busybox cp -a "/root/gnu/${place##*/}" "$place"
  done </root/gnu/.places
  rm -rf /root/gnu
}

# Nothing of systemd is to be seen: what the units started runs on in control groups that no unit has, as OpenRC makes them.
systemd_away() {
  local unit tree pid
  for unit in nginx.service "$SHOP_UNIT" "$BLOG_UNIT"; do
    for tree in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
      [ -f "$tree/system.slice/$unit/cgroup.procs" ] || continue
      mkdir -p "$tree/openrc.${unit%.service}"
      while read -r pid; do echo "$pid" >"$tree/openrc.${unit%.service}/cgroup.procs"; done <"$tree/system.slice/$unit/cgroup.procs"
    done
  done
  mkdir -p /root/systemd
  mv /usr/bin/systemctl /usr/bin/journalctl /root/systemd/
  mv /run/systemd/system /run/systemd/system.away
}

systemd_back() {
  mv /run/systemd/system.away /run/systemd/system
  mv /root/systemd/systemctl /root/systemd/journalctl /usr/bin/
}

# --- what a host has beside its fault -----------------------------------------------------------------------------------

# ordinary_host: scanners in the access log, a site that is not enabled, a unit that did its work and stopped. Prints nothing.
ordinary_host() {
  local unnoted=1 path
  for path in /wp-login.php /.env /.git/config /phpmyadmin/index.php /favicon.ico /robots.txt; do requests "$WWW_SITE" "$path" 1 0.05; done >/dev/null
  mkdir -p /etc/nginx/sites-available
  printf 'server {\n    listen 80;\n    server_name summer.%s;\n    location / {\n        proxy_pass http://127.0.0.1:9099\n    }\n}\n' "$WWW_SITE" >/etc/nginx/sites-available/summer-campaign
  printf '[Unit]\nDescription=Nightly report\n\n[Service]\nType=oneshot\nExecStart=/bin/echo "report sent"\n' >/etc/systemd/system/nightly-report.service
  systemctl daemon-reload
  systemctl start nightly-report.service
}

# blog_restarted: php-fpm was away for a moment, and some visitors of the blog met that. Their lines stay in its error log. Prints nothing.
blog_restarted() {
  local unnoted=1
  systemctl stop "$BLOG_UNIT"
  requests "$BLOG_SITE" / 3 0.05 >/dev/null
  systemctl start "$BLOG_UNIT"
  wait_until 10 listens_at "unix:$BLOG_SOCK"
  requests "$BLOG_SITE" / 6 0.05 >/dev/null
}
