# The application was stopped for a release. Beside it things that have nothing to do with it: a full archive volume, a failed backup unit, and a firewall that is strict elsewhere.
mkdir -p /srv/archive
mount -t tmpfs -o size=1m tmpfs /srv/archive
head -c 2000000 /dev/zero >/srv/archive/2019.tar 2>/dev/null || true
printf '[Unit]\nDescription=Nightly backup\n\n[Service]\nType=oneshot\nExecStart=/bin/sh -c "echo backup: connect to 127.0.0.1:%s refused >&2; exit 1"\n' "$SHOP_PORT" >/etc/systemd/system/backup.service
systemctl daemon-reload
systemctl start backup.service 2>/dev/null || true
nft -f - <<RULES
table inet filter {
  chain input {
    type filter hook input priority 0; policy accept;
    tcp dport { 3306, 6379 } counter drop
  }
}
RULES
systemctl stop "$SHOP_UNIT"
