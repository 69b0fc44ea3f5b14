# The container of the shop is run by a unit as podman-generate-systemd(1) writes them; the unit is stopped, and the container is gone with it.
visitors
checkout_unit_gone
containers_ready podman
cat >/etc/systemd/system/container-shop.service <<UNIT
[Unit]
Description=Podman container-shop.service

[Service]
Environment=PODMAN_SYSTEMD_UNIT=%n
Restart=on-failure
ExecStartPre=/bin/rm -f %t/%n.ctr-id
ExecStart=/usr/bin/podman run --cidfile=%t/%n.ctr-id --cgroups=no-conmon --rm --sdnotify=conmon -d --replace --name $SHOP_APP -p $SHOP_ADDRESS:8000 -v /usr:/usr:ro -v /srv/containers:/app:ro --ulimit host shop/$SHOP_APP:1.4 python3 /app/serve.py 0.0.0.0 8000
ExecStop=/usr/bin/podman stop --ignore -t 3 --cidfile=%t/%n.ctr-id
ExecStopPost=/usr/bin/podman rm -f --ignore -t 3 --cidfile=%t/%n.ctr-id
Type=notify
NotifyAccess=all

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now container-shop.service
wait_until 15 accepts "$SHOP_ADDRESS"
shop_requests 5 >/dev/null
systemctl stop container-shop.service
shop_requests 20
