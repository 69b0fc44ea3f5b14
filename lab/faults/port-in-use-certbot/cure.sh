systemctl stop certbot.service
rm -f /etc/systemd/system/certbot.service /usr/bin/certbot
nginx_unit_as_shipped
