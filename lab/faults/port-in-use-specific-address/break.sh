# Only one address of the port is taken, by something that has no unit; nginx wants all of them.
visitors
systemctl stop nginx.service
systemd-run -q --scope --unit=session-7 /usr/bin/python3 -m http.server --bind 127.0.0.1 --directory "$WWW_DIR" 80 >/dev/null 2>&1 &
wait_until 10 listens_on 80
systemctl start nginx.service || true
curl -s -o /dev/null -w '%{http_code}\n' "http://127.0.0.1/nothing-here"
