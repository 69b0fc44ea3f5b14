# A report of the shop is a script behind a small FastCGI wrapper, as people run CGI; its author prints the page and no header before it.
visitors
cat >/srv/wrapper.py <<'PYTHON'
import contextlib
import os
import socket
import struct
import subprocess

os.umask(0)
os.makedirs("/run/cgi", exist_ok=True)
server = socket.socket(socket.AF_UNIX)
server.bind("/run/cgi/cgi.sock")
server.listen(64)


def exactly(link, size):
    data = b""
    while len(data) < size:
        more = link.recv(size - len(data))
        if not more:
            return None
        data += more
    return data


while True:
    link, _ = server.accept()
    with link, contextlib.suppress(OSError):
        while (head := exactly(link, 8)) is not None:
            _, kind, request, size, padding = struct.unpack("!BBHHBx", head)
            exactly(link, size + padding)
            if kind == 5 and size == 0:
                page = subprocess.run(["/usr/bin/python3", "/srv/report.cgi"], capture_output=True).stdout
                link.sendall(struct.pack("!BBHHBx", 1, 6, request, len(page), 0) + page)
                link.sendall(struct.pack("!BBHHBx", 1, 6, request, 0, 0) + struct.pack("!BBHHBx", 1, 3, request, 8, 0) + bytes(8))
                break
PYTHON
printf 'print("<html><body>")\nprint("<h1>Sales of the week</h1>")\nprint("</body></html>")\n' >/srv/report.cgi
printf '[Unit]\nDescription=CGI wrapper\n\n[Service]\nExecStart=/usr/bin/python3 /srv/wrapper.py\n\n[Install]\nWantedBy=multi-user.target\n' >/etc/systemd/system/cgi.service
systemctl daemon-reload
systemctl enable -q --now cgi.service
wait_until 10 listens_at unix:/run/cgi/cgi.sock
shop_server_directive 'location /reports/ { include fastcgi_params; fastcgi_pass unix:/run/cgi/cgi.sock; }'
reload_nginx
shop_requests 10 0.05 >/dev/null
requests "$SHOP_SITE" /reports/week 25
