from=$(cat /root/modules-before/.from)
mv "/root/modules-before/${from##*/}" "$from"
nginx_unit_as_shipped
