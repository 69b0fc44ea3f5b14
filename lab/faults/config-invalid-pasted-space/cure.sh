shop_with $'s|add_header\xc2\xa0X-Frame|add_header X-Frame|'
systemctl reset-failed nginx.service 2>/dev/null || true
systemctl start nginx.service
