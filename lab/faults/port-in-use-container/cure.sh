docker rm -f proxy-manager >/dev/null
nginx_unit_as_shipped
