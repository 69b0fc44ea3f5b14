# supervisord runs the application, as on many hosts that were set up so years ago. The last release wants a settings file that nobody brought; after four tries supervisord gives the program up (FATAL) and runs on.
systemctl disable -q --now "$SHOP_UNIT"
case $SHOP_KIND in template) ;; *) rm -f "/etc/systemd/system/$SHOP_UNIT" ;; esac
mkdir -p /etc/supervisor/conf.d /var/log/supervisor
printf '[supervisord]\nlogfile=/var/log/supervisor/supervisord.log\npidfile=/run/supervisord.pid\n\n[include]\nfiles = /etc/supervisor/conf.d/*.conf\n' >/etc/supervisor/supervisord.conf
cat >"/etc/supervisor/conf.d/$SHOP_APP.conf" <<CONF
[program:$SHOP_APP]
command=$(checkout_at "$SHOP_ADDRESS")
directory=$SHOP_DIR
user=$SHOP_USER
environment=HOST="${SHOP_ADDRESS%:*}",PORT="$SHOP_PORT"
autostart=true
autorestart=true
startretries=3
redirect_stderr=true
stdout_logfile=/var/log/supervisor/$SHOP_APP.log
CONF
# What the lab has instead of the package: the same files, log lines and way of giving up.
cat >/usr/bin/supervisord <<'PYTHON'
#!/usr/bin/python3
import configparser
import glob
import os
import pwd
import shlex
import signal
import subprocess
import sys
import time

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def say(level, text):
    now = time.time()
    stamp = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(now))
    with open("/var/log/supervisor/supervisord.log", "a") as log:
        log.write(f"{stamp},{int(now * 1000) % 1000:03} {level} {text}\n")


settings = configparser.RawConfigParser()
settings.read(glob.glob("/etc/supervisor/conf.d/*.conf"))
say("INFO", f"supervisord started with pid {os.getpid()}")
for section in settings.sections():
    name, program = section.removeprefix("program:"), settings[section]
    user = pwd.getpwnam(program["user"])
    own = {**os.environ, **dict(each.split("=", 1) for each in shlex.split(program["environment"].replace(",", " ")))}
    tries = 0
    while True:
        if tries > program.getint("startretries"):
            say("INFO", f"gave up: {name} entered FATAL state, too many start retries too quickly")
            break
        log = open(program["stdout_logfile"], "a")
        child = subprocess.Popen(shlex.split(program["command"]), cwd=program["directory"], env=own, stdout=log,
                                 stderr=subprocess.STDOUT, user=user.pw_uid, group=user.pw_gid)
        say("INFO", f"spawned: '{name}' with pid {child.pid}")
        began = time.monotonic()
        while child.poll() is None:
            time.sleep(0.1)
            if time.monotonic() - began > 1 and tries >= 0:
                say("INFO", f"success: {name} entered RUNNING state, process has stayed up for > than 1 seconds (startsecs)")
                tries = -1
        if tries < 0:
            say("INFO", f"exited: {name} (exit status {child.returncode}; not expected)")
            tries = 0
        else:
            say("WARN", f"exited: {name} (exit status {child.returncode}; not expected)")
            tries += 1
            time.sleep(0.5 * tries)
while True:
    time.sleep(3600)
PYTHON
chmod +x /usr/bin/supervisord
cat >/etc/systemd/system/supervisor.service <<'UNIT'
[Unit]
Description=Supervisor process control system for UNIX
After=network.target

[Service]
ExecStart=/usr/bin/supervisord -n -c /etc/supervisor/supervisord.conf
KillMode=mixed
Restart=on-failure

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now supervisor.service
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
sed -i "s|^environment=|&APP_SETTINGS=\"/etc/$SHOP_APP/settings.json\",|" "/etc/supervisor/conf.d/$SHOP_APP.conf"
systemctl restart supervisor.service
wait_until 20 grep -q 'FATAL state' /var/log/supervisor/supervisord.log
shop_requests 30
