# Something else whose name begins with nginx runs; nginx itself was killed.
cp "$(command -v sleep)" /usr/local/bin/nginx-prometheus-exporter
systemd-run -q --unit=nginx-exporter.service /usr/local/bin/nginx-prometheus-exporter 100000
visitors
systemctl kill --signal=KILL nginx.service
wait_until 10 is_failed nginx.service
requests "$WWW_SITE" / 10
