# The unit is inactive and nothing but pid 1 holds the port: the first request starts it.
visitors
cat >/etc/systemd/system/checkout-api.socket <<EOF
[Socket]
ListenStream=127.0.0.1:8080
[Install]
WantedBy=sockets.target
EOF
mkdir -p /etc/systemd/system/checkout-api.service.d
printf "[Service]\nExecStart=\nExecStart=/usr/bin/gunicorn --workers 1 --threads 8 --access-logfile - app:app\n" >/etc/systemd/system/checkout-api.service.d/options.conf
systemctl daemon-reload
systemctl stop checkout-api.service
systemctl enable -q --now checkout-api.socket
requests blog.example.com / 5
