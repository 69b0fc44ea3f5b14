# nginx is a build of its own below /opt; a module of another release was copied into its folder, and it was restarted.
own_build edge.service
visitors
mkdir -p /opt/nginx/modules
python3 - <<'PYTHON'
module = open("/usr/lib/nginx/modules/ngx_stream_module.so", "rb").read()
old = (1022001).to_bytes(8, "little")
assert old in module
open("/opt/nginx/modules/ngx_http_headers_more_filter_module.so", "wb").write(module.replace(old, (1024000).to_bytes(8, "little")))
PYTHON
sed -i '1i load_module modules/ngx_http_headers_more_filter_module.so;' /opt/nginx/conf/nginx.conf
systemctl restart edge.service || true
requests "$WWW_SITE" / 10
