# A page of Lua calls a C library that gives up by abort() for one customer: his request in seventy takes a worker down (signal 6), and the next one is there at once.
for module in ndk_http_module ngx_http_lua_module; do echo "load_module modules/$module.so;"; done >/etc/nginx/modules-enabled/50-lua.conf
cat >/srv/price.lua <<'LUA'
local ffi = require "ffi"
ffi.cdef [[ void abort(void); ]]
if ngx.var.arg_customer == "2041" then ffi.C.abort() end
ngx.say("1.08")
LUA
shop_location '= /price' 'content_by_lua_file /srv/price.lua;'
systemctl restart nginx.service
wait_until 10 accepts 127.0.0.1:80
visitors
requests "$SHOP_SITE" '/price?customer=7' 70 0.05 &
sleep 1
requests "$SHOP_SITE" '/price?customer=2041' 1 0.1 -m 10
wait
