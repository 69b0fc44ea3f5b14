# nginx.service is bound to a unit that fetches the tenants' settings; that one was stopped, and systemd stopped nginx with it.
visitors
printf '[Unit]\nDescription=Settings of all tenants\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/mkdir -p /srv/tenants\n' >/etc/systemd/system/tenant-settings.service
systemctl daemon-reload
systemctl start tenant-settings.service
nginx_unit_with '[Unit]' BindsTo=tenant-settings.service After=tenant-settings.service
systemctl stop tenant-settings.service
wait_until 10 eval '! systemctl is-active -q nginx.service'
requests "$WWW_SITE" / 10
