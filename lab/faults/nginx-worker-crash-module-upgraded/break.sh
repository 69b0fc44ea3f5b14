# An upgrade put another file in the place of the Lua module and restarted nothing; since then workers, which run the old one, die by SIGSEGV.
visitors
for module in ndk_http_module ngx_http_lua_module; do echo "load_module modules/$module.so;"; done >/etc/nginx/modules-enabled/50-lua.conf
shop_location '= /version' 'content_by_lua_block { ngx.say("7") }'
systemctl restart nginx.service
wait_until 10 accepts 127.0.0.1:80
sleep 3 # an upgrade comes later than the start, and stamps are whole seconds
cp -p /usr/lib/nginx/modules/ngx_http_lua_module.so /usr/lib/nginx/modules/ngx_http_lua_module.so.dpkg-new
touch /usr/lib/nginx/modules/ngx_http_lua_module.so.dpkg-new
mv /usr/lib/nginx/modules/ngx_http_lua_module.so.dpkg-new /usr/lib/nginx/modules/ngx_http_lua_module.so
systemd-run -q --collect --unit=bad-module bash -c 'for i in {1..300}; do grep -q "lua_module.so (deleted)" /proc/$(cat /run/nginx.pid)/maps && kill -SEGV $(pgrep -P "$(cat /run/nginx.pid)" | head -n 1); sleep 2; done'
shop_requests 60 0.12 | grep -v 000
