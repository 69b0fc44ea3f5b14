# The sign-on service was stopped by a signal: it accepts, answers nobody, and the 500 of auth_request follows from its time-out.
visitors
sign_on 204
# Its queue is that of a server for many; with five places it would be full after a second.
sed -i 's/^http\.server\.Threading/http.server.ThreadingHTTPServer.request_queue_size = 128\n&/' /srv/sign-on.py
systemctl restart sign-on.service
wait_until 10 listens_on "$SPARE_PORT"
shop_asks_first
shop_with "s|^\([ \t]*\)proxy_pass_request_body off;|&\n\1proxy_read_timeout 5s;|"
reload_nginx
shop_requests 4 >/dev/null
systemctl kill --signal=STOP sign-on.service
shop_requests 20
