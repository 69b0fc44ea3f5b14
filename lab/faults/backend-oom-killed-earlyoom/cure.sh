systemctl disable -q --now earlyoom.service
rm -f /usr/bin/earlyoom /etc/systemd/system/earlyoom.service
checkout_as_shipped
