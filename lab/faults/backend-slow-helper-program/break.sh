# Each page has its invoice made by a helper program; a new version of that works in small steps with pauses, for the disk's sake, and takes 8 s; nginx waits five.
visitors
printf '#!/bin/sh\necho invoice\n' >/usr/local/bin/make-invoice
chmod +x /usr/local/bin/make-invoice
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<'PYTHON'

import subprocess

page = app


def app(environ, start_response):
    subprocess.run(["/usr/local/bin/make-invoice"], stdout=subprocess.DEVNULL, check=True)
    return page(environ, start_response)


application = app
PYTHON
checkout_threads 40
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
cat >/usr/local/bin/make-invoice <<'SH'
#!/bin/sh
for part in 1 2 3 4 5 6 7 8; do
  head -c 40000 /dev/zero
  sleep 1
done
SH
shop_timeout read 5
reload_nginx
shop_requests 20 0.3
