rm -f /etc/nginx/maintenance.enable
shop_as_shipped
