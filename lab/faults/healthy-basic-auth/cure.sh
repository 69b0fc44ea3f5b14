rm -f "$(new_site extra)" /etc/nginx/staff.htpasswd
shop_as_shipped
