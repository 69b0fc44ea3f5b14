echo '[]' >"/var/cache/$SHOP_APP/recommendations.json"
chown -R "$SHOP_USER" "/var/cache/$SHOP_APP"
