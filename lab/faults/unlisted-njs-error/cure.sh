shop_as_shipped
rm -rf /etc/nginx/modules-enabled/50-js.conf /etc/nginx/njs
systemctl restart nginx.service
