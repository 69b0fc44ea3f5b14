# A release imports a module that nobody installed on this host: the application ends at each start, and its unit tries for ever (Restart=always, no start limit).
visitors
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Unit]\nStartLimitIntervalSec=0\n\n[Service]\nRestart=always\nRestartSec=3\n' >"/etc/systemd/system/$SHOP_UNIT.d/restart.conf"
systemctl daemon-reload
if [ "$SHOP_KIND" = node ]; then
  keep "$SHOP_DIR/server.js"
  sed -i "1i const sharp = require('sharp')" "$SHOP_DIR/server.js"
else
  keep "$SHOP_DIR/app.py"
  sed -i 's/^import json$/import json\nimport orjson/' "$SHOP_DIR/app.py"
fi
systemctl restart "$SHOP_UNIT" || true
sleep 4
shop_requests 40 0.2
