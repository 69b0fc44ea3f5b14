# Somebody hardened the unit with a filter of system calls; the application makes a symbolic link for each cart, and the kernel ends it (SIGSYS).
visitors
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<'PYTHON'

import tempfile
import uuid

whole = app


def app(environ, start_response):
    if environ.get("PATH_INFO", "").endswith("cart"):
        os.symlink("/var/lib/prices/current", os.path.join(tempfile.gettempdir(), f"prices-{uuid.uuid4().hex}"))
    return whole(environ, start_response)
PYTHON
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Unit]\nStartLimitIntervalSec=0\n\n[Service]\nNoNewPrivileges=yes\nSystemCallFilter=~symlink symlinkat link linkat\n' >"/etc/systemd/system/$SHOP_UNIT.d/hardening.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
shop_requests 16 0.6
wait_until 15 accepts "$SHOP_ADDRESS"
