systemctl stop live.service
rm -f "$(new_site extra)" /etc/systemd/system/live.service
shop_as_shipped
