shop_as_shipped
rm -f /etc/nginx/modules-enabled/50-lua.conf /srv/report.lua
systemctl restart nginx.service
