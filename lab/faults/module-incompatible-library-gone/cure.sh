mv /var/backups/libraries/libluajit-5.1.so.2* /usr/lib/x86_64-linux-gnu/
ldconfig
rm -f /etc/nginx/modules-enabled/50-lua.conf
nginx_unit_as_shipped
