ip netns exec ledger iptables -F
systemctl stop "$SHOP_UNIT"
give_back "$SHOP_DIR/app.py"
checkout_as_shipped
shop_as_shipped
systemctl stop ledger.service
ip link del br-ledger
ip netns del ledger
