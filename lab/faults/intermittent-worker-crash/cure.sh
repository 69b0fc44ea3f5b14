shop_as_shipped
rm -f /etc/nginx/modules-enabled/50-lua.conf /srv/price.lua
systemctl restart nginx.service
