sed -i "s|127.0.0.1:80\$|$SHOP_ADDRESS|" /etc/systemd/system/forward.service
systemctl daemon-reload
systemctl restart forward.service
