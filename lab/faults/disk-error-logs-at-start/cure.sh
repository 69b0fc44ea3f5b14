umount "${ERROR_LOG%/*}"
nginx_unit_as_shipped
