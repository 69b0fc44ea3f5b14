mkdir -p "/etc/$SHOP_APP"
echo '{}' >"/etc/$SHOP_APP/settings.json"
systemctl restart supervisor.service
wait_until 15 accepts "$SHOP_ADDRESS"
