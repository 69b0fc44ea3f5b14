# A report page calls C from Lua and writes where nothing is: each visit takes a whole worker down, with all that it was serving.
visitors
for module in ndk_http_module ngx_http_lua_module; do echo "load_module modules/$module.so;"; done >/etc/nginx/modules-enabled/50-lua.conf
printf 'local ffi = require "ffi"\nlocal row = ffi.cast("int *", 0)\nrow[0] = 1\nngx.say("done")\n' >/srv/report.lua
shop_location '= /report' 'content_by_lua_file /srv/report.lua;'
systemctl restart nginx.service
requests "$SHOP_SITE" /report 25 0.3 -m 10
