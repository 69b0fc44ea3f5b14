# Releases lie beside each other and a link says which one is in use. After a roll-back that was an old one, which the nightly clean-up of releases took; the next restart found no folder to work in (200/CHDIR).
usual_day
releases=/var/releases/$SHOP_APP
mkdir -p "$releases"
cp -a "$SHOP_DIR" "$releases/20260903"
cp -a "$SHOP_DIR" "$releases/20261017"
cp -a "$SHOP_DIR" "$releases/20261102"
ln -sfn "$releases/20260903" "$releases/current"
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Service]\nWorkingDirectory=%s/current\n' "$releases" >"/etc/systemd/system/$SHOP_UNIT.d/release.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
shop_requests 5 >/dev/null
rm -r "$releases/20260903"
systemctl restart "$SHOP_UNIT" 2>/dev/null || true
wait_until 20 is_failed "$SHOP_UNIT"
shop_requests 30
