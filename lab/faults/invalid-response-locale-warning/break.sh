# A small Perl script behind a socket unit answers the stock levels. Its unit got a locale that this host does not have, and Perl's warning goes out before the status line.
cat >/srv/stock.pl <<'PERL'
$| = 1;
while (<STDIN>) { last if /^\s*$/ }
print "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\n17\n";
PERL
cat >/etc/systemd/system/stock.socket <<UNIT
[Unit]
Description=Stock levels

[Socket]
ListenStream=127.0.0.1:$SPARE_PORT
Accept=yes

[Install]
WantedBy=sockets.target
UNIT
cat >/etc/systemd/system/stock@.service <<'UNIT'
[Unit]
Description=Stock levels, one request

[Service]
ExecStart=-/usr/bin/perl /srv/stock.pl
StandardInput=socket
UNIT
systemctl daemon-reload
systemctl enable -q --now stock.socket
wait_until 10 listens_on "$SPARE_PORT"
shop_server_directive "location = /stock { proxy_pass http://127.0.0.1:$SPARE_PORT; }"
reload_nginx
visitors
requests "$SHOP_SITE" /stock 3 >/dev/null
mkdir -p /etc/systemd/system/stock@.service.d
printf '[Service]\nEnvironment=LC_ALL=de_AT.UTF-8\n' >/etc/systemd/system/stock@.service.d/locale.conf
systemctl daemon-reload
requests "$SHOP_SITE" /stock 24 0.2
