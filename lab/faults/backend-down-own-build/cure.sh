systemctl start "$SHOP_UNIT"
own_build_gone edge.service
