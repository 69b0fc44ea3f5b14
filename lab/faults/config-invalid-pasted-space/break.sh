# A line was pasted from a web page, with a no-break space in it that looks like any other, and nginx was restarted.
visitors
shop_server_directive $'add_header\xc2\xa0X-Frame-Options DENY;'
systemctl restart nginx.service || true
shop_requests 10
