nft delete table inet hardening
systemctl start "$SHOP_UNIT"
