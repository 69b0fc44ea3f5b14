# Built for the same version with other options (its signature differs).
visitors
python3 - <<'PYTHON'
import re
module = open("/usr/lib/nginx/modules/ngx_stream_module.so", "rb").read()
signature = re.search(rb"8,4,8,[01]{20,60}", module)[0]
open("/opt/ngx_custom_module.so", "wb").write(module.replace(signature, signature[:-1] + (b"0" if signature.endswith(b"1") else b"1")))
PYTHON
keep /etc/nginx/nginx.conf
sed -i '1i load_module /opt/ngx_custom_module.so;' /etc/nginx/nginx.conf
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
