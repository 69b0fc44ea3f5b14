# The module was copied from a 32-bit host, and nginx was restarted.
visitors
python3 - <<'PYTHON'
module = bytearray(open("/usr/lib/nginx/modules/ngx_stream_module.so", "rb").read())
module[4] = 1  # ELFCLASS32
open("/usr/share/nginx/ngx_http_brotli_filter_module.so", "wb").write(module)
PYTHON
keep /etc/nginx/nginx.conf
sed -i '1i include /etc/nginx/brotli.load;' /etc/nginx/nginx.conf
echo 'load_module /usr/share/nginx/ngx_http_brotli_filter_module.so;' >/etc/nginx/brotli.load
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
