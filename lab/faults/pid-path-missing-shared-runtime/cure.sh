systemctl start web-metrics.service
systemctl reset-failed nginx.service
systemctl start nginx.service
