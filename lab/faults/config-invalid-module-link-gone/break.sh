# Lua was used in one site; a clean-up took the links of modules "that nobody needs" out of modules-enabled, and nginx was restarted. The module itself is there and fits.
keep /etc/nginx/nginx.conf
mkdir -p /etc/nginx/modules-enabled
link=$(grep -l ngx_http_lua_module /etc/nginx/modules-enabled/* 2>/dev/null | head -1 || true)
if [ -z "$link" ]; then
  link=/etc/nginx/modules-enabled/50-mod-http-lua.conf
  ndk=$(find /usr/lib/nginx/modules -name 'ndk*' -printf '%f\n' | head -1)
  printf 'load_module modules/%s;\nload_module modules/ngx_http_lua_module.so;\n' "$ndk" >"$link"
fi
cat >"$(new_site lua)" <<'NGINX'
server {
    listen 80;
    server_name lua.example.com;
    location / {
        content_by_lua_block { ngx.say("lua") }
    }
}
NGINX
systemctl restart nginx.service
visitors
mkdir -p /root/modules-before
mv "$link" /root/modules-before/
echo "$link" >/root/modules-before/.from
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
