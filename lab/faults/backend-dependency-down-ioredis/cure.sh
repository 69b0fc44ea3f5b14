systemctl enable -q --now redis-server.service
wait_until 10 listens_on 6379
wait_until 10 sh -c "curl -sf -o /dev/null http://$SHOP_ADDRESS/"
rm -f "$SHOP_DIR/sessions.js"
checkout_as_shipped
