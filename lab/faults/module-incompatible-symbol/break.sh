# The module was built against an nginx with something that this one lacks; a signal told the master to load it, and it refused.
visitors
python3 - <<'PYTHON'
module = open("/usr/lib/nginx/modules/ngx_stream_module.so", "rb").read()
assert b"\0ngx_array_push\0" in module
open("/usr/lib/nginx/modules/ngx_http_vhost_traffic_status_module.so", "wb").write(module.replace(b"\0ngx_array_push\0", b"\0ngx_quic_count\0"))
PYTHON
echo 'load_module modules/ngx_http_vhost_traffic_status_module.so;' >/etc/nginx/modules-enabled/60-vts.conf
kill -HUP "$(cat /run/nginx.pid)"
sleep 1
requests "$WWW_SITE" / 10
