systemctl stop converge.service
rm -f /usr/local/sbin/converge
checkout_as_shipped
