# Certificates are renewed with port 80 for themselves: a hook stops nginx first and one starts it after; this time the renewal failed in between.
visitors
cat >/usr/local/sbin/renew-certificates <<'SCRIPT'
#!/bin/sh
echo "Asking the authority for www.example.com"
sleep 1
echo "Challenge failed for domain www.example.com: too many failed authorizations recently"
exit 1
SCRIPT
chmod 0755 /usr/local/sbin/renew-certificates
cat >/etc/systemd/system/renew-certificates.service <<'UNIT'
[Unit]
Description=Renewal of all certificates

[Service]
Type=oneshot
ExecStartPre=/bin/systemctl stop nginx.service
ExecStart=/usr/local/sbin/renew-certificates
ExecStartPost=/bin/systemctl start nginx.service
UNIT
systemctl daemon-reload
systemctl start renew-certificates.service || true
requests "$WWW_SITE" / 10
