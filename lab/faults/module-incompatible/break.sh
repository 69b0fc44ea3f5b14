# nginx was upgraded, a module that was built by hand was not.
visitors
python3 - <<'PYTHON'
module = open("/usr/lib/nginx/modules/ngx_stream_module.so", "rb").read()
old = (1022001).to_bytes(8, "little")
assert old in module
open("/usr/lib/nginx/modules/ngx_http_custom_module.so", "wb").write(module.replace(old, (1018000).to_bytes(8, "little")))
PYTHON
echo 'load_module modules/ngx_http_custom_module.so;' >/etc/nginx/modules-enabled/50-custom.conf
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
