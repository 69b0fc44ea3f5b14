# The Lua module works with a library of its own; an autoremove took that, and nginx did not come back from the next restart.
for module in ndk_http_module ngx_http_lua_module; do echo "load_module modules/$module.so;"; done >/etc/nginx/modules-enabled/50-lua.conf
systemctl restart nginx.service
visitors
mkdir -p /var/backups/libraries
mv /usr/lib/x86_64-linux-gnu/libluajit-5.1.so.2* /var/backups/libraries/
ldconfig
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
