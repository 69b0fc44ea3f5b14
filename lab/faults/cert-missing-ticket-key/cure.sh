systemctl enable -q --now ticket-key.service
nginx_unit_as_shipped
