# A drop-in lets the service live for four seconds at a time (RuntimeMaxSec, somebody meant minutes); a page takes six, so that systemd ends each one before it is done.
visitors
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Unit]\nStartLimitIntervalSec=0\n\n[Service]\nRestart=always\nRuntimeMaxSec=4\n' >"/etc/systemd/system/$SHOP_UNIT.d/lifetime.conf"
systemctl daemon-reload
checkout_settings APP_DELAY=6
shop_requests 20 0.4
wait_until 15 listens_at "$SHOP_ADDRESS"
