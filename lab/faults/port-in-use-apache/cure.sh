systemctl disable -q --now apache2.service
nginx_unit_as_shipped
