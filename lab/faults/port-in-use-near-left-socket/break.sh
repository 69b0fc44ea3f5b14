# nginx also listens on a unix socket; all of it was killed by force, the file of the socket stayed, and the next start finds the address taken by nobody.
visitors
mkdir -p /run/tunnel
shop_server_directive 'listen unix:/run/tunnel/edge.sock;'
reload_nginx
wait_until 10 listens_at unix:/run/tunnel/edge.sock
shop_requests 3 >/dev/null
systemctl kill -s KILL nginx.service
wait_until 10 is_failed nginx.service
systemctl reset-failed nginx.service
systemctl start nginx.service || true
requests "$WWW_SITE" / 10
