# Some minutes of work with the maintenance switch on; then the file was taken away, and the shop answers again. The switch itself is meant to stay.
visitors
shop_server_directive 'error_page 503 @work;' 'if (-f /var/lib/maintenance/on) { return 503; }' 'location @work { default_type text/html; return 503 "<h1>back soon</h1>"; }'
reload_nginx
mkdir -p /var/lib/maintenance
touch /var/lib/maintenance/on
shop_requests 20 >/dev/null
rm /var/lib/maintenance/on
shop_requests 30
