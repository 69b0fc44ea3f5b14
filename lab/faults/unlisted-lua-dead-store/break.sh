# A Lua check asks a session store that does not listen, and answers 503 itself.
visitors
for module in ndk_http_module ngx_http_lua_module; do echo "load_module modules/$module.so;"; done >/etc/nginx/modules-enabled/50-lua.conf
cat >/etc/nginx/session.lua <<LUA
local store = ngx.socket.tcp()
local ok, err = store:connect("127.0.0.1", $SPARE_PORT)
if not ok then
  ngx.log(ngx.ERR, "session store: ", err)
  return ngx.exit(503)
end
LUA
shop_server_directive "access_by_lua_file /etc/nginx/session.lua;"
systemctl restart nginx.service
shop_requests 25
