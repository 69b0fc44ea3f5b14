shop_as_shipped
rm -f /etc/nginx/modules-enabled/50-lua.conf /etc/nginx/session.lua
systemctl restart nginx.service
