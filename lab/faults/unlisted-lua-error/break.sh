# An access check in Lua fails on a value that is not there.
visitors
keep /etc/nginx/nginx.conf
for module in ndk_http_module ngx_http_lua_module; do echo "load_module modules/$module.so;"; done >/etc/nginx/modules-enabled/50-lua.conf
shop_server_directive "access_by_lua_block { local token = ngx.var.cookie_session:sub(1, 8) }"
systemctl restart nginx.service
shop_requests 25
