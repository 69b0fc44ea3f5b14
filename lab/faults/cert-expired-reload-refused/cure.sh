rm -f "$(new_site spring)"
systemctl reload nginx.service
sleep 1
https_site_gone
