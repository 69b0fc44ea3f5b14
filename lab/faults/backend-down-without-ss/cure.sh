mv /root/ss.away /usr/bin/ss
systemctl start "$SHOP_UNIT"
