# The host has a guard against running out of memory (earlyoom, as Fedora and many clouds ship it). The application grew with each request; the guard ended it before the kernel would, and its unit does not start again.
cat >"$SHOP_DIR/growing.py" <<'PYTHON'
import http.server
import sys

kept = []


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.endswith("/report"):
            kept.append(bytearray(60_000_000))
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")


http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
checkout_command "/usr/bin/python3 $SHOP_DIR/growing.py ${SHOP_ADDRESS%:*} $SHOP_PORT"
printf '[Service]\nRestart=no\n' >"/etc/systemd/system/$SHOP_UNIT.d/restart.conf"
# What the lab has instead of the package: it ends who has most above a limit, and says so in the words of earlyoom 1.7.
cat >/usr/bin/earlyoom <<'PYTHON'
#!/usr/bin/python3
import os
import signal
import time

print("earlyoom 1.7", flush=True)
while True:
    time.sleep(0.2)
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            status = dict(line.rstrip("\n").split(":\t", 1) for line in open(f"/proc/{pid}/status") if ":\t" in line)
            resident = int(status.get("VmRSS", "0 kB").split()[0]) // 1024
            if resident < 250 or b"growing.py" not in open(f"/proc/{pid}/cmdline", "rb").read():
                continue
            print("mem avail:   198 of  1983 MiB ( 9.98%), swap free:    0 of    0 MiB ( 0.00%)", flush=True)
            print("low memory! at or below SIGTERM limits: mem 10.00%, swap 10.00%", flush=True)
            print(f"sending SIGTERM to process {pid} uid {status['Uid'].split()[0]} \"{status['Name']}\": badness 966, VmRSS {resident} MiB", flush=True)
            os.kill(int(pid), signal.SIGKILL)
            print("process exited after 0.1 seconds", flush=True)
        except OSError:
            pass
PYTHON
sed -i 's|sending SIGTERM to process|sending SIGKILL to process|; s|at or below SIGTERM limits: mem 10.00%, swap 10.00%|at or below SIGKILL limits: mem  5.00%, swap  5.00%|; s|  198 of  1983 MiB ( 9.98%)|   94 of  1983 MiB ( 4.74%)|' /usr/bin/earlyoom
chmod +x /usr/bin/earlyoom
printf '[Unit]\nDescription=Early OOM Daemon\n\n[Service]\nExecStart=/usr/bin/earlyoom\n\n[Install]\nWantedBy=multi-user.target\n' >/etc/systemd/system/earlyoom.service
systemctl daemon-reload
systemctl enable -q --now earlyoom.service
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
{ requests "$SHOP_SITE" "${SHOP_PATH}report" 8 >/dev/null; }
wait_until 15 is_failed "$SHOP_UNIT"
shop_requests 30
