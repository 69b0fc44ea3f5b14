# The application maps a file of prices into memory; last night's import ended in the middle and left it cut short, and whoever reads beyond its end is killed (SIGBUS).
visitors
mkdir -p /srv/prices
head -c 262144 /dev/zero >/srv/prices/prices.dat
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<'PYTHON'

import ctypes

system = ctypes.CDLL(None, use_errno=True)
system.mmap.restype = ctypes.c_void_p
system.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
prices = system.mmap(None, 262144, 1, 1, os.open("/srv/prices/prices.dat", os.O_RDONLY), 0)
whole = app


def app(environ, start_response):
    if environ.get("PATH_INFO", "").endswith("cart"):
        ctypes.string_at(prices + 200000, 8)
    return whole(environ, start_response)


application = app
PYTHON
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Unit]\nStartLimitIntervalSec=0\n' >"/etc/systemd/system/$SHOP_UNIT.d/limit.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
truncate -s 40960 /srv/prices/prices.dat
shop_requests 14 0.8
wait_until 15 accepts "$SHOP_ADDRESS"
