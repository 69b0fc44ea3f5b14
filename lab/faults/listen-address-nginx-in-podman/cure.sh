podman rm -f web >/dev/null
rm -rf /srv/web-conf /srv/web-log
systemctl enable -q nginx.service
nginx_unit_as_shipped
