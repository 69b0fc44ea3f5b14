rm /etc/cron.daily/tidy-tmp
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "unix:/tmp/$SHOP_APP.sock"
